#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every shell script passes shellcheck.

usage: test-shell.py SHELLCHECK
"""
import os
import subprocess
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
scripts = []
for folder, folders, names in os.walk(TOP):
    folders[:] = [f for f in folders if not (folder == TOP and f.startswith(("build", "subprojects"))) and f != ".git"]
    for name in sorted(names):
        path = os.path.join(folder, name)
        with open(path, "rb") as handle:
            first = handle.readline(80)
        if first.startswith((b"#!/bin/sh", b"#!/bin/bash")):
            scripts.append(path)

tool = sys.argv[1] if len(sys.argv) > 1 else ""
print("1..%d" % max(len(scripts), 1))
if not scripts:
    print("not ok 1 - no scripts found")
for number, path in enumerate(scripts, 1):
    name = os.path.relpath(path, TOP)
    if not tool:
        print("ok %d - %s # SKIP shellcheck is not installed" % (number, name))
        continue
    done = subprocess.run([tool, path], capture_output=True, text=True)
    print("%sok %d - %s" % ("not " if done.returncode else "", number, name))
    if done.returncode:
        print("# " + done.stdout.replace("\n", "\n# "))
