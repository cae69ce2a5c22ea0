#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""get, set and watch of the simulated board, by its own ELF."""
import csv
import os
import signal

from sondetest import *


def get_prints_path_value_unit():
    program = run_with_board("get", "matrix[0][0]", "message", "flags.level", "state")
    assert program.status == 0, program.err
    rows = [line.split("\t") for line in program.out]
    assert [row[0] for row in rows] == ["matrix[0][0]", "message", "flags.level", "state"], rows
    assert [row[1] for row in rows[:3]] == ["1", "hello from the demo board", "-3"], rows
    assert rows[3][1] in ("INIT", "RUN", "FAULT") and all(len(row) == 3 for row in rows), rows


def get_json_has_the_keys_of_the_contract():
    program = run_with_board("get", "--json", "motor.speed", "ticks", "flags.wide", "nothing", "raw.real")
    assert program.status == 0, program.err
    for row in program.rows():
        assert list(row) == ["time_us", "device", "path", "value", "text"], row
        assert row["device"] == "demo-motor" and abs(row["time_us"] / 1e6 - time.time()) < PATIENCE, row
    values = {row["path"]: row["value"] for row in program.rows()}
    assert values["flags.wide"] == 0xabcde and values["nothing"] == 0 and values["raw.real"] == 1, values


def structs_and_arrays_open_into_their_values():
    program = run_with_board("get", "--json", "motor.pid", "matrix", "raw", "adc[2..4]")
    paths = [row["path"] for row in program.rows()]
    assert paths[:4] == ["motor.pid.kp", "motor.pid.ki", "motor.pid.kd", "motor.pid.integrator"], paths
    assert paths[4:16] == ["matrix[%d][%d]" % (i, j) for i in range(3) for j in range(4)], paths
    assert paths[16:22] == ["raw.word"] + ["raw.bytes[%d]" % i for i in range(4)] + ["raw.real"], paths
    assert paths[22:] == ["adc[2]", "adc[3]", "adc[4]"], paths


def set_writes_and_tells_what_was_read_back():
    program = listening("--elf", BOARD, "--json", "--expect", "1", "set", "motor.target=1k5", "flags.level=-5", "mode=RUN",
                        "message=two words", "matrix[2][3]=-1e-300", "motor.pid.kp=0.1")
    board = start_board(program.port)
    assert program.wait() == 0, program.err
    rows = program.rows()
    assert [row["path"] for row in rows] == ["motor.target", "flags.level", "mode", "message", "matrix[2][3]",
                                             "motor.pid.kp"], rows
    assert [row["value"] for row in rows] == [1500, -5, 1, "two words", -1e-300, 0.1], rows
    assert rows[2]["text"] == "RUN", rows
    again = listening("--elf", BOARD, "--json", "get", "motor.target", "flags")
    until(lambda: again.process.poll() is not None or "listening" in "".join(again.err), "the second program")
    board.end()
    start_board(again.port)
    assert again.wait() == 0
    values = {row["path"]: row["value"] for row in again.rows()}
    assert values == {"motor.target": 1200, "flags.ready": 1, "flags.mode": 5, "flags.level": -3,
                      "flags.wide": 0xabcde}, values


def bit_fields_beside_the_written_one_stay():
    program = listening("--elf", BOARD, "--json", "--expect", "1", "set", "flags.mode=2")
    port = program.port
    start_board(port)
    assert program.wait() == 0, program.err
    again = Sondectl("--listen", "127.0.0.1:%d" % port, "--elf", BOARD, "--json", "get", "flags")
    assert again.wait() == 0, again.err
    values = {row["path"]: row["value"] for row in again.rows()}
    assert values == {"flags.ready": 1, "flags.mode": 2, "flags.level": -3, "flags.wide": 0xabcde}, values


