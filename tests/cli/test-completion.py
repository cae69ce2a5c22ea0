#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A TAB in a real bash completes commands, options, files and paths; zsh and fish find no fault in their files.

usage: test-completion.py SONDECTL FOLDER-OF-FIXTURES FOLDER-OF-COMPLETIONS
"""
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

SONDECTL, FIXTURES, SCRIPTS = (os.path.abspath(word) for word in sys.argv[1:4])
ELF = "kinds-dwarf5.elf"
PATIENCE = 60

# What is typed before the TAB, and the words that the command then has.
CASES = [
    ("sondectl sym", ["symbols"]),
    ("sondectl symbols kinds-rel", ["symbols", "kinds-relocatable.o"]),
    ("sondectl watch --sec", ["watch", "--seconds"]),
    ("sondectl size --by sec", ["size", "--by", "section"]),
    ("sondectl --color al", ["--color", "always"]),
    ("sondectl get --elf kinds-rel", ["get", "--elf", "kinds-relocatable.o"]),
    ("sondectl get --elf=kinds-rel", ["get", "--elf=kinds-relocatable.o"]),
    ("sondectl --elf kinds-rel", ["--elf", "kinds-relocatable.o"]),
    ("sondectl get --elf %s mot" % ELF, ["get", "--elf", ELF, "motor."]),
    ("sondectl --elf=%s get motor.p" % ELF, ["--elf=" + ELF, "get", "motor.pid."]),
    ("sondectl watch u8 --elf '%s' motor.pid.kp motor.ta" % ELF,
     ["watch", "u8", "--elf", ELF, "motor.pid.kp", "motor.target"]),
    ("sondectl get --elf %s cube[1][2][3" % ELF, ["get", "--elf", ELF, "cube[1][2][3]"]),
    ("sondectl get --elf %s kinds.c::c" % ELF, ["get", "--elf", ELF, "kinds.c::counter"]),
    ("sondectl get --elf %s step" % ELF, ["get", "--elf", ELF, "step()::"]),
    ("sondectl get --elf %s step\\(\\)::inn" % ELF, ["get", "--elf", ELF, "step()::inner"]),
    ("sondectl get --elf %s 'step()::inn" % ELF, ["get", "--elf", ELF, "step()::inner"]),
    ("sondectl get --elf %s list-\\>n" % ELF, ["get", "--elf", ELF, "list->next"]),
    ("sondectl get --elf %s 'list->v" % ELF, ["get", "--elf", ELF, "list->value"]),
    ("sondectl set --elf %s tick" % ELF, ["set", "--elf", ELF, "ticks="]),
    ("sondectl set --elf %s drive=G" % ELF, ["set", "--elf", ELF, "drive=GO"]),
    ("sondectl get --elf /no/such/file mot", ["get", "--elf", "/no/such/file", "mot"]),
    ("sondectl get --elf %s no_such" % ELF, ["get", "--elf", ELF, "no_such"]),
]


class Bash:
    """An interactive bash behind a terminal of its own, without anybody's settings."""

    def __init__(self, home):
        env = dict(os.environ, HOME=home, TERM="dumb", INPUTRC="/dev/null", HISTFILE="/dev/null", LC_ALL="C.UTF-8",
                   PATH=os.path.dirname(SONDECTL) + ":" + os.environ["PATH"], XDG_CACHE_HOME=home,
                   XDG_STATE_HOME=home, XDG_CONFIG_HOME=home)
        env.pop("BASH_ENV", None)
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(FIXTURES)
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], env)
        self.type("stty -echo; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'\n")
        self.type("tell() { printf '<%s>' \"$@\"; printf '\\n'; }; . '" + SCRIPTS + "/sondectl.bash'; tell rea''dy\n")
        self.read("<ready>")

    def type(self, text):
        os.write(self.fd, text.encode())

    def read(self, pattern):
        """The output up to and with the pattern."""
        text, end = "", time.monotonic() + PATIENCE
        while not re.search(pattern, text):
            assert time.monotonic() < end, "waited in vain for %s; got %r" % (pattern, text)
            if select.select([self.fd], [], [], 0.1)[0]:
                text += os.read(self.fd, 65536).decode("utf-8", "replace")
        return text

    def complete(self, line):
        """The words of the line after a TAB. What follows the TAB is read only when bash is done with it."""
        self.type(line + "\t")
        self.type("\x01tell \x05 end\n")
        return re.findall(r"<((?:->|[^<>])*)>", self.read(r"<end>"))[:-1]

    def end(self):
        self.type("\x15exit\n")
        try:
            while os.read(self.fd, 65536):
                pass
        except OSError:
            pass
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def report(number, good, what, detail=""):
    print("%s %d - %s" % ("ok" if good else "not ok", number, what))
    if not good:
        print("# " + str(detail).replace("\n", "\n# "))


