#!/bin/bash
# Makes, once, a folder with Debian 13 and its Swift toolchain: this machine's own Debian may be older and
# have none.  Usage: toolchain.sh FOLDER   (as root)
set -euo pipefail
folder=${1:?usage: toolchain.sh FOLDER}
ready=$folder/.ready
[ -e "$ready" ] && exit 0

command -v debootstrap >/dev/null || {
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
}
# Packages come from where this machine's own come from.
mirror=$(apt-get update --print-uris 2>/dev/null | sed -n "s#^'\(.*/debian\)/dists/.*#\1#p" | sort -u | head -1)
[ -n "$mirror" ] || { echo "this machine's apt names no Debian mirror" >&2; exit 1; }

rm -rf --one-file-system "$folder"
mkdir -p "$folder"
log=$folder.log
debootstrap --variant=minbase trixie "$folder" "$mirror" >"$log" 2>&1 || { tail -n 30 "$log" >&2; exit 1; }

# Nothing in here need survive a power cut, and nobody reads its manuals: faster, and a third smaller.
cat >"$folder/etc/dpkg/dpkg.cfg.d/small" <<'SMALL'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-exclude=/usr/share/man/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/libexec/swift/lib/swift_static/*
path-exclude=/usr/libexec/swift/bin/lldb*
path-exclude=/usr/libexec/swift/bin/repl_swift
path-exclude=/usr/libexec/swift/lib/liblldb*
path-exclude=/usr/libexec/swift/lib/python3*
SMALL
printf '%s\n' 'APT::Install-Recommends "false";' 'Acquire::Languages "none";' 'Acquire::Retries "3";' \
  >"$folder/etc/apt/apt.conf.d/90small"

inside() {
  chroot "$folder" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@" >>"$log" 2>&1 || { tail -n 30 "$log" >&2; exit 1; }
}
inside apt-get update -qq
inside apt-get install -y -qq swiftlang libc6-dev
inside apt-get clean
touch "$ready"
