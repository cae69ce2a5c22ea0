# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts sonde in the session of session.sh, sees its widgets, moves the pointer, presses keys."""
import os
import re
import subprocess
import sys
import tempfile
import time

BUILD = os.environ["SONDE_BUILD"]
SONDE = os.path.join(BUILD, "src", "sonde")
BOARD = os.path.join(BUILD, "firmware", "sonde-demo-board")
SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "sonde", "settings.ini")
PATIENCE_S = 40 if os.environ.get("SONDE_SLOW") else 20


class Widget:
    def __init__(self, fields):
        self.kind, self.name = fields[1], fields[2]
        self.x, self.y, self.width, self.height = (float(text) for text in fields[3:7])
        self.text, self.classes, self.state = fields[7], fields[8].split(","), fields[9].split()

    def centre(self):
        return int(self.x + self.width / 2), int(self.y + self.height / 2)


class Row:
    def __init__(self, fields):
        self.path, self.text = fields[1], fields[2]
        self.state, self.slot, self.samples, self.skipped = (int(text) for text in fields[3:7])
        self.asked_hz, self.rate_hz = float(fields[7]), float(fields[8])


class Dump:
    def __init__(self, text):
        lines = [line.split("\t") for line in text.splitlines()]
        self.widgets = [Widget(line) for line in lines if line[0] == "widget"]
        self.rows = {line[1]: Row(line) for line in lines if line[0] == "row"}
        self.wish = max([int(line[1]) for line in lines if line[0] == "wish"] or [0])

    def find(self, name=None, text=None, kind=None, inside=None):
        """All mapped widgets that fit; inside is a widget around them."""
        found = []
        for widget in self.widgets:
            if name is not None and widget.name != name:
                continue
            if text is not None and widget.text != text:
                continue
            if kind is not None and widget.kind != kind:
                continue
            if inside is not None and not (
                inside.x <= widget.centre()[0] <= inside.x + inside.width
                and inside.y <= widget.centre()[1] <= inside.y + inside.height
            ):
                continue
            found.append(widget)
        return found

    def texts(self):
        return [widget.text for widget in self.widgets if widget.text]


class App:
    """One running sonde; use it as a context."""

    def __init__(self, *arguments, window_manager=False, environment=None, keeps_settings=False, foreign_leaks=()):
        if not keeps_settings and os.path.exists(SETTINGS):
            os.unlink(SETTINGS)
        self.folder = tempfile.mkdtemp(prefix="sonde-ui-")
        self.environment = dict(os.environ, SONDE_TEST=self.folder, G_DEBUG="fatal-criticals", **(environment or {}))
        self.arguments = list(arguments)
        self.foreign_leaks = set(foreign_leaks)
        self.window_manager = window_manager
        self.manager = self.process = None

    def __enter__(self):
        if self.window_manager:
            self.manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.5)
        self.log = open(os.path.join(self.folder, "log.txt"), "wb")
        self.process = subprocess.Popen([SONDE, *self.arguments], env=self.environment, stdout=self.log, stderr=self.log)
        self.wait(lambda dump: dump.find(name="menu-button"), "the window")
        return self

    def __exit__(self, kind, value, trace):
        self.action("quit")
        try:
            self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            print("# sonde did not quit")
        if self.manager is not None:
            self.manager.terminate()
            self.manager.wait()
        self.log.close()
        with open(self.log.name, errors="replace") as handle:
            log = handle.read()
        ended_well = self.process.returncode == 0 or leaks_are_foreign(log, self.foreign_leaks)
        if kind is not None or not ended_well:
            for line in log.splitlines()[-40:]:
                print("# " + line)
        if kind is None:
            assert ended_well, "sonde ended with %d" % self.process.returncode

    def action(self, name, *parameters):
        return subprocess.run(
            ["gapplication", "action", "org.sonde.Sonde", name, *parameters], stderr=subprocess.DEVNULL, check=False
        ).returncode

    def dump(self):
        path = os.path.join(self.folder, "dump.txt")
        if os.path.exists(path):
            os.unlink(path)
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise AssertionError("sonde ended with %d" % self.process.returncode)
            self.action("test-dump")
            for _ in range(20):
                if os.path.exists(path):
                    with open(path, encoding="utf-8") as handle:
                        return Dump(handle.read())
                time.sleep(0.02)
        raise AssertionError("sonde does not answer")

    def wait(self, condition, what):
        end = time.monotonic() + PATIENCE_S
        while True:
            dump = self.dump()
            found = condition(dump)
            if found:
                return found
            if time.monotonic() > end:
                print("# on show: " + " | ".join(dump.texts())[:2000])
                raise AssertionError("did not come: " + what)
            time.sleep(0.05)

    def window_size(self, width, height):
        window = run("xdotool", "search", "--onlyvisible", "--name", "^Sonde$").split()[0]
        run("xdotool", "windowsize", "--sync", window, str(width), str(height))


def leaks_are_foreign(log, known):
    """GLib lets go of its first table of quarks when there are more than 2048, on purpose and without a name to suppress."""
    leaks = set(re.findall(r"(?:Direct|Indirect) leak of (\d+) byte\(s\) in (\d+) object", log))
    return leaks != set() and leaks <= {("16384", "1")} | known and "ERROR: AddressSanitizer" not in log


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def move(widget):
    x, y = widget.centre() if isinstance(widget, Widget) else widget
    run("xdotool", "mousemove", str(x), str(y))


def click(widget, button=1, times=1):
    move(widget)
    run("xdotool", "click", "--repeat", str(times), "--delay", "60", str(button))


def key(*names):
    run("xdotool", "key", *names)


def type_text(text):
    run("xdotool", "type", "--delay", "15", text)


def drag(start, end):
    """Past the threshold in small steps, then there in ten. A busy machine takes its time to say that it takes the drop."""
    slow = 2 if os.environ.get("SONDE_SLOW") else 1
    (sx, sy), (tx, ty) = start, end
    run("xdotool", "mousemove", str(sx), str(sy))
    time.sleep(0.2 * slow)
    run("xdotool", "mousedown", "1")
    time.sleep(0.2 * slow)
    for i in range(1, 6):
        run("xdotool", "mousemove", str(sx + 4 * i), str(sy + 2 * i))
        time.sleep(0.05 * slow)
    for i in range(1, 11):
        run("xdotool", "mousemove", str(sx + (tx - sx) * i // 10), str(sy + (ty - sy) * i // 10))
        time.sleep(0.05 * slow)
    time.sleep(0.5 * slow)
    run("xdotool", "mousemove", str(tx + 1), str(ty + 1))
    time.sleep(0.7 * slow)
    run("xdotool", "mouseup", "1")


def main(tests):
    """Runs the tests as TAP; with names as arguments only those."""
    wanted = [test for test in tests if not sys.argv[1:] or test.__name__ in sys.argv[1:]]
    print("1..%d" % len(wanted), flush=True)
    failed = 0
    for number, test in enumerate(wanted, 1):
        try:
            test()
            print("ok %d %s" % (number, test.__name__), flush=True)
        except (AssertionError, subprocess.CalledProcessError) as error:
            failed += 1
            print("# %s" % str(error).replace("\n", "\n# "))
            print("not ok %d %s" % (number, test.__name__), flush=True)
    sys.exit(1 if failed else 0)
