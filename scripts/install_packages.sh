#!/usr/bin/env bash
# Installs the packages of the named sections of packages.apt that are missing: install_packages.sh build [test]
set -euo pipefail
cd "$(dirname "$0")/.."

wanted=()
for section in "$@"; do
    while read -r package; do wanted+=("$package"); done < <(
        awk -v section="[$section]" '/^#/ { inside = index($0, section) > 0; next } inside && NF { print $1 }' packages.apt)
done

missing=()
for package in "${wanted[@]}"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
command -v node >/dev/null && command -v npm >/dev/null || missing+=(nodejs npm)
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installiere fehlende Pakete / installing missing packages: ${missing[*]}"
run=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Es fehlen Pakete, und ohne Root-Rechte oder sudo lassen sie sich nicht installieren. Bitte als root: apt-get install ${missing[*]}" >&2
        echo "Packages are missing and cannot be installed without root or sudo. Please, as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    run=(sudo)
fi
log=$(mktemp)
if ! { "${run[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    echo "Die Pakete ließen sich nicht installieren (kein Netz? anderes Debian als 12?)." >&2
    echo "The packages could not be installed (no network? another Debian than 12?)." >&2
    exit 1
fi
rm -f "$log"
