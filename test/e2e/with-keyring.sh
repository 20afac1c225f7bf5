#!/bin/sh
# Runs Electron in a session bus of its own with an empty, unlocked keyring.
exec dbus-run-session -- sh -c '
  printf "slice" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
  exec "$SLICE_ELECTRON_EXECUTABLE" "$@"' keyring "$@"
