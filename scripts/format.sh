#!/bin/sh
# The form of all C++ files: format.sh applies it, format.sh --check only tells where it is missing.
set -eu
cd "$(dirname "$0")/.."
[ "${1:-}" = --check ] && how='--dry-run --Werror' || how=-i
# shellcheck disable=SC2086
git ls-files -z 'src/*.?pp' 'tests/*.?pp' 'fuzz/*.?pp' 'bench/*.?pp' | xargs -0 clang-format-19 $how
