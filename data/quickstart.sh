#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From a fresh checkout to live values: installs what is missing, builds, opens Sonde with a simulated board.
# Without a display: renders the window to build/demo.png and prints ten live rows instead.
set -eu
cd "$(dirname "$0")/.."

run () {
  echo "+ $*"
  "$@"
}

display=no
if [ -n "${WAYLAND_DISPLAY:-}${DISPLAY:-}" ]; then
  display=yes
fi
kinds="build gui"
[ $display = yes ] || kinds="$kinds show"
# shellcheck disable=SC2086 # several words
run sh data/install-packages.sh $kinds
[ -f build/build.ninja ] || run meson setup build --buildtype=debugoptimized
run meson compile -C build

if [ $display = yes ]; then
  echo "Opening Sonde with a simulated board. Close its window to end."
  run build/src/sonde --demo
  exit 0
fi

echo "There is no display here: the window is rendered to build/demo.png, and ten live rows follow."
run xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' env GDK_BACKEND=x11 GSK_RENDERER=cairo ADW_DISABLE_PORTAL=1 GTK_A11Y=none \
  build/src/sonde --demo --screenshot=build/demo.png --after=8 --size=1280x800
run build/src/sondectl demo --seconds 5 --table
echo "Seen without a display: build/demo.png is the window with the same board."
