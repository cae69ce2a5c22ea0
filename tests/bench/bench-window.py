#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window with one plot of four traces and 50 rows at 1 kHz: longest gap between frames, CPU."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "ui"))
import rig  # noqa: E402

SECONDS = int(sys.argv[1]) if len(sys.argv) > 1 else 10
LIMIT_MS = 100
TRACES = ["motor.speed", "motor.target", "motor.current", "wave.sine"]
MEMBERS = ["speed", "target", "current", "temperature", "pid.kp", "pid.ki", "pid.kd", "pid.integrator"]
ROWS = ["axis[%d].%s" % (number, member) for number in range(4) for member in MEMBERS]
ROWS += ["adc[%d]" % number for number in range(8)] + ["wave.counter", "wave.square", "ticks", "motor.temperature"]

print("1..1")
with rig.App("--demo", "--listen=127.0.0.1:0", "--size=1280x800") as app:
    app.wait(lambda dump: "motor.speed" in dump.rows and dump.rows["motor.speed"].samples > 100, "live values")
    app.action("test-paste", "'%s'" % "\\n".join(ROWS))
    dump = app.wait(lambda dump: len(dump.rows) >= 50 and dump, "50 rows")
    for path in TRACES:
        app.action("test-plot", "'%s'" % path)
    app.action("test-rate", "1000.0")
    before = app.wait(lambda dump: min(row.samples for row in dump.rows.values()) > 1000 and dump, "1 kHz on every row")
    time.sleep(1)
    result = os.path.join(app.folder, "frames.txt")
    app.action("test-frames", "uint32 %d" % SECONDS)
    end = time.monotonic() + SECONDS + 20
    while not os.path.exists(result) and time.monotonic() < end:
        time.sleep(0.2)
    after = app.dump()
    with open(result, encoding="utf-8") as handle:
        frames, longest_us, cpu_us = (int(word) for word in handle.read().split()[:3])
    slots = sum(row.slot >= 0 for row in after.rows.values())
    rate = min(row.rate_hz for row in after.rows.values())
    skipped = sum(row.skipped for row in after.rows.values()) - sum(row.skipped for row in before.rows.values())

print("# %d rows, %d traces, slowest row %.0f Hz, %d due times skipped; %d frames in %d s, longest gap %.1f ms; CPU %.0f %%"
      % (len(after.rows), slots, rate, skipped, frames, SECONDS, longest_us / 1000, cpu_us / 10000 / SECONDS))
good = longest_us <= LIMIT_MS * 1000 and frames > 10 * SECONDS and slots >= 4 and rate > 900
print("%sok 1 - frames while 50 rows run at 1 kHz" % ("" if good else "not "))
sys.exit(0 if good else 1)
