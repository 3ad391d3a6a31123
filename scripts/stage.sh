#!/usr/bin/env bash
# Runs a stage and notes how long it took: stage.sh NAME COMMAND…; `stage.sh --begin` and `--times` open and print the list.
set -euo pipefail
list="$(dirname "$0")/../build/stages.txt"
mkdir -p "$(dirname "$list")"
case "$1" in
    --begin) : >"$list"; exit 0 ;;
    --times) echo; echo "Zeit je Abschnitt / time per stage:"; cat "$list"; exit 0 ;;
esac
name=$1
shift
echo "== $name"
begin=$SECONDS
status=0
"$@" || status=$?
printf '%6d s  %s\n' $((SECONDS - begin)) "$name" >>"$list"
exit $status
