#!/bin/bash
# session.sh: runs a command with an X server, a session bus and a home of its own
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: session.sh COMMAND [ARGUMENT..]      exit: what COMMAND says; 77 where something is not installed
set -u

for program in Xvfb dbus-run-session; do
  command -v "$program" >/dev/null || { echo "1..0 # SKIP $program is not installed"; exit 77; }
done

home=$(mktemp -d)
mkfifo "$home/number"
exec 6<>"$home/number"
Xvfb -displayfd 6 -screen 0 "${SONDE_SCREEN:-1280x800}x24" -nolisten tcp -noreset >"$home/xvfb.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" 2>/dev/null; rm -rf "$home"' EXIT
# The server chooses its number itself, so that any number of sessions may run at once.
if ! read -r -t 20 number <&6; then
  echo "Bail out! no X server"; cat "$home/xvfb.log"; exit 1
fi

export DISPLAY=":$number" HOME="$home" XDG_RUNTIME_DIR="$home/run"
export XDG_CONFIG_HOME="$home/config" XDG_CACHE_HOME="$home/cache" XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state"
export GDK_BACKEND=x11 GSK_RENDERER=cairo GTK_A11Y=test GSETTINGS_BACKEND=memory ADW_DISABLE_PORTAL=1 GIO_USE_VFS=local LC_ALL=C.UTF-8
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir -p "$XDG_CONFIG_HOME/gtk-4.0"
printf '[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=:close\n' >"$XDG_CONFIG_HOME/gtk-4.0/settings.ini"
dbus-run-session -- "$@"
