#!/bin/bash
# Runs a command with the Swift toolchain of FOLDER. The project is seen there at its own path.
# Usage: inside.sh FOLDER PROJECT COMMAND...   (as root)
#
# What is mounted is mounted for this command alone and goes with it, however it ends.
set -euo pipefail
folder=$1 project=$(realpath "$2")
shift 2
exec unshare --mount --pid --fork --kill-child --propagation private bash -euc '
  folder=$1 project=$2
  shift 2
  mkdir -p "$folder$project"
  mount -t proc proc "$folder/proc"
  mount --bind "$project" "$folder$project"
  exec chroot "$folder" /usr/bin/env -i HOME=/root TERM=dumb LC_ALL=C.UTF-8 \
    PATH=/usr/libexec/swift/bin:/usr/bin:/bin:/usr/sbin:/sbin \
    /bin/sh -euc "cd \"\$1\"; shift; exec env \"\$@\"" sh "$project" "$@"
' inside "$folder" "$project" "$@"
