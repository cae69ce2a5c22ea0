#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-layers passes on the tree and fails on each kind of wrong include."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.join(HERE, "..", "check-layers")
WRONG = [
    ("a floor above", {"base/a.c": '#include "types/b.h"\n', "types/b.h": ""}, "may not include"),
    ("a neighbour", {"symbols/a.c": '#include "device/b.h"\n', "device/b.h": ""}, "may not include"),
    ("cli to ui", {"cli/a.c": '#include "ui/b.h"\n', "ui/b.h": ""}, "may not include"),
    ("ui to wire", {"ui/a.c": '#include "wire/b.h"\n', "wire/b.h": ""}, "may not include"),
    ("no folder", {"base/a.c": '#include "b.h"\n', "base/b.h": ""}, "does not name its folder"),
    ("a circle", {"base/a.h": '#include "base/b.h"\n', "base/b.h": '#include "base/a.h"\n'}, "circle of modules"),
    ("a circle over .c", {"base/a.h": "", "base/a.c": '#include "base/b.h"\n', "base/b.h": '#include "base/a.h"\n'}, "circle"),
    ("a library's door", {"base/a.c": "#include <libsoup/soup.h>\n"}, "one door"),
    ("an unknown folder", {"util/a.c": '#include "base/b.h"\n', "base/b.h": ""}, "not in the table"),
    ("nothing at all", {"base/readme": ""}, "no sources"),
]


def run(folder=None):
    done = subprocess.run([sys.executable, TOOL] + ([folder] if folder else []), capture_output=True, text=True)
    return done.returncode, done.stdout


print("1..%d" % (len(WRONG) + 1))
code, text = run()
print("%s 1 - the tree keeps the table" % ("ok" if code == 0 else "not ok"))
if code:
    print("# " + text.replace("\n", "\n# "))
for number, (name, files, wanted) in enumerate(WRONG, 2):
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
            with open(os.path.join(folder, path), "w") as handle:
                handle.write(content)
        code, text = run(folder)
    good = code == 1 and wanted in text
    print("%s %d - fails on %s" % ("ok" if good else "not ok", number, name))
    if not good:
        print("# exit %d: %s" % (code, text.replace("\n", "\n# ")))
