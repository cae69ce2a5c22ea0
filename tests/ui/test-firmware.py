#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The firmware of a board and the ELF that is open: matches, differs, is built again."""
import os
import shutil
import subprocess
import tempfile
import time

from rig import BOARD, App, click, key, main

FREE = ("--listen", "127.0.0.1:0")
FRESH, DOUBTFUL = 1, 5


def build_id_at(data):
    """Where the 20 bytes of the build id stand in an ELF file."""
    at = data.find(b"\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0")
    assert at > 0, "no build id"
    return at + 16


class Bench(App):
    """A window, a demo board that dials in, and ELF files to open."""

    def __init__(self, **more):
        super().__init__(*FREE, **more)
        self.files = tempfile.mkdtemp(prefix="sonde-firmware-")
        self.board = None

    def __enter__(self):
        super().__enter__()
        url = self.wait(lambda dump: [t for t in dump.texts() if t.startswith("ws://127.0.0.1:")], "the address")[0]
        self.board = subprocess.Popen([BOARD, "--url", url, "--parent", str(os.getpid())], stderr=subprocess.DEVNULL)
        return self

    def __exit__(self, *reason):
        self.board.terminate()
        self.board.wait()
        try:
            super().__exit__(*reason)
        finally:
            shutil.rmtree(self.files)

    def make_elf(self, name, is_other):
        """The board's own ELF, or one of another build with the same addresses."""
        path = os.path.join(self.files, name)
        with open(BOARD, "rb") as handle:
            data = bytearray(handle.read())
        if is_other:
            data[build_id_at(data)] ^= 0xFF
        with open(path + ".new", "wb") as handle:
            handle.write(data)
        os.rename(path + ".new", path)
        return path

    def open(self, path):
        self.action("test-drop", repr(path))
        name = os.path.basename(path)
        self.wait(lambda dump: dump.find(name="symbols-file", text=name), name)

    def wait_for_word(self, word):
        self.wait(lambda dump: dump.find(name="firmware-match", text=word), "the chip to say " + word)

    def wait_for_state(self, path, state):
        self.wait(lambda dump: path in dump.rows and dump.rows[path].state == state, "%s in state %d" % (path, state))

    def click_banner(self, text):
        """Once the banner has come down to where it stays."""
        seen = []

        def rests(dump):
            found = [w for w in dump.find(text=text) if w.width > 20]
            seen.append(found[0].centre() if found else None)
            return found if len(seen) > 3 and found and seen[-1] == seen[-4] else None

        click(self.wait(rests, text)[0])


def other_build_is_dimmed_locked_and_used_anyway():
    with Bench() as app:
        path = app.make_elf("fw.elf", True)
        app.open(path)
        app.action("test-paste", repr("motor.target"))
        app.wait_for_word("differs")
        app.wait_for_state("motor.target", DOUBTFUL)
        texts = app.wait(lambda dump: [t for t in dump.texts() if "writing is off" in t], "the banner")
        assert "demo-motor runs build" in texts[0], texts
        app.click_banner("Use Anyway")
        app.wait_for_state("motor.target", FRESH)
        app.wait(lambda dump: not [w for w in dump.find(name="banner-label") if w.height > 0], "the banner to go")
        assert app.dump().find(name="firmware-match", text="differs"), "the decision changes no fact"
        # Built anew, and still not what the board runs: it is to be decided again.
        with open(path, "r+b") as handle:
            data = handle.read()
            handle.seek(build_id_at(data) + 1)
            handle.write(b"\0")
        app.wait_for_state("motor.target", DOUBTFUL)


def rebuild_is_read_and_matches():
    with Bench() as app:
        path = app.make_elf("fw.elf", True)
        app.open(path)
        app.action("test-paste", repr("motor.speed"))
        app.wait_for_word("differs")
        with open(path, "r+b") as handle:
            handle.truncate(1000)
        app.wait(lambda dump: dump.find(name="firmware-detail", text="waiting for the file to settle"), "the chip to wait")
        app.make_elf("fw.elf", False)
        app.wait_for_word("matches")
        app.wait_for_state("motor.speed", FRESH)
        assert app.dump().find(name="symbols-file", text="fw.elf")


