#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Variables behind pointers of the simulated board: next is a list of three, nothing is NULL."""
import signal

from sondetest import *

LIST = ["next->value", "next->next->value", "next->next->next->value"]
QUIRKS = [[], ["--quirk=gateway"], ["--quirk=unmasked"], ["--quirk=slow"]]


def run_quirk(quirk, *arguments):
    program = listening("--elf", BOARD, *arguments)
    board = start_board(program.port, *quirk)
    program.status = program.wait()
    board.end()
    return program


def get_follows_the_list():
    for quirk in QUIRKS:
        program = run_quirk(quirk, "--json", "get", *LIST, "(*next).value")
        assert program.status == 0, (quirk, program.err)
        values = {row["path"]: row["value"] for row in program.rows()}
        assert [values[path] for path in LIST] == [10, 20, 30], (quirk, values)


def null_says_so():
    for quirk in QUIRKS[:2]:
        program = run_quirk(quirk, "--json", "get", "*nothing", "next->next->next->next->value", "next->value")
        assert program.status == 4, (quirk, program.err)
        rows = {row["path"]: row for row in program.rows()}
        assert rows["*nothing"]["value"] is None and rows["*nothing"]["error"] == "nothing is NULL", rows
        last = rows["next->next->next->next->value"]
        assert last["value"] is None and last["error"] == "next->next->next->next is NULL", rows
        assert rows["next->value"]["value"] == 10, rows
        assert any("nothing is NULL; set it first" in line for line in program.err), program.err


def watch_follows_the_list():
    for quirk in QUIRKS[:3]:
        program = run_quirk(quirk, "--json", "--rate", "20", "--count", "5", "watch", *LIST, "wave.counter")
        assert program.status == 0, (quirk, program.err)
        for path, value in zip(LIST, (10, 20, 30)):
            values = [row["value"] for row in program.rows() if row["path"] == path]
            assert len(values) >= 5 and set(values) == {value}, (quirk, path, values)


def watch_of_null_gives_rows_with_the_reason():
    program = run_quirk([], "--json", "--rate", "20", "--count", "3", "watch", "*nothing")
    assert program.status == 4, (program.status, program.err)
    assert program.rows(), program.err
    for row in program.rows():
        assert row["value"] is None and row["error"] == "nothing is NULL", row


def a_slow_board_is_followed_too():
    program = listening("--elf", BOARD, "--json", "--rate", "2", "watch", "next->next->value")
    start_board(program.port, "--quirk=slow")
    until(lambda: any(row["value"] == 20 for row in program.rows()), "the second of the list")
    program.send(signal.SIGINT)
    assert program.wait() == 0, program.err


def set_never_writes_behind_null():
    for quirk in QUIRKS[:2]:
        program = run_quirk(quirk, "--expect", "1", "set", "*nothing=1")
        assert program.status == 4, (quirk, program.err)
        assert any("nothing is NULL" in line for line in program.err), program.err


def set_tells_where_the_board_refuses():
    program = run_quirk([], "--expect", "1", "set", "next->value=11")
    assert program.status == 4, program.err
    assert any("next points to 0x" in line and "refuses to write there" in line for line in program.err), program.err


main([get_follows_the_list, null_says_so, watch_follows_the_list, watch_of_null_gives_rows_with_the_reason,
      a_slow_board_is_followed_too, set_never_writes_behind_null, set_tells_where_the_board_refuses])