def the_motor_follows_its_target():
    program = listening("--elf", BOARD, "--json", "--expect", "1", "set", "motor.target=700")
    port = program.port
    start_board(port)
    assert program.wait() == 0, program.err
    watch = Sondectl("--listen", "127.0.0.1:%d" % port, "--elf", BOARD, "--json", "--rate", "20", "watch", "motor.speed")
    until(lambda: any(abs(row["value"] - 700) < 70 for row in watch.rows() if row["value"] is not None),
          "motor.speed near 700")
    watch.send(signal.SIGINT)
    assert watch.wait() == 0, watch.err


def watch_rows_are_flushed_and_rise_in_time():
    program = listening("--elf", BOARD, "watch", "motor.speed", "ticks", "--rate", "50")
    start_board(program.port)
    until(lambda: len(program.out) >= 20, "rows while the program runs")
    program.send(signal.SIGTERM)
    assert program.wait() == 0, program.err
    rows = [line.split("\t") for line in program.out]
    assert all(len(row) == 4 for row in rows), rows
    for path in ("motor.speed", "ticks"):
        times = [row[0] for row in rows if row[1] == path]
        assert len(times) > 5 and times == sorted(set(times)), times
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", rows[0][0]), rows[0]


def watch_count_is_exact_and_counters_step():
    program = run_with_board("watch", "wave.counter", "wave.sine", "--count", "40", "--rate", "100", "--json")
    assert program.status == 0, program.err
    counters = [row["value"] for row in program.rows() if row["path"] == "wave.counter"]
    sines = [row["value"] for row in program.rows() if row["path"] == "wave.sine"]
    assert len(counters) == 40 and len(sines) == 40, (len(counters), len(sines))
    assert counters == sorted(set(counters)) and counters[-1] - counters[0] > 100, counters
    assert all(-1.001 <= value <= 1.001 for value in sines), sines


def watch_seconds_ends_by_itself():
    program = run_with_board("watch", "ticks", "--seconds", "1", "--rate", "20", "--json")
    assert program.status == 0 and 5 <= len(program.out) <= 25, (program.status, len(program.out))


def csv_has_a_row_a_time():
    path = os.path.join(folder.name, "run.csv")
    program = run_with_board("watch", "wave.counter", "state", "message", "--count", "30", "--rate", "100", "--csv", path)
    assert program.status == 0, program.err
    with open(path, newline="", encoding="utf-8") as handle:
        rows = list(csv.reader(handle))
    assert rows[0] == ["time_us", "wave.counter", "state", "message"], rows[0]
    times = [int(row[0]) for row in rows[1:]]
    assert times == sorted(times) and len(rows) > 10, rows
    assert sum(row[1] != "" for row in rows[1:]) == 30 and sum(row[2] != "" for row in rows[1:]) == 30, rows
    assert all(row[2] in ("", "0", "1", "2") for row in rows[1:]), rows
    assert rows[-1][3] in ("", "hello from the demo board"), rows


def table_in_a_pipe_is_whole_tables():
    program = run_with_board("watch", "motor.speed", "message", "--table", "--seconds", "2.5")
    assert program.status == 0, program.err
    assert program.out[0].split() == ["NAME", "VALUE", "UNIT"], program.out
    assert sum(line.startswith("NAME") for line in program.out) >= 2, program.out
    assert "\033" not in "".join(program.out)


def raw_places_need_no_elf():
    symbols = run("symbols", BOARD, "--json", "--filter", "wave.counter")
    address = json.loads(symbols[1][0])["address"]
    program = run_with_board("get", "--json", address + ":u32", elf=False)
    assert program.status == 0, program.err
    assert program.rows()[0]["path"] == address + ":u32" and program.rows()[0]["value"] >= 0, program.out


main([get_prints_path_value_unit, get_json_has_the_keys_of_the_contract, structs_and_arrays_open_into_their_values,
      set_writes_and_tells_what_was_read_back, bit_fields_beside_the_written_one_stay, the_motor_follows_its_target,
      watch_rows_are_flushed_and_rise_in_time, watch_count_is_exact_and_counters_step, watch_seconds_ends_by_itself,
      csv_has_a_row_a_time, table_in_a_pipe_is_whole_tables, raw_places_need_no_elf])
