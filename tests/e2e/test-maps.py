#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Memory maps, pointers and casts on a simulated board, and what a rebuild does to watched paths."""
import csv
import shutil

from sondetest import *


def make(name, text):
    path = os.path.join(folder.name, name)
    with open(path, "w", encoding="utf-8") as handle:
        handle.write(text)
    return path


def addresses():
    """Address by path, as symbols lists them."""
    status, out, err = run("symbols", BOARD, "--json")
    assert status == 0, err
    return {row["path"]: row for row in map(json.loads, out)}


def original_has_four_columns_and_its_quirks():
    status, out, err = run("map", BOARD)
    rows = list(csv.reader(out))
    assert status == 0 and rows[0] == ["Variable", "Address", "No of Elements", "Type"], (err, rows[:1])
    by_name = {row[0]: row[1:] for row in rows[1:]}
    known = addresses()
    assert by_name["motor.speed"] == [known["motor.speed"]["address"], "1", "Uint32_t"], by_name["motor.speed"]
    assert by_name["adc"] == [known["adc[0]"]["address"], "8", "uint16_t"], by_name["adc"]
    assert by_name["axis[2].pid.kp"][0] == known["axis[2].pid.kp"]["address"]
    assert len(by_name) == len(rows) - 1


def both_formats_round_trip():
    for form in ("original", "sonde"):
        first = os.path.join(folder.name, form + "-1.csv")
        second = os.path.join(folder.name, form + "-2.csv")
        assert run("map", BOARD, "--format", form, "--csv", first)[0] == 0
        assert run("map", first, "--format", form, "--csv", second) == (0, [], [])
        with open(first, "rb") as one, open(second, "rb") as two:
            text = one.read()
            assert text == two.read() and text.count(b"\n") > 50, form


def like_original_lists_less():
    whole = make("whole.csv", "h\n" + "".join("%s,0x20000100,1,int\n" % name for name in
                                             ("speed", "__malloc_av_", "uwTick", "_Private", "_mine", "SystemCoreClock")))
    names = [line.split(",")[0] for line in run("map", whole, "--like-original")[1][1:]]
    assert names == ["speed", "_mine"], names
    everything, own = run("map", BOARD)[1], run("map", BOARD, "--like-original")[1]
    assert set(own) <= set(everything) and any(line.startswith("motor.speed,") for line in own)


def a_folder_gets_the_name_of_the_original():
    place = os.path.join(folder.name, "exports")
    os.mkdir(place)
    status, out, err = run("map", BOARD, "--csv", place)
    assert status == 0 and out == [] and len(err) == 1, (out, err)
    names = os.listdir(place)
    assert len(names) == 1 and re.fullmatch(r"sonde-demo-board_\d{4}-\d\d-\d\d_\d{6}\.csv", names[0]), names


def refused_rows_are_named_and_the_rest_is_used():
    path = make("wrong.csv", "anything\nGood,0x20000100,1,float\nBad,xyz,1,int\nShort,1\n\nGood,0x20000104,1,int\n")
    status, out, err = run("map", path, "--json")
    assert status == 0 and len(out) == 1 and json.loads(out[0])["variable"] == "Good", out
    assert [line.split(": ")[2] for line in err] == [path + ":3", path + ":4", path + ":6"], err
    assert "address 'xyz' is no number; write 0x20000100" in err[0], err


def a_map_of_no_use_is_7():
    for path, part in ((make("empty.csv", "header only\n"), "no row of it"), ("/none/x.csv", "No such file"),
                       (make("short.csv", "a\nb,c\n"), "no row of it")):
        for words in (("map", path), ("get", "x", "--map", path, "--listen", "127.0.0.1:0")):
            status, out, err = run(*words)
            assert status == 7 and any(part in line for line in err), (words, status, err)


