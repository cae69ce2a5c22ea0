#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long the window stands still while a large ELF is read and browsed: the longest gap between two frames, and
the longest work of the main thread between two, which counts where the machine is busy with other things.

usage: bench-load-window.py MAKE-FIRMWARE [KIND|ELF]       to be run in tests/ui/session.sh
"""
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
from rig import App, click, key, type_text  # noqa: E402

LOAD_SECONDS = 12
SECONDS = 4
MOST_MS = 50
N_WATCHES = 1000


class Measurements:
    def __init__(self, app):
        self.app = app
        self.worst_ms = 0

    def add(self, what, action, seconds=SECONDS):
        path = os.path.join(self.app.folder, "frames.txt")
        if os.path.exists(path):
            os.unlink(path)
        self.app.action("test-frames", "uint32 %d" % seconds)
        time.sleep(1)
        action()
        while not os.path.exists(path):
            time.sleep(0.2)
        time.sleep(0.1)
        with open(path, encoding="utf-8") as handle:
            frames, longest_us, cpu_us, work_us = (int(word) for word in handle.read().split())
        print("%-16s %4d frames, longest gap %6.1f ms, longest work %5.1f ms, %5.0f ms of processor"
              % (what, frames, longest_us / 1000, work_us / 1000, cpu_us / 1000), flush=True)
        self.worst_ms = max(self.worst_ms, work_us / 1000)


def press(app, name):
    widget = app.wait(lambda dump: dump.find(name=name), name)[0]
    return lambda: click(widget)


def browse(app, measured):
    """The full view, and what makes all of its rows change."""
    measured.add("full view", lambda: key("ctrl+shift+f"))
    measured.add("flat list", press(app, "tree-button"))
    title = app.wait(lambda dump: [w for w in dump.find(text="Size", kind="GtkLabel") if w.height < 30], "the titles")[0]
    measured.add("sort by size", lambda: click(title))
    measured.add("only constants", press(app, "set-constants"))
    measured.add("all again", press(app, "set-all"))
    measured.add("tree", press(app, "tree-button"))
    key("ctrl+f")
    measured.add("search", lambda: type_text("value12"))
    measured.add("search cleared", lambda: key("Escape"))
    measured.add("to the end", lambda: key("Down", "End"))
    measured.add("pane", lambda: key("ctrl+shift+f"))


def measure(elf):
    lines = "\n".join("module_%d_value_%d" % (i // 100, i) for i in range(0, 6 * N_WATCHES, 6))
    with App("--listen", "127.0.0.1:0", "--size=1280x800") as app:
        measured = Measurements(app)

        def load():
            app.action("test-drop", repr(elf))

        measured.add("nothing", lambda: None)
        measured.add("first load", load, LOAD_SECONDS)
        measured.add("cached load", load, LOAD_SECONDS)
        # What follows is told, not held: cells of all columns and rows of the watch table cost more than a load.
        worst_ms = measured.worst_ms
        browse(app, measured)
        measured.add("%d watches" % N_WATCHES, lambda: app.action("test-paste", repr(lines)))
        measured.add("load with them", load, LOAD_SECONDS)
    return worst_ms


def run(make_firmware, kind):
    with tempfile.TemporaryDirectory(prefix="sonde-load-") as folder:
        elf = kind
        if not os.path.exists(elf):
            elf = os.path.join(folder, "large.elf")
            subprocess.run([make_firmware, kind, elf], check=True)
        print("%s: %.1f MB" % (kind, os.path.getsize(elf) / 1e6))
        worst_ms = measure(elf)
    assert worst_ms <= MOST_MS, "the main thread worked for %.0f ms between two frames" % worst_ms


run(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "objects")
