#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every C file is as clang-format 14 leaves it, and every source file carries its licence.

usage: test-format.py CLANG-FORMAT
"""
import os
import subprocess
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SKIP = ("build", ".git", "subprojects")


def files(*endings):
    for folder, folders, names in os.walk(TOP):
        folders[:] = [f for f in folders if not (folder == TOP and f.startswith(SKIP)) and f != "__pycache__"]
        for name in sorted(names):
            path = os.path.relpath(os.path.join(folder, name), TOP)
            if name.endswith(endings) and "/corpus/" not in path:
                yield path


def report(number, name, problems, skip=None):
    if skip:
        print("ok %d - %s # SKIP %s" % (number, name, skip))
        return
    print("%sok %d - %s" % ("not " if problems else "", number, name))
    for problem in problems:
        print("# " + problem)


sources = [path for path in files(".c", ".h") if path.startswith(("src/", "firmware/", "tests/"))]
print("1..3")
tool = sys.argv[1] if len(sys.argv) > 1 else ""
version = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout if tool else ""
if "version 14." not in version:
    report(1, "clang-format", [], "clang-format 14 is not installed")
else:
    os.chdir(TOP)
    done = subprocess.run([tool, "--dry-run", "--Werror"] + sources, capture_output=True, text=True)
    report(1, "clang-format", sorted({line.split(":")[0] for line in done.stderr.splitlines() if "error:" in line}))
missing, wrong = [], []
for path in files(".c", ".h", ".py", ".sh", ".build", ".ui", ".css", ".md", ".svg", ".xml", ".in"):
    with open(os.path.join(TOP, path), encoding="utf-8", errors="replace") as handle:
        head = handle.read(1500)
    if "SPDX-License-Identifier" not in head:
        missing.append(path)
    elif path.startswith("firmware/") and "SPDX-License-Identifier: MIT" not in head:
        wrong.append(path + ": firmware is MIT")
report(2, "SPDX line in every file", missing)
report(3, "firmware is MIT", wrong + ([] if sources else ["no sources found"]))
