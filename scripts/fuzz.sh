#!/usr/bin/env bash
# Builds the fuzz targets and runs each for the given number of seconds from its seeds, as many at once as there are
# cores: fuzz.sh SECONDS
set -euo pipefail
cd "$(dirname "$0")/.."
export seconds=$1

run() {
    name=$(basename "$1" _fuzz)
    found=build/fuzz/corpus/$name
    log=build/fuzz/$name.log
    mkdir -p "$found"
    # On too much memory libFuzzer may stand still for ever while it tells where that went.
    if ! timeout --signal=KILL $((seconds + 300)) "$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=8192 -malloc_limit_mb=2048 -max_len=16384 -artifact_prefix=build/fuzz/ "$found" "fuzz/corpus/$name" >"$log" 2>&1; then
        { grep -v -E "NEW|REDUCE" "$log" | tail -n 40; echo "fuzz: $name fails, see build/fuzz/"; } >&2
        exit 255  # no other is begun
    fi
    echo "-- $name: $(tail -n 1 "$log")"
}
export -f run

[ -f build/fuzz/build.ninja ] || cmake --preset fuzz -DCMAKE_MESSAGE_LOG_LEVEL=WARNING
ninja -C build/fuzz --quiet fuzz/all
printf '%s\n' build/fuzz/fuzz/*_fuzz | xargs -P"$(nproc)" -I{} bash -c 'run {}'
