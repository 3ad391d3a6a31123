#!/usr/bin/env bash
# Installs what the node peer of bench/ needs, if it is not there as package-lock.json wants it.
set -euo pipefail
cd "$(dirname "$0")/../bench/peers"
[ node_modules/.package-lock.json -nt package-lock.json ] && exit 0
# better-sqlite3 is compiled where its ready-made form cannot be had: with the headers of this node, if they are here.
prefix=$(dirname "$(dirname "$(command -v node)")")
[ -f "$prefix/include/node/node.h" ] && export npm_config_nodedir=$prefix
npm ci --no-audit --no-fund --loglevel=error
