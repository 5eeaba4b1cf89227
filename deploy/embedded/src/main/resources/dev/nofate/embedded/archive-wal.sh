#!/bin/sh
# Postgres calls this for each finished segment of its write-ahead log: archive-wal <path> <name>. It is kept in the
# folder that the file archive-to names, compressed. Without that file no backup was ever made, and nothing is kept.
set -eu
here=$(dirname -- "$0")
[ -f "$here/archive-to" ] || exit 0
to=$(cat "$here/archive-to")
kept=$to/$2.gz
if [ -f "$kept" ]; then
  # Postgres asks again after a crash. Another content under this name is another server's, and stays.
  gzip -dc <"$kept" | cmp -s - "$1"
  exit
fi
part=$(mktemp "$to/.$2.XXXXXX")
gzip -1 -c <"$1" >"$part"
sync "$part" 2>/dev/null || sync
mv "$part" "$kept"