def a_map_alone_names_what_boards_hold():
    known = addresses()
    path = make("alone.csv", "Variable,Address,No of Elements,Type,Path,Size,Access,Unit,Scale,Description\n"
                "Kp,%s,1,float,,4,r,1/s,1,gain\nAdc,%s,8,uint16_t,,,,,,\nbad,x,1,int\n"
                % (known["motor.pid.kp"]["address"], known["adc[0]"]["address"]))
    program = listening("get", "Kp", "Adc[2..3]", "--map", path)
    start_board(program.port)
    assert program.wait() == 0, program.err
    rows = [line.split("\t") for line in program.out]
    assert [row[0] for row in rows] == ["Kp", "Adc[2]", "Adc[3]"] and rows[0][2] == "1/s", rows
    assert float(rows[0][1]) > 0 and any("alone.csv:4: " in line for line in program.err), (rows, program.err)
    status, out, err = run("set", "Kp=1", "--map", path, "--listen", "127.0.0.1:0")
    assert status == 4 and not out and "nothing was written" in err[0], (status, err)


def near_misses_come_from_the_map_too():
    path = make("near.csv", "h\nBoilerPressure,0x20000100,1,float\n")
    status, out, err = run("get", "BoilerPresure", "--map", path, "--elf", BOARD, "--listen", "127.0.0.1:0")
    assert status == 2 and "did you mean BoilerPressure?" in "".join(err), (status, err)


def a_map_gives_units_to_the_elf():
    path = make("units.csv", "Variable,Address,No of Elements,Type,Path,Size,Access,Unit,Scale,Description\n"
                "Kp,0x1,1,float,motor.pid.kp,4,r,V/rpm,1,\n")
    program = listening("get", "motor.pid", "--map", path, "--elf", BOARD)
    start_board(program.port)
    assert program.wait() == 0, program.err
    units = {row[0]: row[2] for row in (line.split("\t") for line in program.out)}
    assert units["motor.pid.kp"] == "V/rpm" and units["motor.pid.ki"] == "", units


def casts_of_places_are_read_at_once():
    known = addresses()
    kp = known["motor.pid.kp"]["address"]
    program = listening("get", "motor.pid.kp", "(float*)" + kp, "*(float *)" + kp, "(float*)&motor.pid.kp",
                        kp + ":f32", kp + ":u8[4]", "--elf", BOARD, "--json")
    start_board(program.port)
    assert program.wait() == 0, program.err
    rows = program.rows()
    assert len({row["value"] for row in rows[:5]}) == 1, rows
    assert [row["path"] for row in rows[5:]] == [kp + ":u8[4][%d]" % i for i in range(4)], rows
    assert struct.unpack("<f", bytes(row["value"] for row in rows[5:]))[0] == struct.unpack(
        "<f", struct.pack("<f", float(rows[0]["value"])))[0]


def pointers_are_followed_live():
    program = listening("get", "next->value", "(*next).next->value", "((struct node*)next)->value", "next[0].value",
                        "*next", "--elf", BOARD)
    start_board(program.port)
    assert program.wait() == 0, program.err
    rows = [line.split("\t") for line in program.out]
    assert [row[0] for row in rows] == ["next->value", "next->next->value", "((struct node*)next)->value",
                                        "next[0].value", "next->value", "next->next"], rows
    assert rows[0][1] == rows[2][1] == rows[3][1] == rows[4][1] != rows[1][1], rows
    program = listening("get", "*nothing", "--elf", BOARD)
    start_board(program.port)
    assert program.wait() == 4 and "nothing is NULL" in program.err[-1], program.err
    for path, part in (("motor->speed", "write motor.speed"), ("(motr_t*)next", "no such type"), ("***next", "no pointer")):
        status, out, err = run("get", path, "--elf", BOARD, "--listen", "127.0.0.1:0")
        assert status == 2 and part in err[0], (path, status, err)


OLD = """
#include <stdint.h>
struct motor { float speed; float target; uint8_t mode; };
struct motor motor; struct motor pair[2]; int gone = 1; uint16_t wide = 2; volatile uint32_t kind = 3; int table[4];
static int count; int *where = &gone;
int main (void) { static int steps = 1; count += steps; return (int) motor.speed + count; }
"""
NEW = """
#include <stdint.h>
struct motor { float speed; uint32_t flags; float target; };
int first[40] = { 1 };
struct motor motor; struct motor pair[2]; uint32_t wide = 2; volatile int32_t kind = 3; int table[5]; int fresh;
static int count; int *where = first;
int main (void) { static int steps = 1; count += steps; return (int) motor.speed + count; }
"""


