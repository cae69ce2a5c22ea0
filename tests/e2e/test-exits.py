#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every exit code, and errors as one line that says what to do."""
import os
import signal

from sondetest import *


def check(result, status, *parts):
    """One line on stderr, of the form "sondectl: OBJECT: what; what to do", nothing on stdout."""
    got, out, err = result
    assert got == status, (got, out, err)
    assert out == [], out
    assert len(err) == 1 and re.fullmatch(r"sondectl: [^;]+; [^;]+", err[0]), err
    for part in parts:
        assert part in err[0], (part, err)


def ended(program):
    """Its result with the address line taken off."""
    status = program.wait()
    assert program.err and program.err[0].startswith("listening on "), program.err
    return status, program.out, program.err[1:]


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def write_settings(path, line):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as handle:
        handle.write("[Sonde]\n%s\n" % line)
    return path


def usage_is_2():
    check(run(), 2, "no command", "--help")
    check(run("gett"), 2, "gett: unknown command")
    check(run("get"), 2, "at least one PATH")
    check(run("get", "a", "--rate", "1"), 2, "not an option of")
    check(run("diff", "a"), 2, "diff: takes two files")
    check(run("map", BOARD, "--format", "xml"), 2, "original or sonde")
    check(run("set", "motor.target", "--elf", BOARD), 2, "PATH=VALUE")
    check(run("watch", "a", "--seconds", "1", "--count", "1"), 2, "--seconds", "--count")
    check(run("watch", "a", "--seconds"), 2, "--seconds: needs a value")
    check(run("symbols", BOARD, "--elements", "0"), 2, "a whole number from 1")
    check(run("--bogus"), 2, "--bogus: unknown option")
    check(run("--color", "blue", "devices"), 2, "auto, always or never")
    for option in ("--csv", "--elf", "--device", "--listen", "--config"):
        check(run("watch", "a", option, ""), 2, option + ': "" is not possible')
    check(run("get", ""), 2, "get: an argument is empty")


def unknown_paths_are_found_before_listening():
    check(run("get", "motor.sped", "--elf", BOARD), 2, "motor.sped", "motor has speed", "sondectl symbols %s --filter motor" % BOARD)
    check(run("get", "moto.speed", "--elf", BOARD), 2, "did you mean motor.speed?")
    check(run("get", "adc[8]", "--elf", BOARD), 2, "0 .. 7")
    check(run("get", "adc[3..1]", "--elf", BOARD), 2, "write [1..3]")
    check(run("get", "0x10", "--elf", BOARD), 2, ":u8")
    check(run("get", "0x10"), 2, ":u8")
    check(run("watch", "motor.speed", "nowhere", "--elf", BOARD), 2, "nowhere", "sondectl symbols " + BOARD)
    check(run("get", "motor.sped", "--elf", BOARD, "--wait", "9"), 2, "motor.sped")  # no board can push into motor
    program = listening("get", "motor.speed", "--wait", "1")
    FakeBoard(program.port)
    program.wait()
    assert program.process.returncode == 2 and program.out == [], program.out
    assert "motor.speed" in program.err[-1] and "--elf" in program.err[-1] and "1 s" in program.err[-1], program.err
    check(run("set", "motor=1", "--elf", BOARD), 2, "motor", "name one of its members")


def wrong_values_are_found_before_listening():
    check(run("set", "raw.bytes[0]=300", "--elf", BOARD), 2, "300", "uint8_t takes 0 .. 255")
    check(run("set", "mode=WALK", "--elf", BOARD), 2, "WALK", "takes STOP, RUN")
    check(run("set", "message=" + 32 * "x", "--elf", BOARD), 2, "message", "it takes 31")


def listening_beyond_this_machine_is_2():
    for address in ("0.0.0.0:0", "192.0.2.1:8000", "nonsense", "127.0.0.1:99999", "[::]:0"):
        got, out, err = run("--listen", address, "devices", "--wait", "0.1")
        assert got == 2 and len(err) == 1 and out == [], (address, got, err)


