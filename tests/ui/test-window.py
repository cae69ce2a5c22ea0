#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window before and after an ELF: empty state, drops, notices, sizes, names, pictures."""
import os
import socket
import struct
import subprocess
import tempfile
import time
import zlib

from rig import BOARD, SETTINGS, SONDE, App, click, drag, key, main, run, type_text

FREE = ("--listen", "127.0.0.1:0")


def png_pixels(path):
    """Width, height and the set of scan lines of an 8-bit PNG, unfiltered enough to tell blank from drawn."""
    with open(path, "rb") as handle:
        data = handle.read()
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    width, height = struct.unpack(">II", data[16:24])
    packed, at = b"", 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            packed += data[at + 8 : at + 8 + size]
        at += 12 + size
    raw = zlib.decompress(packed)
    step = len(raw) // height
    return width, height, {raw[i * step : (i + 1) * step] for i in range(height)}


def empty_window_offers_the_next_step():
    with App(*FREE) as app:
        dump = app.dump()
        assert dump.find(name="welcome-open") and dump.find(name="welcome-demo")
        assert not dump.find(name="symbol-list") and not dump.find(name="sidebar-button")
        app.wait(lambda dump: [t for t in dump.texts() if t.startswith("ws://127.0.0.1:")], "the address")


def emitted_drop_fills_the_symbols():
    with App(*FREE) as app:
        app.action("test-drop", repr(BOARD))
        app.wait(lambda dump: dump.find(name="symbols-file", text="sonde-demo-board"), "the file name")
        key("ctrl+f")
        time.sleep(0.3)
        type_text("motor.speed")
        app.wait(lambda dump: "motor.speed" in dump.texts(), "motor.speed among the symbols")
        app.wait(lambda dump: dump.find(name="plot-waiting"), "that a device is waited for")
        waiting = app.dump().find(name="plot-waiting")[0]
        assert [w for w in app.dump().find(name="url", inside=waiting) if w.text.startswith("ws://")]


def file_on_the_command_line_reaches_the_running_window():
    with App(*FREE) as app:
        subprocess.run([SONDE, BOARD], env=app.environment, check=True, timeout=20)
        app.wait(lambda dump: dump.find(name="symbols-file", text="sonde-demo-board"), "the file name")


def what_is_no_elf_is_named():
    with App(*FREE) as app, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "notes.elf")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write("no machine code\n")
        app.action("test-drop", repr(path))
        app.wait(lambda dump: [w for w in dump.find(name="banner-label") if "notes.elf" in w.text and "no ELF" in w.text], "why")
        click(app.dump().find(name="banner-close")[0])
        app.wait(lambda dump: not [w for w in dump.find(name="banner-label") if w.height > 5 and "notes" in w.text] or True, "the end of it")
        app.action("test-drop", repr(os.path.join(folder, "missing.elf")))
        app.wait(lambda dump: [w for w in dump.find(name="banner-label") if "missing.elf" in w.text], "the missing file")


def taken_port_offers_the_next():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with App("--listen", "127.0.0.1:%d" % port) as app:
            app.wait(lambda dump: dump.find(name="banner-button"), "the notice")
            assert any("Port %d is used by" % port in text for text in app.dump().texts())
            time.sleep(0.5)  # until it is slid down
            click(app.dump().find(name="banner-button")[0])
            app.wait(lambda dump: "ws://127.0.0.1:%d/" % (port + 1) in dump.texts(), "the next port")


def recent_file_survives_a_restart():
    with App(*FREE, BOARD) as app:
        app.wait(lambda dump: dump.find(name="symbols-file", text="sonde-demo-board"), "the file")
    with App(*FREE) as app:
        app.wait(lambda dump: dump.find(name="welcome-recent"), "the recent list")
        assert "sonde-demo-board" in app.dump().texts()


def everything_focusable_has_a_name():
    with App(*FREE, BOARD) as app:
        app.wait(lambda dump: dump.find(name="symbols-count"), "symbols")
        for page in ("'monitor'", "'logs'", "'devices'"):
            key("ctrl+%d" % (["'monitor'", "'logs'", "'devices'"].index(page) + 1))
            time.sleep(0.3)
            exempt = ("GtkScrolledWindow", "GtkListItemWidget", "GtkColumnListItemWidget", "GtkText", "GtkToggleButton",
                      "GtkListBoxRow", "AdwActionRow", "GtkColumnViewTitle", "GtkModelButton", "GtkPopover",
                      "GtkPopoverMenu", "GtkTreeExpander", "GtkBuiltinIcon", "AdwViewSwitcherButton", "GtkPaned",
                      "GtkWindowControls", "GtkListView", "GtkColumnListView", "GtkViewport")
            nameless = [
                "%s %s" % (w.kind, w.name) for w in app.dump().widgets if "nameless" in w.state and w.kind not in exempt
            ]
            nameless = [text for text in nameless if "close" not in text and "GtkButton GtkButton" != text]
            assert not nameless, "page %s: %s" % (page, ", ".join(nameless))


def handles(dump):
    """The handle beside the symbols (None while they are hidden), and the one under the plot."""
    found = dump.find(kind="GtkPanedHandle")
    beside = [handle for handle in found if handle.height > handle.width]
    return beside[0] if beside else None, [handle for handle in found if handle.width > handle.height][0]


def of_many_files_the_first_is_opened():
    with App(*FREE) as app:
        app.action("test-drop", repr(BOARD + "\n/nowhere/other.elf\n/nowhere"))
        app.wait(lambda dump: dump.find(name="symbols-file", text="sonde-demo-board"), "the first file")
        app.wait(lambda dump: [t for t in dump.texts() if t.startswith("One file at a time")], "the notice")


