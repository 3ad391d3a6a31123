#!/usr/bin/env bash
# Lines reached per room, from the counts that the tests of a coverage build left: coverage.sh BUILD_FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
report=$1/lines.jsonl
find "$1/src" -name '*.gcda' -print0 | xargs -0 -r gcov --json-format --stdout >"$report" 2>"$1/gcov.log"
node scripts/coverage.mjs "$report"
