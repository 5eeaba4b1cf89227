#!/bin/sh
# Postgres calls this while it recovers: restore-wal <name> <path>. The file restore-from names the archive and, in its
# second line, what a server that is gone left behind; that comes second, because its files may hold an older log.
set -eu
here=$(dirname -- "$0")
archive=$(sed -n 1p "$here/restore-from")
left=$(sed -n 2p "$here/restore-from")
if [ -f "$archive/$1.gz" ]; then
  gzip -dc <"$archive/$1.gz" >"$2"
elif [ -n "$left" ] && [ -f "$left/$1" ]; then
  cp "$left/$1" "$2"
else
  exit 1
fi
