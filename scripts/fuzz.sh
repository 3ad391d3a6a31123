#!/usr/bin/env bash
# Builds the fuzz targets and runs each for the given number of seconds from its seeds: fuzz.sh SECONDS
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
[ -f build/fuzz/build.ninja ] || cmake --preset fuzz -DCMAKE_MESSAGE_LOG_LEVEL=WARNING
ninja -C build/fuzz --quiet fuzz/all
for target in build/fuzz/fuzz/*_fuzz; do
    name=$(basename "$target" _fuzz)
    found=build/fuzz/corpus/$name
    mkdir -p "$found"
    echo "-- $name, $seconds s"
    log=build/fuzz/$name.log
    # On too much memory libFuzzer may stand still for ever while it tells where that went.
    if ! timeout --signal=KILL $((seconds + 300)) "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=8192 -malloc_limit_mb=2048 -max_len=16384 -artifact_prefix=build/fuzz/ "$found" "fuzz/corpus/$name" >"$log" 2>&1; then
        grep -v -E "NEW|REDUCE" "$log" | tail -n 40
        echo "fuzz: $name fails, see build/fuzz/" >&2
        exit 1
    fi
    tail -n 1 "$log"
done