def no_board_is_3():
    check(ended(listening("get", "0x20000000:u8", "--wait", "0.2")), 3, "no board came in 0.2 s")
    check(ended(listening("devices", "--wait", "0.2")), 3, "no board")
    program = listening("get", "0x20000000:u8", "--wait", "1", "--device", "other-*")
    start_board(program.port)
    check(ended(program), 3, "other-*", "demo-motor")
    program = listening("get", "0x20000000:u8", "--wait", "1", "--expect", "2")
    start_board(program.port)
    check(ended(program), 3, "1 of 2 boards")


def a_refusing_board_is_4():
    program = run_with_board("get", "0x00000010:u32", elf=False)
    assert program.status == 4 and program.out == [] and "0x00000010:u32: " in program.err[-1], (program.status, program.err)
    program = run_with_board("set", "state=RUN", "--expect", "1")
    assert program.status == 4 and len(program.err) == 2, (program.status, program.err)  # told once
    program = run_with_board("set", "0x00000010:u32=1", "--expect", "1", elf=False)
    assert program.status == 4 and len(program.err) == 2, (program.status, program.err)
    program = run_with_board("watch", "0x00000010:u32", "--count", "2", elf=False)
    assert program.status == 4, (program.status, program.err)


def refused_rows_carry_null_and_the_error():
    program = run_with_board("get", "--json", "0x00000010:u32", elf=False)
    row = program.rows()[0]
    assert list(row) == ["time_us", "device", "path", "value", "text", "error"], row
    assert row["value"] is None and row["error"], row


def another_firmware_is_4_for_set_and_a_warning_for_get():
    program = listening("--elf", SONDECTL_SYMBOLS, "set", "0x20000000:u8=1", "--expect", "1")
    start_board(program.port)
    status, out, err = ended(program)
    assert status == 4 and "build id" in err[0] and out == [], (status, err)
    symbols = json.loads(run("symbols", BOARD, "--json", "--filter", "wave.counter")[1][0])
    program = listening("--elf", SONDECTL_SYMBOLS, "get", symbols["address"] + ":u32")
    start_board(program.port)
    status, out, err = ended(program)
    assert status == 0 and len(out) == 1 and "warning" in err[0] and "build id" in err[0], (status, out, err)


def a_silent_board_is_5():
    program = listening("get", "0x20000000:u8", "--timeout", "1")
    check(ended(program), 5, "not done in 1 s")
    program = listening("get", "0x20000000:u8")
    board = FakeBoard(program.port)
    board.answer = lambda command: {"res": "init", "con_id": "01"} if command["cmd"] == "init" else None
    status, out, err = ended(program)
    assert status == 5 and out == [], (status, err)


class Absent(FakeBoard):
    """Answers init and then, out of turn, what nobody asked for."""

    def answer(self, command):
        answer = super().answer(command)
        if command["cmd"] == "mem_read":
            answer["add"] = "0xdead0000"
        return answer


def watching_without_a_value_is_5():
    program = listening("watch", "0x20000100:u32", "--seconds", "1")
    board = Absent(program.port, {0x20000100: 1})
    assert program.wait() == 5, program.err
    assert "no value came in 1 s" in program.err[-1], program.err
    assert program.out == []
    board.close()


def some_of_many_is_6():
    program = listening("get", "0x20000000:u32", "--expect", "2", "--json")
    port = program.port
    good = FakeBoard(port, memory={0x20000000: 7}, name="good")
    bad = FakeBoard(port, name="bad")
    status, out, err = ended(program)
    assert status == 6, (status, out, err)
    values = {row["device"]: row["value"] for row in program.rows()}
    assert values == {"good": 7, "bad": None}, values
    good.close(), bad.close()


def what_this_machine_refuses_is_7():
    text = os.path.join(folder.name, "text.elf")
    with open(text, "w", encoding="ascii") as handle:
        handle.write("no ELF at all\n")
    check(run("symbols", text), 7, "text.elf", "choose the .elf")
    check(run("symbols", "/nonexistent.elf"), 7, "/nonexistent.elf", "check the path")
    check(run("get", "x", "--elf", text), 7, "text.elf")
    check(run("get", "x", "--config", "/nonexistent.ini"), 7, "/nonexistent.ini")


