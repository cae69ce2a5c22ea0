#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are no good program, and readers that fail: one line each, with the file and what to do, and exit 7."""
import shutil

from sondetest import *


def make(name, content):
    path = os.path.join(folder.name, name)
    with open(path, "wb") as handle:
        handle.write(content)
    return path


def board():
    with open(BOARD, "rb") as handle:
        return handle.read()


def refused(path, *parts, program=SONDECTL):
    done = subprocess.run([program, "symbols", path], capture_output=True, text=True, env=environment, timeout=PATIENCE,
                          stdin=subprocess.DEVNULL)
    lines = done.stderr.splitlines()
    assert done.returncode == 7 and done.stdout == "" and len(lines) == 1, (path, done)
    assert "; " in lines[0], lines
    for part in ("sondectl: ", *parts):
        assert part in lines[0], (part, lines)


def what_is_no_program_says_what_it_is():
    refused(make("empty.elf", b""), "empty.elf: empty")
    refused(make("text.elf", b"hello\n"), "text.elf: not an ELF file; choose")
    refused(make("x.hex", b":10000000FFFF\n"), ".hex")
    refused(make("x.a", b"!<arch>\nsomething"), "x.a: a library")
    refused(make("head.elf", b"\177ELF\1\1\1"), "cut short")
    refused(folder.name, "not a regular file")
    refused("/dev/zero", "not a regular file")
    refused(os.path.join(folder.name, "none.elf"), "No such file", "check the path")


def a_part_of_a_file_is_told_as_such():
    whole = board()
    for size in (200, len(whole) // 2, len(whole) - 1):
        refused(make("part.elf", whole[:size]), "part.elf: damaged or cut short")
    many = bytearray(whole)
    many[60:62] = b"\xff\xff"  # number of sections
    refused(make("many.elf", many), "damaged or cut short")


def an_object_file_is_told_once():
    head = bytearray(board())
    head[16:18] = b"\1\0"  # type: relocatable
    done, out, err = run("doctor", "--elf", make("x.o", head))
    rows = [line for line in out if "x.o" in line]
    assert done == 7 and rows[-1].startswith("wrong\t") and "object file" in rows[-1], out
    assert not any("cannot be watched" in line for line in rows), rows


def guessed_types_are_said_to_be():
    bare = os.path.join(folder.name, "bare.elf")
    subprocess.run(["strip", "--strip-debug", "-o", bare, BOARD], check=True)
    status, out, err = run("symbols", bare)
    assert status == 0 and any(line.startswith("motor") for line in out), out
    assert len(err) == 1 and "no debug information" in err[0] and "-g" in err[0], err
    assert run("symbols", bare, "--quiet")[2] == []


def progress_is_lines_where_there_is_no_terminal():
    status, out, err = run("symbols", BOARD, "--verbose")
    assert status == 0 and any(re.search(r"demo-board: \d+ %, [a-z]", line) for line in err), err
    assert not any("\r" in line or "\033" in line for line in err), err
    assert run("symbols", BOARD)[2] == []


def a_reader_that_fails_is_told():
    alone = os.path.join(folder.name, "alone")
    os.mkdir(alone)
    program = shutil.copy(SONDECTL, alone)
    reader = os.path.join(alone, "sonde-symbols")
    installed = any(os.path.exists(os.path.join(place, "sonde-symbols")) for place in
                    ("/usr/local/libexec", "/usr/libexec", "/usr/local/bin", "/usr/bin"))
    for script, part in ((None, "sonde-symbols: not found"), ("kill -9 $$", "was killed"),
                         ("kill -11 $$", "crashed"), ("exit 0", "what sonde-symbols wrote"),
                         ("head -c 99999 /dev/urandom >&4", "what sonde-symbols wrote"), ("exit 77", "(77)")):
        if script is not None:
            with open(reader, "w", encoding="ascii") as handle:
                handle.write("#!/bin/sh\n" + script + "\n")
            os.chmod(reader, 0o755)
        if script is not None or not installed:
            refused(BOARD, part, program=program)


def two_loads_at_once_agree():
    programs = [Program(SONDECTL, "symbols", BOARD) for i in range(2)]
    results = [(until(lambda: program.process.poll() is not None or None, "its end"), program.process.returncode,
                program.out) for program in programs]
    assert all(code == 0 for done, code, out in results), results
    until(lambda: len(programs[0].out) > 50 and programs[0].out == programs[1].out, "the same rows")


def a_rebuild_is_told_while_watching():
    path = make("rebuilt.elf", board())
    program = listening("--elf", path, "watch", "wave.counter", "--rate", "50")
    peer = start_board(program.port)
    until(lambda: len(program.out) > 5, "rows")
    assert not [line for line in program.err if "changed on disk" in line], program.err
    with open(path, "wb") as handle:
        handle.write(board()[:1000])
        handle.flush()
        time.sleep(1.2)
        assert not [line for line in program.err if "changed on disk" in line], program.err
        handle.write(board()[1000:])
    until(lambda: [line for line in program.err if "rebuilt.elf: changed on disk; start watch again" in line], "the warning")
    n = len(program.out)
    until(lambda: len(program.out) > n + 5, "more rows")
    program.process.send_signal(signal.SIGTERM)
    assert program.wait() == 0, program.err
    peer.end()


main([what_is_no_program_says_what_it_is, a_part_of_a_file_is_told_as_such, an_object_file_is_told_once,
      guessed_types_are_said_to_be,
      progress_is_lines_where_there_is_no_terminal, a_reader_that_fails_is_told, two_loads_at_once_agree, a_rebuild_is_told_while_watching])