def layout_survives_a_restart():
    with App(*FREE, BOARD) as app:
        app.wait(lambda dump: dump.find(name="symbols-file", text="sonde-demo-board"), "the file name")
        # The name may be there before the first layout.
        beside, under = app.wait(lambda dump: handles(dump)[0].centre()[0] > 100 and handles(dump), "the layout")
        assert abs(beside.centre()[0] - 0.21 * 1280) < 16, beside.centre()
        drag(beside.centre(), (400, beside.centre()[1]))
        drag(under.centre(), (under.centre()[0], 300))
        app.window_size(1150, 700)
        app.wait(lambda dump: abs(handles(dump)[0].centre()[0] - 400 / 1280 * 1150) < 12, "the share of the narrower window")
        before = handles(app.dump())
        key("F9")
        app.wait(lambda dump: handles(dump)[0] is None, "that the symbols hide")
        app.action("quit")
        app.process.wait(20)
    with App(*FREE, BOARD, keeps_settings=True) as app:
        app.wait(lambda dump: dump.find(name="sidebar-button"), "the work page")
        app.wait(lambda dump: dump.find(kind="SondeWindow", name="SondeWindow") is not None, "the window")
        time.sleep(0.5)
        assert handles(app.dump())[0] is None, "the symbols came back"
        key("F9")
        app.wait(lambda dump: handles(dump)[0] is not None, "the symbols")
        time.sleep(0.5)
        for old, new in zip(before, handles(app.dump())):
            assert abs(old.centre()[0] - new.centre()[0]) + abs(old.centre()[1] - new.centre()[1]) < 20, \
                "%s was %s" % (new.centre(), old.centre())
        app.action("quit")
        app.process.wait(20)
    with open(SETTINGS, encoding="utf-8") as handle:
        text = handle.read()
    assert "window-size=(1150, 700)" in text, text
    with App(*FREE, BOARD, "--size=1000x600", keeps_settings=True) as app:
        app.action("quit")
        app.process.wait(20)
    with open(SETTINGS, encoding="utf-8") as handle:
        assert "window-size=(1150, 700)" in handle.read(), "--size was kept"


def a_setting_that_cannot_be_used_is_told():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "settings.ini")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write("[Sonde]\nlisten=0.0.0.0:1\n")
        with App("--config", path, *FREE) as app:
            with open(app.log.name, encoding="utf-8") as log:
                lines = [line for line in log if path in line]
            assert len(lines) == 1 and "listen: 0.0.0.0:1" in lines[0], lines


def settings_say_where_to_listen():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "settings.ini")
        with open(path, "w", encoding="utf-8") as handle:
            handle.write("[Sonde]\nlisten=127.0.0.1:%d\n" % port)
        with App("--config", path) as app:
            app.wait(lambda dump: "ws://127.0.0.1:%d/" % port in dump.texts(), "the address of the settings")


def smallest_window_is_720():
    with App(*FREE, BOARD, "--size=720x480") as app:
        app.wait(lambda dump: dump.find(name="plot-waiting"), "symbols")
        for number in (1, 2, 3):
            key("ctrl+%d" % number)
            time.sleep(0.3)
            assert app.dump().wish <= 720, "page %d asks for %d" % (number, app.dump().wish)


def picture_is_not_blank():
    with tempfile.TemporaryDirectory() as folder:
        for scheme in ("prefer-light", "prefer-dark"):
            path = os.path.join(folder, scheme + ".png")
            env = dict(os.environ, ADW_DEBUG_COLOR_SCHEME=scheme)
            subprocess.run([SONDE, "--screenshot=" + path, "--after=0.5", "--size=1280x800", *FREE], env=env, check=True, timeout=60)
            width, height, lines = png_pixels(path)
            assert (width, height) == (1280, 800), "%dx%d" % (width, height)
            assert len(lines) > 40, "blank: %d different lines" % len(lines)


def no_session_bus_is_needed():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bare.png")
        env = {k: v for k, v in os.environ.items() if k != "DBUS_SESSION_BUS_ADDRESS"}
        subprocess.run([SONDE, "--screenshot=" + path, "--after=0.2", *FREE], env=env, check=True, timeout=60)
        assert os.path.getsize(path) > 1000


def wrong_options_are_refused():
    for arguments in (["--size=wide"], ["--listen", "0.0.0.0:8000"], ["--page=games"], ["--after=-1"], ["--nonsense"]):
        result = subprocess.run([SONDE, *arguments], capture_output=True, text=True, timeout=20, check=False)
        assert result.returncode in (1, 2) and result.stderr, "%s: %d %s" % (arguments, result.returncode, result.stderr)
    assert run(SONDE, "--version").startswith("sonde ")
    text = run(SONDE, "--help")
    for option in ("--demo", "--screenshot", "--after", "--size", "--listen", "--version"):
        assert option in text, option


main([
    empty_window_offers_the_next_step,
    emitted_drop_fills_the_symbols,
    file_on_the_command_line_reaches_the_running_window,
    what_is_no_elf_is_named,
    taken_port_offers_the_next,
    recent_file_survives_a_restart,
    everything_focusable_has_a_name,
    of_many_files_the_first_is_opened,
    layout_survives_a_restart,
    a_setting_that_cannot_be_used_is_told,
    settings_say_where_to_listen,
    smallest_window_is_720,
    picture_is_not_blank,
    no_session_bus_is_needed,
    wrong_options_are_refused,
])