def compile_both():
    paths = []
    for name, source in (("old", OLD), ("new", NEW)):
        paths.append(os.path.join(folder.name, name + ".elf"))
        subprocess.run(["cc", "-g", "-O0", "-no-pie", "-x", "c", "-o", paths[-1], make(name + ".c", source)], check=True)
    return paths


def a_map_that_is_cut_short_says_so():
    source = make("many.c", "struct { char a, b; } many[500001];\nint main (void) { return 0; }\n")
    program = os.path.join(folder.name, "many.elf")
    subprocess.run(["cc", "-g", "-no-pie", "-o", program, source], check=True)
    status, out, err = run("map", program)
    assert status == 0 and len(out) == 1000001, (status, len(out))
    assert len(err) == 1 and "more than 1000000 values, the rest is left out" in err[0], err


def diff_says_what_changed():
    old, new = compile_both()
    status, out, err = run("diff", old, new, "--json")
    rows = [json.loads(line) for line in out]
    changes = {row["path"]: set(row["change"].split(",")) for row in rows}
    assert status == 0 and [list(row) for row in rows] == [["path", "change", "old", "new"]] * len(rows), rows
    assert changes["gone"] == {"removed"} and changes["fresh"] == {"added"}, changes
    assert changes["wide"] >= {"retyped", "resized"} and "resized" not in changes["kind"], changes
    assert "retyped" in changes["kind"] and changes["table"] >= {"retyped", "resized"}, changes
    assert "retyped" in changes["motor"] and "resized" not in changes["motor"], changes
    assert changes["motor.mode"] == {"removed"} and changes["motor.flags"] == {"added"}, changes
    assert "moved" in changes["motor.target"] and changes["pair[1].mode"] == {"removed"}, changes
    assert [row["path"] for row in rows] == sorted(changes), rows
    gone = [row for row in rows if row["path"] == "gone"][0]
    assert gone["new"] is None and re.match(r"0x[0-9a-f]{8} int, 4 bytes$", gone["old"]), gone
    assert run("diff", old, old) == (0, [], [])
    status, out, err = run("diff", old, new)
    assert status == 0 and len(out) == len(rows) and len({line.index("  ", 10) for line in out}) >= 1, out


def watched_paths_that_break_are_1():
    old, new = compile_both()
    kept = make("kept.txt", "# moves, and stays itself\nmotor.speed\n\ntable[1..3]\nmain()::steps\ncount\n*where\nfresh\n")
    status, out, err = run("diff", old, new, "--paths", kept)
    assert status == 0 and out and any(":8: fresh" in line for line in err), (status, err)
    for path, word in (("gone", "removed"), ("wide", "retyped"), ("motor.mode", "removed"), ("motor", "retyped"),
                       ("pair[0..1].mode", "removed"), ("table", "resized")):
        status, out, err = run("diff", old, new, "--paths", make("broken.txt", "motor.speed\n%s\n" % path))
        assert status == 1 and out and len(err) == 1 and word in err[0] and path in err[0], (path, status, err)
    status, out, err = run("diff", old, new, "--paths", make("unknown.txt", "nowhere\n"))
    assert status == 2 and ":1: nowhere: no such variable" in err[0], (status, err)
    status, out, err = run("diff", old, new, "--paths", "/none")
    assert status == 7 and err == ["sondectl: /none: No such file or directory; check the path"], err
    assert run("diff", old, "/none")[0] == 7


tests = [original_has_four_columns_and_its_quirks, both_formats_round_trip, like_original_lists_less,
         a_folder_gets_the_name_of_the_original, refused_rows_are_named_and_the_rest_is_used, a_map_of_no_use_is_7,
         a_map_alone_names_what_boards_hold, near_misses_come_from_the_map_too, a_map_gives_units_to_the_elf,
         casts_of_places_are_read_at_once, pointers_are_followed_live]
if shutil.which("cc"):
    tests += [a_map_that_is_cut_short_says_so, diff_says_what_changed, watched_paths_that_break_are_1]
main(tests)
