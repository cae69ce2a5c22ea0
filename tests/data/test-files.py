#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gates of the files under data/: each is what its consumers expect.

usage: test-files.py BUILD-FOLDER
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
BUILD = sys.argv[1]
results = []


def check(name, tool, problem):
    """problem() gives a text, empty when all is well; without the tool the check is skipped aloud."""
    if tool and not shutil.which(tool):
        results.append("ok - %s # SKIP %s is not installed" % (name, tool))
        return
    text = problem()
    results.append("%sok - %s" % ("not " if text else "", name) + "".join("\n# " + line for line in text.splitlines()))


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    return (done.stdout + done.stderr) if done.returncode else ""


def lint_man(page):
    done = subprocess.run(["mandoc", "-Tlint", page], capture_output=True, text=True)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if "referenced manual not found" not in line]
    return "\n".join(lines)


def missing_options(program, page):
    """Options that --help prints and the page does not name."""
    if not os.path.exists(program):
        return "" if program.endswith("/sonde") else program + " was not built"
    done = subprocess.run([program, "--help"], capture_output=True, text=True, env={**os.environ, "GDK_BACKEND": "x11"})
    if done.returncode or not done.stdout:
        return "%s --help: exit %d" % (program, done.returncode)
    with open(page, encoding="utf-8") as handle:
        text = handle.read().replace("\\-", "-")
    named = set(re.findall(r"Fl -([a-z][a-z-]+)", text)) | set(re.findall(r"--([a-z][a-z-]+)", text))
    wanted = set(re.findall(r"--([a-z][a-z-]+)", done.stdout))
    return "\n".join("--%s is not in the page" % option for option in sorted(wanted - named - {"help-all", "help-gapplication"}))


def render(path):
    """An icon drawn at 16, 32 and 128 pixels is not empty."""
    problems = []
    for size in (16, 32, 128):
        with tempfile.NamedTemporaryFile(suffix=".png") as png:
            subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), "-o", png.name, path], check=False)
            if os.path.getsize(png.name) < 90:
                problems.append("%s: empty at %d px" % (path, size))
    return "\n".join(problems)


check("desktop file", "desktop-file-validate",
      lambda: output("desktop-file-validate", os.path.join(BUILD, "data", "org.sonde.Sonde.desktop")))
check("settings schema", "glib-compile-schemas",
      lambda: output("glib-compile-schemas", "--strict", "--dry-run", os.path.join(TOP, "data")))
for page in sorted(glob.glob(os.path.join(TOP, "data", "man", "*.[1-9]"))):
    program = os.path.splitext(os.path.basename(page))[0]
    check("man page " + os.path.basename(page), "mandoc", lambda: lint_man(page))
    check("options of " + program, None, lambda: missing_options(os.path.join(BUILD, "src", program)
          if program != "sonde" else os.path.join(BUILD, "src", "sonde"), page))
icons = sorted(glob.glob(os.path.join(TOP, "data", "icons", "hicolor", "*", "*", "*.svg")))
for icon in icons:
    check("icon " + os.path.basename(icon), "rsvg-convert", lambda: render(icon))
check("app icon is there", None, lambda: "" if any(i.endswith("apps/org.sonde.Sonde.svg") for i in icons) else "no app icon")

print("1..%d" % len(results))
for number, line in enumerate(results, 1):
    print(re.sub(r"^(not )?ok -", lambda found: "%sok %d -" % (found.group(1) or "", number), line))
