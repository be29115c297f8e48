#!/bin/bash
# Puts the sources of the standard library that belong to this machine's compiler under FOLDER and prints
# where they are: from Debian, for machines whose rustup cannot add them.  Usage: rust-src.sh FOLDER
set -euo pipefail
folder=${1:?usage: rust-src.sh FOLDER}
version=$(rustc -vV | sed -n 's/^release: //p')
library=$folder/usr/src/rustc-$version/library
[ -d "$library" ] && { echo "$library"; exit; }

# Lists of its own: the machine's are left as they are.
mirror=$(apt-get update --print-uris 2>/dev/null | sed -n "s#^'\(.*/debian\)/dists/.*#\1#p" | sort -u | head -1)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$folder"
touch "$work/status"
for suite in trixie trixie-backports; do
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
done >"$work/sources.list"
apt() {
  apt-get -qq -o APT::Sandbox::User=root -o Acquire::Languages=none \
    -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o Dir::State::status="$work/status" "$@" >&2
}
apt update
cd "$work"
apt download "rust-src=$version*" || { echo "Debian has no rust-src $version (any more)" >&2; exit 1; }
dpkg -x rust-src_*.deb "$folder"
echo "$library"
