#!/bin/bash
# Runs a program in the root directory of an image as a container runs it: with a read-only root filesystem and its own
# PID namespace, as a user without capabilities, with only the given variables and a memory limit. The program uses the
# network of the host.
#   enter.sh ROOT UID:GID [cgroup:FILE]... [FROM:TO[:ro]]... -- [NAME=VALUE]... COMMAND [ARGUMENT]...
set -euo pipefail
root=$1 user=$2
shift 2
base=$(mktemp -d)
mount -t tmpfs tmpfs "$base"
in=$base/root
mkdir "$in" "$base/upper" "$base/work"
mount -t overlay overlay -o "lowerdir=$root,upperdir=$base/upper,workdir=$base/work" "$in"
mkdir -p "$in"/{proc,dev,etc}
mount -t proc proc "$in/proc"
mount --rbind /dev "$in/dev"
cat /etc/hosts >"$in/etc/hosts"
cat /etc/resolv.conf >"$in/etc/resolv.conf"
while [[ $1 != -- ]]; do
  IFS=: read -r from to mode <<<"$1"
  shift
  if [[ $from == cgroup ]]; then
    echo 0 >"$to"
    continue
  fi
  if [[ -d $from ]]; then mkdir -p "$in$to"; else mkdir -p "$(dirname "$in$to")" && : >>"$in$to"; fi
  mount --bind "$from" "$in$to"
  [[ -z $mode ]] || mount -o "remount,bind,$mode" "$in$to"
done
shift
mount -o remount,ro "$in"
variables=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin)
while [[ $1 =~ ^[A-Za-z_][A-Za-z0-9_]*= ]]; do
  variables+=("$1")
  shift
done
# no-new-privs: no program that starts here can gain capabilities
chroot=(/usr/sbin/chroot --userspec="$user" --groups="${user#*:}" "$in")
exec env -i "${variables[@]}" setpriv --no-new-privs "${chroot[@]}" "$@"
