#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing of data/packages-debian12.txt.
# usage: install-packages.sh FOR-WHAT...   (build gui show test)
set -eu
list=$(dirname "$0")/packages-debian12.txt
wanted () {
  for kind in "$@"; do
    awk -v kind="$kind" '$1 !~ /^#/ && $2 == kind { print $1 }' "$list"
  done
}
missing=$(wanted "$@" | while read -r package; do
  dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
done)
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
  echo "install-packages.sh: no apt-get here; install what matches these Debian packages:" "$missing" >&2
  exit 1
fi
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
export DEBIAN_FRONTEND=noninteractive
set -x
$sudo apt-get update -q
# shellcheck disable=SC2086 # the list is meant to split
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 $missing
