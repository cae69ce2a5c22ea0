#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several boards, boards that die, come back, freeze, and the quirks of real ones."""
import signal

from sondetest import *


def devices_lists_every_board():
    program = listening("--elf", BOARD, "--json", "devices", "--expect", "3", "--wait", "30")
    port = program.port
    start_board(port, "--name", "left")
    start_board(port, "--name", "right")
    FakeBoard(port)
    assert program.wait() == 0, program.err
    rows = {row["device"]: row for row in program.rows()}
    assert sorted(rows) == ["127.0.0.1#1", "left", "right"], rows
    for row in rows.values():
        assert list(row) == ["device", "address", "firmware", "build_id", "matches", "connected_us", "rate_hz", "rtt_us"], row
    assert rows["left"]["matches"] is True and re.fullmatch("[0-9a-f]{40}", rows["left"]["build_id"]), rows
    assert rows["127.0.0.1#1"]["matches"] is None and rows["127.0.0.1#1"]["build_id"] == "", rows


def all_writes_to_every_board():
    program = listening("--elf", BOARD, "set", "motor.target=321", "--all", "--expect", "2")
    port = program.port
    start_board(port, "--name", "left")
    start_board(port, "--name", "right")
    assert program.wait() == 0, program.err
    assert sorted(line.split("\t")[0] for line in program.out) == ["left:motor.target", "right:motor.target"], program.out


def device_chooses_one_of_several():
    program = listening("--elf", BOARD, "--json", "set", "motor.target=9", "--device", "right")
    port = program.port
    start_board(port, "--name", "left")
    start_board(port, "--name", "right")
    assert program.wait() == 0, program.err
    assert [row["device"] for row in program.rows()] == ["right"], program.out


def a_pattern_takes_every_match():
    program = listening("--elf", BOARD, "--json", "get", "motor.target", "--device", "m-*", "--expect", "2")
    port = program.port
    for name in ("m-1", "other", "m-2"):
        start_board(port, "--name", name)
    assert program.wait() == 0, program.err
    assert sorted(row["device"] for row in program.rows()) == ["m-1", "m-2"], program.out


def a_killed_board_goes_on_when_it_returns():
    program = listening("--elf", BOARD, "--json", "watch", "ticks", "--rate", "20")
    board = start_board(program.port)
    until(lambda: len(program.out) >= 5, "rows before the kill")
    board.end()
    seen = len(program.out)
    start_board(program.port)
    until(lambda: len([row for row in program.rows()[seen + 1:] if row["value"] is not None]) >= 5, "rows after the return")
    program.send(signal.SIGINT)
    assert program.wait() == 0, program.err
    values = [row["value"] for row in program.rows() if row["value"] is not None]
    assert min(values[seen:]) < values[seen - 1], values  # the new one counts from its own start
    assert {row["device"] for row in program.rows()} == {"demo-motor"}


def a_frozen_board_does_not_stop_the_other():
    program = listening("--elf", BOARD, "--json", "watch", "wave.counter", "--all", "--expect", "2", "--rate", "20")
    port = program.port
    frozen = start_board(port, "--name", "frozen")
    start_board(port, "--name", "alive")
    until(lambda: {row["device"] for row in program.rows()} == {"frozen", "alive"}, "rows of both")
    frozen.send(signal.SIGSTOP)
    seen = len(program.out)
    until(lambda: len([row for row in program.rows()[seen:] if row["device"] == "alive"]) >= 60, "60 more rows of the other")
    frozen.send(signal.SIGCONT)
    seen = len(program.out)
    until(lambda: any(row["device"] == "frozen" and row["value"] is not None for row in program.rows()[seen:]),
          "the frozen one again")
    program.send(signal.SIGINT)
    assert program.wait() == 0, program.err


def the_quirks_of_real_boards_are_served():
    for quirk in ("gateway", "unmasked", "slow", "silent-end"):
        program = run_with_board("get", "--json", "motor.target", "mode", "message", "flags.level",
                                 board=("--quirk=" + quirk,))
        assert program.status == 0, (quirk, program.err)
        values = {row["path"]: row["value"] for row in program.rows()}
        assert values == {"motor.target": 1200, "mode": values["mode"], "message": "hello from the demo board",
                          "flags.level": -3}, (quirk, values)


def a_gateway_can_be_written():
    program = run_with_board("set", "--json", "motor.target=250.5", "flags.mode=1", "matrix[1][1]=2.5", "--expect", "1",
                             board=("--quirk=gateway",))
    assert program.status == 0, program.err
    assert [row["value"] for row in program.rows()] == [250.5, 1, 2.5], program.out


def two_firmwares_are_told_apart():
    program = listening("--elf", BOARD, "--elf", sys.argv[3], "--json", "get", "motor.target")
    start_board(program.port)
    assert program.wait() == 0, program.err
    assert program.rows()[0]["value"] == 1200 and not any("warning" in line for line in program.err), program.err


def log_prints_lines_of_the_board():
    program = listening("log", "--json", "--device", "demo-*", "--count", "3")
    start_board(program.port)
    assert program.wait() == 0, program.err
    for row in program.rows():
        assert list(row) == ["time_us", "level", "device", "tag", "text"] and row["device"] == "demo-motor", row
    assert len(program.out) == 3


def send_prints_what_the_board_says():
    program = run_with_board("send", '{"cmd":"init","con_id":"77"}', elf=False)
    assert program.status == 0, program.err
    answers = [json.loads(line) for line in program.out if '"77"' in line]
    assert len(answers) == 1 and answers[0]["res"] == "init", program.out


def serve_tells_who_comes_and_goes():
    program = listening("serve", "--json")
    board = start_board(program.port)
    until(lambda: program.out, "the row of a board that came")
    board.end()
    until(lambda: len(program.out) == 2, "the row of a board that went")
    program.send(signal.SIGTERM)
    assert program.wait() == 0, program.err
    assert [row["connected"] for row in program.rows()] == [True, False], program.out
    assert any("demo-motor" in line and "gone" in line for line in program.err), program.err


main([devices_lists_every_board, all_writes_to_every_board, device_chooses_one_of_several, a_pattern_takes_every_match,
      a_killed_board_goes_on_when_it_returns, a_frozen_board_does_not_stop_the_other, the_quirks_of_real_boards_are_served,
      a_gateway_can_be_written, two_firmwares_are_told_apart, log_prints_lines_of_the_board,
      send_prints_what_the_board_says, serve_tells_who_comes_and_goes])
