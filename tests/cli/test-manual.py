#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""sondectl(1) shows each command's --help word for word, and is sound mdoc.

usage: test-manual.py SONDECTL PAGE [MANDOC]
"""
import re
import subprocess
import sys

COMMANDS = ["", "symbols", "size", "complete", "map", "diff", "devices", "get", "set", "watch", "send", "log", "serve", "demo", "doctor"]


def blocks(page):
    """The literal blocks of the page that begin with "usage:", as they are read."""
    found = []
    for block in re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed$", page, re.S | re.M):
        text = block.replace("\\&", "").replace("\\-", "-").replace("\\(aq", "'").replace("\\e", "\\")
        if text.startswith("usage:"):
            found.append(text)
    return found


def help_of(program, command):
    words = [program] + ([command] if command else []) + ["--help"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0 and done.stderr == "", (words, done)
    return done.stdout


def main():
    program, page_path = sys.argv[1:3]
    mandoc = sys.argv[3] if len(sys.argv) > 3 else ""
    with open(page_path, encoding="utf-8") as handle:
        in_page = blocks(handle.read())
    print("1..%d" % (len(COMMANDS) + 2))
    for number, command in enumerate(COMMANDS, 1):
        text = help_of(program, command)
        start = "usage: sondectl %s" % (command or "[OPTIONS]")
        good = text in in_page and text.startswith(start)
        print("%s %d - help of %s is in the page" % ("ok" if good else "not ok", number, command or "sondectl"))
        if not good:
            print("# not in %s:\n# %s" % (page_path, text.replace("\n", "\n# ")))
    print("%s %d - the page has no other block" % ("ok" if len(in_page) == len(COMMANDS) else "not ok", len(COMMANDS) + 1))
    if not mandoc:
        print("ok %d - mandoc finds no fault # SKIP mandoc is not installed" % (len(COMMANDS) + 2))
        return
    lint = subprocess.run([mandoc, "-Tlint", "-Wwarning", page_path], capture_output=True, text=True, timeout=30)
    print("%s %d - mandoc finds no fault" % ("ok" if lint.returncode == 0 else "not ok", len(COMMANDS) + 2))
    if lint.returncode != 0:
        print("# " + (lint.stdout + lint.stderr).replace("\n", "\n# "))


main()