def file_of_the_boards_build_is_offered():
    with Bench() as app:
        app.open(app.make_elf("right.elf", False))
        app.wait_for_word("matches")
        app.open(app.make_elf("wrong.elf", True))
        app.wait_for_word("differs")
        app.click_banner("Open right.elf")
        app.wait_for_word("matches")
        assert app.dump().find(name="symbols-file", text="right.elf")


def chip_tells_all_of_the_file():
    with Bench() as app:
        path = app.make_elf("fw.elf", False)
        app.open(path)
        app.wait_for_word("matches")
        detail = app.dump().find(name="firmware-detail")[0].text
        assert detail.startswith("· built "), detail
        click(app.dump().find(name="firmware-chip")[0])
        app.wait(lambda dump: dump.find(name="firmware-path", text=path), "the path")
        texts = app.dump().texts()
        assert [t for t in texts if t.startswith("built ") and t.endswith(", just now")], texts
        assert "x86-64" in texts and "Fixed" in texts, texts
        assert [t for t in texts if "runs this ELF, as its build id shows" in t], texts
        nameless = [w.name or w.kind for w in app.dump().widgets if "nameless" in w.state]
        assert not [n for n in nameless if n.startswith("firmware")], nameless
        click(app.dump().find(name="firmware-reload")[0])
        app.wait_for_word("matches")


def address_of(function):
    for line in subprocess.run(["nm", BOARD], check=True, capture_output=True, text=True).stdout.splitlines():
        words = line.split()
        if len(words) == 3 and words[2] == function:
            return int(words[0], 16)
    raise AssertionError("no " + function)


def has_menu(dump):
    return [t for t in dump.texts() if t.startswith("Open ") and ".c:" in t]


def addresses_in_the_log_become_lines():
    with Bench() as app:
        app.open(app.make_elf("fw.elf", False))
        app.wait_for_word("matches")
        app.action("test-paste", repr("message=pc=0x%08x" % (address_of("main") + 4)))
        app.wait_for_state("message", FRESH)
        key("ctrl+2")
        # Rows may still be moving up as lines come.
        for _ in range(5):
            line = app.wait(
                lambda dump: [w for w in dump.widgets if "→ main()" in w.text and ".c:" in w.text], "function and line"
            )[0]
            click(line, button=3)
            time.sleep(1)
            if has_menu(app.dump()):
                break
        app.wait(has_menu, "the menu")
        key("Escape")


def memory_map_works_without_an_elf():
    with Bench() as app:
        path = os.path.join(app.files, "names.csv")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write("Variable,Address,No of Elements,Type\n")
            handle.write("my_target,0x%08x,1,float\n" % address_of("motor"))
            handle.write("nonsense,here,1,float\n")
        app.action("test-drop", repr(path))
        app.wait(lambda dump: "names.csv: 1 name, 1 row refused; see the log" in dump.texts(), "what was taken")
        app.action("test-paste", repr("my_target"))
        app.wait_for_state("my_target", FRESH)
        key("ctrl+2")
        app.wait(lambda dump: [t for t in dump.texts() if "names.csv:3: " in t], "the refused row in the log")
        # An ELF that comes later takes its place beside the names.
        app.open(app.make_elf("fw.elf", False))
        app.action("test-paste", repr("motor.speed"))
        app.wait_for_state("motor.speed", FRESH)
        app.wait_for_state("my_target", FRESH)


main(
    [
        other_build_is_dimmed_locked_and_used_anyway,
        rebuild_is_read_and_matches,
        file_of_the_boards_build_is_offered,
        chip_tells_all_of_the_file,
        addresses_in_the_log_become_lines,
        memory_map_works_without_an_elf,
    ]
)