def check_syntax(number, shell, words, name):
    if shutil.which(shell) is None:
        print("ok %d - %s finds no fault in %s # SKIP %s is not installed" % (number, shell, name, shell))
        return
    done = subprocess.run(words + [os.path.join(SCRIPTS, name)], capture_output=True, text=True, timeout=PATIENCE)
    report(number, done.returncode == 0 and done.stderr == "", "%s finds no fault in %s" % (shell, name), done.stderr)


def complete_alone(number):
    """What the scripts ask the program: nothing wrong is ever said, and the exit status is 0."""
    elf = os.path.join(FIXTURES, ELF)
    asked = [(["--elf", elf, "motor.pid.k"], "motor.pid.kp\nmotor.pid.ki\nmotor.pid.kd\n"),
             (["--elf", elf, "--", "-"], ""), (["--elf", "/no/such/file", "m"], ""), (["--elf", "/etc", "m"], ""),
             (["--elf", os.path.join(FIXTURES, "kinds-stripped.elf"), "m"], ""), (["m"], "")]
    with tempfile.TemporaryDirectory() as home:
        env = dict(os.environ, HOME=home, XDG_CACHE_HOME=home, XDG_STATE_HOME=home)
        for words, want in asked:
            done = subprocess.run([SONDECTL, "complete"] + words, capture_output=True, text=True, env=env, timeout=PATIENCE)
            if (done.returncode, done.stdout, done.stderr) != (0, want, ""):
                return report(number, False, "complete says only what it knows", (words, done))
        # Without --elf the ELF file that was opened last is meant.
        os.mkdir(os.path.join(home, "sonde-state"))
        os.mkdir(os.path.join(home, "sonde-state", "sonde"))
        with open(os.path.join(home, "sonde-state", "sonde", "recent.json"), "w", encoding="utf-8") as handle:
            json.dump({"files": [{"path": "/map.csv", "opened": 2}, {"path": elf, "opened": 1}]}, handle)
        env["XDG_STATE_HOME"] = os.path.join(home, "sonde-state")
        done = subprocess.run([SONDECTL, "complete", "drive=G"], capture_output=True, text=True, env=env, timeout=PATIENCE)
        if done.stdout != "drive=GO\n":
            return report(number, False, "complete says only what it knows", done)
    report(number, True, "complete says only what it knows")


def main():
    print("1..%d" % (len(CASES) + 4))
    with tempfile.TemporaryDirectory() as home:
        shell = Bash(home)
        for number, (line, want) in enumerate(CASES, 1):
            got = shell.complete(line)
            report(number, got == ["sondectl"] + want, line, got)
        shell.end()
    complete_alone(len(CASES) + 1)
    check_syntax(len(CASES) + 2, "zsh", ["zsh", "-n"], "_sondectl")
    check_syntax(len(CASES) + 3, "fish", ["fish", "--no-execute"], "sondectl.fish")
    check_syntax(len(CASES) + 4, "shellcheck", ["shellcheck"], "sondectl.bash")


main()
