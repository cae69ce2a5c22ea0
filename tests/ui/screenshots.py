#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the README: screenshots.py FOLDER, in the session of session.sh."""
import os
import sys
import time

from rig import App, click, key

LIMIT_BYTES = 200000
AFTER_S = 14


def plot(app, path):
    """Puts a row that is on show onto the plot."""

    def find(dump):
        table = dump.find(name="watch-table")
        names = dump.find(text=path, kind="GtkLabel", inside=table[0]) if table else []
        return [w for w in dump.find(kind="SondeValueCell") if names and abs(w.centre()[1] - names[0].centre()[1]) < 12]

    click(app.wait(find, "the row of " + path)[0])
    time.sleep(0.2)
    key("p")


def take(path, environment):
    started = time.monotonic()
    arguments = ("--demo", "--listen", "127.0.0.1:0", "--size=1280x800", "--after=%d" % AFTER_S, "--screenshot=" + path)
    with App(*arguments, environment=environment) as app:
        click(app.wait(lambda dump: dump.find(name="tour-close"), "the hints")[0])
        app.action("test-paste", repr("axis[1].speed\naxis[2].speed\nmode\nmessage"))
        for row in ("axis[1].speed", "axis[2].speed"):
            plot(app, row)
        for at_s, lines in (
            (6.0, "motor.target=2400\naxis[1].target=1500"),
            (8.5, "motor.target=1700\naxis[2].target=300"),
            (11.0, "motor.target=900\naxis[1].target=700"),
        ):
            time.sleep(max(0, started + at_s - time.monotonic()))
            app.action("test-paste", repr(lines))
        app.process.wait(AFTER_S + 30)
    size = os.path.getsize(path)
    assert size < LIMIT_BYTES, "%s: %d bytes" % (path, size)
    print("%s: %d bytes" % (path, size))


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    take(os.path.join(folder, "monitor.png"), {"ADW_DEBUG_COLOR_SCHEME": "prefer-light"})
    take(os.path.join(folder, "monitor-dark.png"), {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"})


main()
