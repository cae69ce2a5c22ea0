#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window stands still while a large ELF is read: the longest gap between two frames, and the longest
work of the main thread between two, which counts where the machine is busy with other things.

usage: bench-load-window.py MAKE-FIRMWARE [KIND]       to be run in tests/ui/session.sh
"""
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
from rig import App  # noqa: E402

SECONDS = 12
MOST_MS = 50


def measure(app, what, action):
    """The longest work between two frames, in ms."""
    path = os.path.join(app.folder, "frames.txt")
    if os.path.exists(path):
        os.unlink(path)
    app.action("test-frames", "uint32 %d" % SECONDS)
    time.sleep(1)
    action()
    while not os.path.exists(path):
        time.sleep(0.2)
    time.sleep(0.1)
    with open(path, encoding="utf-8") as handle:
        frames, longest_us, cpu_us, work_us = (int(word) for word in handle.read().split())
    print("%-12s %4d frames, longest gap %6.1f ms, longest work %5.1f ms, %5.0f ms of processor"
          % (what, frames, longest_us / 1000, work_us / 1000, cpu_us / 1000))
    return work_us / 1000


def run(make_firmware, kind):
    with tempfile.TemporaryDirectory(prefix="sonde-load-") as folder:
        elf = os.path.join(folder, "large.elf")
        subprocess.run([make_firmware, kind, elf], check=True)
        print("%s: %.1f MB" % (kind, os.path.getsize(elf) / 1e6))
        with App("--listen", "127.0.0.1:0") as app:
            measure(app, "nothing", lambda: None)
            cold_ms = measure(app, "first load", lambda: app.action("test-drop", repr(elf)))
            again_ms = measure(app, "cached load", lambda: app.action("test-drop", repr(elf)))
    worst_ms = max(cold_ms, again_ms)
    assert worst_ms <= MOST_MS, "the main thread worked for %.0f ms between two frames" % worst_ms


run(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "objects")
