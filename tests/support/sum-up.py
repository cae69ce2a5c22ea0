#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sums up meson's test logs: time per suite, what failed or was skipped and why, and one closing line.

usage: sum-up.py FOLDER     with LABEL.json (meson's testlog.json) and LABEL.broken (did not build or run)
"""
import glob
import json
import os
import re
import sys

passed = failed = skipped = 0
times, bad, left_out = {}, [], []


def count_tap(text):
    """(passed, failed, skipped with reason) of the TAP lines in a test's output"""
    good = wrong = 0
    reasons = []
    for line in text.splitlines():
        found = re.match(r"\s*(not )?ok\b(.*)", line)
        if not found:
            continue
        skip = re.search(r"#\s*SKIP\b\s*(.*)", found.group(2), re.I)
        if skip:
            reasons.append(skip.group(1).strip())
        elif found.group(1):
            wrong += 1
        else:
            good += 1
    return good, wrong, reasons


for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.json"))):
    label = os.path.basename(path)[:-len(".json")]
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            test = json.loads(line)
            suite = re.sub(r"^.*:", "", test["name"].split(" / ")[0])
            name = "%s: %s" % (label, test["name"])
            times[(label, suite)] = times.get((label, suite), 0) + test["duration"]
            good, wrong, reasons = count_tap(test.get("stdout") or "")
            if test["result"] in ("SKIP",) and not good and not wrong and not reasons:
                reasons = [((test.get("stdout") or "").strip().splitlines() or ["no reason given"])[-1]]
            elif not good and not wrong and not reasons:
                good, wrong = (1, 0) if test["result"] in ("OK", "EXPECTEDFAIL") else (0, 1)
            elif test["result"] not in ("OK", "SKIP", "EXPECTEDFAIL") and not wrong:
                wrong = 1
            passed, failed, skipped = passed + good, failed + wrong, skipped + len(reasons)
            if wrong:
                bad.append("%s (%s)" % (name, test["result"]))
            left_out += ["%s: %s" % (name, reason) for reason in reasons]
for path in sorted(glob.glob(os.path.join(sys.argv[1], "*.broken"))):
    failed += 1
    bad.append("%s: did not build or did not run" % os.path.basename(path)[:-len(".broken")])

print("\nTime per suite (seconds, summed over its tests):")
for (label, suite), seconds in sorted(times.items()):
    print("  %-10s %-12s %7.1f" % (label, suite, seconds))
for title, rows in (("Skipped:", left_out), ("Failed:", bad)):
    if rows:
        print(title)
        print("\n".join("  " + row for row in rows))
print("%d passed, %d failed, %d skipped" % (passed, failed, skipped))
sys.exit(1 if failed or not passed else 0)
