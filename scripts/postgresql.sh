#!/usr/bin/env bash
# A PostgreSQL of its own for tests: postgresql.sh start FOLDER | stop FOLDER. `start` writes its address to FOLDER.url.
# It listens on a socket in a closed folder only, and keeps nothing after `stop`. In between `halt FOLDER` ends the server as a
# crash does, and `resume FOLDER` starts it again with its data.
set -euo pipefail
folder=$(realpath -m "$2")
binaries=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
# initdb and the server refuse root.
as_owner() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi; }

place_told() { sed -n 's/.*host=\([^&]*\).*/\1/p' "$folder.url"; }

launch() {
    cd /
    as_owner "$binaries/pg_ctl" -D "$place/cluster" -w -l "$place/log" -o "-c listen_addresses= -c unix_socket_directories=$place -c fsync=off -c max_connections=200" start >>"$place.log" 2>&1 ||
        { cat "$place.log" "$place/log" >&2; exit 1; }
    rm -f "$place.log"
}

halt() {
    place=$(place_told)
    cd /
    as_owner "$binaries/pg_ctl" -D "$place/cluster" -m immediate -w stop >/dev/null
}

resume() {
    place=$(place_told)
    launch
}

stop() {
    [ -f "$folder.url" ] || return 0
    place=$(place_told)
    (cd / && as_owner "$binaries/pg_ctl" -D "$place/cluster" -m immediate -w stop >/dev/null 2>&1) || true
    rm -rf "$place" "$folder.url"
}

start() {
    stop
    place=$(mktemp -d /tmp/resmon-postgresql-XXXXXX)
    [ "$(id -u)" -ne 0 ] || chown postgres "$place"
    cd /
    as_owner "$binaries/initdb" -D "$place/cluster" -U resmon -A trust -E UTF8 --locale=C --no-sync >"$place.log" 2>&1 ||
        { cat "$place.log" >&2; exit 1; }
    launch
    printf 'postgresql://resmon@/postgres?host=%s' "$place" >"$folder.url"
}

case "$1" in
    start) start ;;
    stop) stop ;;
    halt) halt ;;
    resume) resume ;;
    *) echo "postgresql.sh start|stop|halt|resume FOLDER" >&2; exit 2 ;;
esac
