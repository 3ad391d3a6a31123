#!/usr/bin/env bash
# clang-tidy over the sources named, or over all; .clang-tidy says what it looks for. Needs a built build/dev: generated headers.
set -euo pipefail
cd "$(dirname "$0")/.."

# The program is built there in two kinds; clang-tidy would look at every file as often as it is compiled.
mkdir -p build/lint
node -e '
  const {readFileSync, writeFileSync} = require("node:fs");
  const commands = JSON.parse(readFileSync("build/dev/compile_commands.json", "utf8"));
  writeFileSync("build/lint/compile_commands.json", JSON.stringify([...new Map(commands.reverse().map((one) => [one.file, one])).values()]));'

if [ $# -gt 0 ]; then printf '%s\n' "$@"; else git ls-files 'src/*.cpp'; fi |
    xargs -P"$(nproc)" -n1 clang-tidy-19 -p build/lint --quiet 2> >(grep -v ' warnings generated.$' >&2)