def settings_say_where_to_listen():
    port = free_port()
    own = write_settings(os.path.join(environment["XDG_CONFIG_HOME"], "sonde", "settings.ini"), "listen=127.0.0.1:%d" % port)
    try:
        assert Sondectl("devices", "--wait", "0.1").port == port
        named = write_settings(os.path.join(folder.name, "named.ini"), "listen=127.0.0.1:0")
        program = Sondectl("devices", "--wait", "0.1", "--config", named)
        assert program.port not in (port, 8000) and program.wait() == 3, program.err
        wrong = write_settings(named, "listen=0.0.0.0:1")
        check(run("devices", "--config", wrong), 7, wrong, "listen", "127.0.0.1")
        assert run("devices", "--config", wrong)[2][0].startswith("sondectl: "), "one line, by the program's name"
        write_settings(own, "history-mib=1")
        check(run("devices"), 7, own, "history-mib", "16 to 65536")
        status, out, err = run("doctor")
        assert status == 7 and any(line.startswith("wrong\t" + own) for line in out), out
    finally:
        os.unlink(own)
    check(run("watch", "0x20000000:u8", "--csv", "/nonexistent/run.csv"), 7, "/nonexistent/run.csv")


def a_taken_port_is_7_and_names_the_holder():
    holder = listening("serve")
    port = holder.port
    got, out, err = run("--listen", "127.0.0.1:%d" % port, "devices")
    assert got == 7 and out == [] and len(err) == 1, (got, err)
    assert err[0] == "sondectl: port %d is used by sondectl (pid %d); use --listen 127.0.0.1:0" \
        % (port, holder.process.pid), err
    holder.send(signal.SIGTERM)
    assert holder.wait() == 0


def a_full_disk_is_7():
    if not os.path.exists("/dev/full"):
        return
    program = run_with_board("watch", "ticks", "--csv", "/dev/full", "--seconds", "20")
    assert program.status == 7 and "/dev/full" in program.err[-1], (program.status, program.err)
    assert not any("no value" in line for line in program.err), program.err
    with open("/dev/full", "w", encoding="ascii") as full:
        program = listening("--elf", BOARD, "get", "ticks", stdout=full)
        start_board(program.port)
        assert program.wait() == 7 and "standard output" in program.err[-1], program.err


def a_reader_that_left_is_0_and_silent():
    read, write = os.pipe()
    program = listening("--elf", BOARD, "watch", "ticks", "--rate", "100", stdout=write)
    os.close(write)
    start_board(program.port)
    assert os.read(read, 10)
    os.close(read)
    assert program.wait() == 0 and len(program.err) == 1, program.err


def signals_end_long_commands_with_0():
    for number in (signal.SIGINT, signal.SIGTERM):
        for words in (["serve"], ["log"], ["watch", "0x20000000:u8"], ["demo"]):
            program = listening(*words)
            assert program.port
            program.send(number)
            assert program.wait() == 0, (words, number, program.err)


def signals_end_others_with_130_and_143():
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        for words in (["set", "0x20000000:u8=1"], ["get", "0x20000000:u8"], ["devices", "--wait", "60"]):
            program = listening(*words)
            assert program.port
            program.send(number)
            assert program.wait() == status, (words, number, program.err)


def several_boards_and_no_choice_is_2():
    program = listening("--elf", BOARD, "set", "motor.target=100")
    port = program.port
    start_board(port, "--name", "left")
    start_board(port, "--name", "right")
    status, out, err = ended(program)
    assert status == 2 and "left" in err[0] and "right" in err[0] and "--device" in err[0] and out == [], (status, err)


SONDECTL_SYMBOLS = sys.argv[3]  # an ELF with another build id
main([usage_is_2, unknown_paths_are_found_before_listening, wrong_values_are_found_before_listening,
      listening_beyond_this_machine_is_2, no_board_is_3, a_refusing_board_is_4, refused_rows_carry_null_and_the_error,
      another_firmware_is_4_for_set_and_a_warning_for_get, a_silent_board_is_5, watching_without_a_value_is_5, some_of_many_is_6,
      what_this_machine_refuses_is_7, a_taken_port_is_7_and_names_the_holder, a_full_disk_is_7,
      a_reader_that_left_is_0_and_silent, signals_end_long_commands_with_0, signals_end_others_with_130_and_143,
      several_boards_and_no_choice_is_2, settings_say_where_to_listen])
