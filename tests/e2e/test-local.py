#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What needs no board of ours: symbols, doctor, demo, help, and what is linked."""
import os
import signal
import subprocess

from sondetest import *

KEYS = ["path", "address", "size", "type", "kind", "encoding", "bit_offset", "bit_size", "section", "file", "line"]


def leaves(*words):
    status, out, err = run("symbols", BOARD, "--json", *words)
    assert status == 0, err
    return {row["path"]: row for row in map(json.loads, out)}


def symbols_have_the_keys_of_the_contract():
    rows = leaves()
    for row in rows.values():
        assert list(row)[:len(KEYS)] == KEYS, row
        assert re.fullmatch("0x[0-9a-f]{8,}", row["address"]), row
    assert (rows["motor.speed"]["kind"], rows["motor.speed"]["encoding"], rows["motor.speed"]["size"]) \
        == ("scalar", "float", 4)
    assert rows["state"]["kind"] == "enum" and rows["nothing"]["kind"] == "pointer", rows["state"]
    assert rows["ticks"]["size"] == 8 and rows["inject_fault"]["kind"] == "scalar", rows["inject_fault"]
    assert rows["message[31]"]["kind"] == "char" and "message" not in rows
    assert rows["next"]["encoding"] == "address" and rows["matrix[2][3]"]["type"] == "double"
    level = rows["flags.level"]
    assert (level["kind"], level["encoding"], level["bit_size"]) == ("bitfield", "signed", 4), level


def bit_fields_lie_where_they_should():
    rows = leaves("--filter", "flags.")
    low = {name: (int(rows["flags." + name]["address"], 16) - int(rows["flags.ready"]["address"], 16)) * 8
           + rows["flags." + name]["bit_offset"] for name in ("ready", "mode", "level", "wide")}
    assert low == {"ready": 0, "mode": 1, "level": 4, "wide": 8}, rows


def addresses_agree_with_nm():
    try:
        text = subprocess.run(["nm", BOARD], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        return
    table = {line.split()[2]: int(line.split()[0], 16) for line in text.splitlines() if len(line.split()) == 3}
    rows = leaves()
    for path, symbol in (("motor.target", "motor"), ("matrix[0][0]", "matrix"), ("ticks", "ticks"), ("adc[0]", "adc")):
        assert int(rows[path]["address"], 16) == table[symbol] + (4 if path == "motor.target" else 0), path


def elements_leave_one_row_for_the_rest():
    rows = leaves("--elements", "4")
    assert "message[3]" in rows and "message[4]" not in rows
    rest = rows["message[4..31]"]
    assert rest["count"] == 28 and int(rest["address"], 16) == int(rows["message[0]"]["address"], 16) + 4, rest
    rest = [row for path, row in rows.items() if path.startswith("matrix[1][0]")]
    assert len(rest) == 1 and rest[0]["count"] == 8, rest


def a_filter_without_a_hit_prints_nothing():
    assert run("symbols", BOARD, "--filter", "no such thing") == (0, [], [])
    assert run("symbols", BOARD, "--filter", "no such thing", "--json") == (0, [], [])
    assert list(leaves("--filter", "PID kp motor")) == ["motor.pid.kp"]


def doctor_says_what_is_wrong():
    status, out, err = run("doctor", "--json", "--elf", BOARD)
    rows = [json.loads(line) for line in out]
    assert all(list(row) == ["state", "object", "found", "advice"] for row in rows), rows
    assert status == 0 and not any(row["state"] == "wrong" for row in rows), rows
    assert any(row["object"] == BOARD and "variables" in row["found"] for row in rows), rows
    stripped = os.path.join(folder.name, "stripped.elf")
    subprocess.run(["strip", "-o", stripped, BOARD], check=True)
    status, out, err = run("doctor", "--elf", stripped)
    wrong = [line for line in out if line.startswith("wrong\t")]
    assert status == 7 and len(wrong) >= 1 and len(wrong[0].split("\t")) == 4 and "-g" in "".join(wrong), out


def doctor_sees_a_folder_it_may_not_write():
    if os.geteuid() == 0:
        return  # root may write everything
    locked = os.path.join(folder.name, "locked")
    os.makedirs(locked, 0o500, exist_ok=True)
    status, out, err = run("doctor", env={"XDG_CONFIG_HOME": locked})
    assert status == 7 and any(line.startswith("wrong\tsettings folder") for line in out), out


def demo_prints_ten_live_rows():
    program = listening("demo", "--seconds", "2", "--table")
    assert program.wait() == 0, program.err
    tables = "\n".join(program.out).split("\n\n")
    rows = [line.split() for line in tables[-1].splitlines()]
    assert rows[0] == ["NAME", "VALUE", "UNIT"] and len(rows) == 11, rows
    assert all(len(row) >= 2 for row in rows) and rows[1][0] == "motor.speed" and rows[1][2] == "rpm", rows


def demo_leaves_no_board_behind():
    program = listening("demo", "--json")
    until(lambda: len(program.out) >= 10, "ten rows")
    assert len({row["path"] for row in program.rows()}) == 10, program.out
    board = children(program.process.pid)
    assert len(board) == 1, board
    program.send(signal.SIGTERM)
    assert program.wait() == 0, program.err
    until(lambda: not os.path.exists("/proc/%d" % board[0]), "the board's end")
    program = listening("demo", "--json")
    until(lambda: program.out, "rows")
    board = children(program.process.pid)
    program.send(signal.SIGKILL)
    program.wait()
    until(lambda: not os.path.exists("/proc/%d" % board[0]), "the board's end after its parent was killed")


def children(parent):
    found = []
    for name in os.listdir("/proc"):
        try:
            with open("/proc/%s/stat" % name, encoding="ascii", errors="replace") as handle:
                fields = handle.read().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if int(fields[1]) == parent:
            found.append(int(name))
    return found


def version_and_help_work_alone():
    status, out, err = run("--version")
    assert status == 0 and re.fullmatch(r"sondectl \d+\.\d+\.\d+", out[0]) and err == [], out
    status, out, err = run("--help")
    assert status == 0 and out[0].startswith("usage: sondectl") and err == [], out


def no_gtk_is_linked():
    text = subprocess.run(["ldd", SONDECTL], capture_output=True, text=True, check=True).stdout
    assert "libglib-2.0" in text, text
    assert not re.search("libgtk|libadwaita|libgdk|libgsk", text), text


main([symbols_have_the_keys_of_the_contract, bit_fields_lie_where_they_should, addresses_agree_with_nm,
      elements_leave_one_row_for_the_rest, a_filter_without_a_hit_prints_nothing, doctor_says_what_is_wrong,
      doctor_sees_a_folder_it_may_not_write, demo_prints_ten_live_rows, demo_leaves_no_board_behind,
      version_and_help_work_alone, no_gtk_is_linked])
