#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the README: screenshots.py FOLDER, in the session of session.sh."""
import os
import sys
import time

from rig import App, click

LIMIT_BYTES = 200000
SIZE = "--size=1280x800"
STEPS = (
    (3.0, "axis[1].target=900"),
    (2.4, "motor.target=2400\naxis[1].target=1500"),
    (2.6, "motor.target=1700\naxis[2].target=300"),
    (1.8, "motor.target=900\naxis[1].target=700"),
)


def take(path, environment):
    if os.path.exists(path):
        os.unlink(path)
    with App("--demo", "--listen", "127.0.0.1:0", SIZE, environment=environment) as app:
        click(app.wait(lambda dump: dump.find(name="tour-close"), "the hints")[0])
        app.wait(lambda dump: "motor.speed" in dump.rows and dump.rows["motor.speed"].samples > 100, "samples")
        app.action("test-paste", repr("axis[1].speed\naxis[2].speed\nmode\nmessage"))
        for row in ("axis[1].speed", "axis[2].speed"):
            app.action("test-plot", repr(row))
        for pause_s, lines in STEPS:
            app.action("test-paste", repr(lines))
            time.sleep(pause_s)
        app.action("test-picture", repr(path))
        app.wait(lambda dump: os.path.exists(path), "the picture")
    size = os.path.getsize(path)
    assert size < LIMIT_BYTES, "%s: %d bytes" % (path, size)
    print("%s: %d bytes" % (path, size))


def main():
    folder = os.path.abspath(sys.argv[1])
    os.makedirs(folder, exist_ok=True)
    take(os.path.join(folder, "monitor.png"), {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"})
    take(os.path.join(folder, "monitor-dark.png"), {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})


main()
