#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an ELF file says without a board: symbols --at, --addr2line, size, names in any case, files that are not linked."""
import shutil
import subprocess

from sondetest import *

FIXTURES = os.environ["SONDE_FIXTURES"]
KINDS = os.path.join(FIXTURES, "kinds-dwarf5.elf")
OBJECT = os.path.join(FIXTURES, "kinds-relocatable.o")
AT_KEYS = ["address", "path", "offset", "size", "type", "kind", "bit_offset", "bit_size", "section", "file", "line"]


def rows(*words, status=0):
    got, out, err = run("symbols", *words, "--json")
    assert got == status, (got, err)
    return [json.loads(line) for line in out]


def address_of(path, elf=KINDS):
    name = path.split("[")[0].split(".")[0]
    found = [row["address"] for row in rows(elf, "--filter", name) if row["path"] == path]
    assert len(found) == 1, (path, found)
    return int(found[0], 16)


def at(address, elf=KINDS):
    return rows(elf, "--at", "%x" % address)


def every_leaf_is_found_at_its_address():
    leaves = [row for row in rows(KINDS, "--elements", "1000") if "count" not in row and row["size"] > 0]
    assert len(leaves) > 150, len(leaves)
    words = [word for row in leaves for word in ("--at", row["address"])]
    found = {(row["address"], row["path"]) for row in rows(KINDS, *words)}
    # A bit-field whose bits begin behind the first byte of its unit is not at the unit's address.
    missing = [row for row in leaves if (row["address"], row["path"]) not in found and row["bit_offset"] < 8]
    assert missing == [], missing


def a_byte_inside_a_leaf_has_an_offset():
    base = address_of("motor.pid.kp")
    first, = at(base + 2)
    assert list(first) == AT_KEYS, first
    assert (first["path"], first["offset"], first["size"], first["type"], first["kind"], first["file"]) \
        == ("motor.pid.kp", 2, 4, "float", "scalar", "kinds.c"), first
    assert first["address"] == "0x%08x" % (base + 2) and first["line"] > 0


def unions_bits_and_elements_are_all_told():
    union = [row["path"] for row in at(address_of("raw.word") + 1)]
    assert union == ["raw.word", "raw.bytes[1]", "raw.real"], union
    bits = {row["path"]: (row["bit_offset"], row["bit_size"]) for row in at(address_of("flags.ready"))}
    assert bits == {"flags.ready": (0, 1), "flags.mode": (1, 3), "flags.level": (4, 4)}, bits
    element, = at(address_of("matrix[2][3]") + 7)
    assert (element["path"], element["offset"]) == ("matrix[2][3]", 7), element


def padding_says_where_it_is():
    hole, = at(address_of("axis[1].id") + 1)
    assert (hole["kind"], hole["path"], hole["offset"]) == ("padding", "axis[1]", 1), hole
    assert hole["why"] == "padding in struct axis after .id", hole


def nothing_is_an_answer_too():
    got, = at(0)
    assert got["kind"] == "nothing" and got["path"] == "" and got["why"].startswith("nothing of this file; "), got
    highest, = at(0xffffffffffffffff)
    assert "ends at 0x" in highest["why"] and highest["address"] == "0x" + 16 * "f", highest
    status, out, err = run("symbols", KINDS, "--at", "0")
    assert status == 0 and out[0].split("\t")[:2] == ["0x00000000", "-"] and err == [], (out, err)


def what_is_no_address_is_2():
    for word in ("motor", "0x", "12g", "-1", "10000000000000000", "0x 1"):
        status, out, err = run("symbols", "/no/such/file", "--at", word)
        assert status == 2 and out == [] and len(err) == 1, (word, status, err)
        assert "is no address; give one in hexadecimal" in err[0], err


def text_and_json_agree():
    base = address_of("typed_flags.on")
    status, out, err = run("symbols", KINDS, "--at", "0x%X" % base)
    assert status == 0 and err == [], err
    table = [line.split("\t") for line in out]
    assert ["0x%08x" % base, "typed_flags.on", "_Bool bit 4", ".data"] in [row[:4] for row in table], table
    status, out, err = run("symbols", KINDS, "--at", "%x" % (base + 1))
    assert "+0x1\tpadding in struct typed_flags after ." in out[0], out


def files_that_are_not_linked_say_so():
    status, out, err = run("symbols", OBJECT, "--json")
    assert status == 0 and len(err) == 1 and "not linked yet" in err[0] and "; " in err[0], err
    found = {row["path"]: row for row in map(json.loads, out)}
    speed = found["motor.speed"]
    assert "why" not in speed and speed["section"] == ".data", speed
    got = [row["path"] for row in at(int(speed["address"], 16), OBJECT)]
    assert "motor.speed" in got, got
    status, out, err = run("symbols", OBJECT, "--quiet")
    assert status == 0 and err == [] and out != [], (out, err)
    status, out, err = run("get", "--elf", OBJECT, "motor.speed", "--listen", "127.0.0.1:0")
    assert status == 2 and "not linked yet" in err[-1], (status, err)


def filters_know_letters_of_every_script():
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return
    source = os.path.join(folder.name, "letters.c")
    elf = os.path.join(folder.name, "letters.elf")
    with open(source, "w", encoding="utf-8") as handle:
        handle.write("int Größe = 1, ПРИВЕТ = 2; int main (void) { return Größe; }\n")
    if subprocess.run([compiler, "-g", "-no-pie", "-o", elf, source], capture_output=True).returncode != 0:
        return
    assert [row["path"] for row in rows(elf, "--filter", "GRÖ")] == ["Größe"]
    assert [row["path"] for row in rows(elf, "--filter", "привет :INT")] == ["ПРИВЕТ"]
    assert run("symbols", elf, "--filter", "\udcff\udcfe")[:2] == (0, [])


def endless_lists_can_be_stopped():
    compiler = shutil.which("cc") or shutil.which("gcc")
    source, elf = os.path.join(folder.name, "deep.c"), os.path.join(folder.name, "deep.elf")
    with open(source, "w", encoding="utf-8") as handle:
        handle.write("struct a { int x[64]; }; struct b { struct a a[64]; }; struct c { struct b b[64]; };\n"
                     "struct d { struct c c[64]; }; struct d deep[64]; int main (void) { return 0; }\n")
    if compiler is None or subprocess.run([compiler, "-g", "-no-pie", "-mcmodel=large", "-o", elf, source],
                                          capture_output=True).returncode != 0:
        return
    status, out, err = run("symbols", elf, "--timeout", "0.3", stdout=subprocess.DEVNULL)
    assert status == 5 and len(err) == 1 and "not done in 0.3 s" in err[0], (status, err)
    program = Sondectl("symbols", elf)
    until(lambda: len(program.out) > 100, "rows")
    program.send(signal.SIGINT)
    assert program.wait() == 130 and program.err == [], program.err


def a_reader_that_leaves_is_no_error():
    program = subprocess.run("%s symbols %s --json --elements 1000 | head -n 1" % (SONDECTL, KINDS), shell=True,
                             capture_output=True, text=True, env=environment, timeout=PATIENCE)
    assert program.returncode == 0 and program.stderr == "" and program.stdout.count("\n") == 1, program


def size_rows(*words):
    status, out, err = run("size", *words, "--json")
    assert status == 0, err
    return [json.loads(line) for line in out]


def sections_agree_with_size():
    try:
        text = subprocess.run(["size", "-A", KINDS], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        return
    parts = [line.split() for line in text.splitlines()]
    want = {part[0]: (int(part[1]), "0x%08x" % int(part[2])) for part in parts
            if len(part) == 3 and part[0].startswith(".") and part[2] != "0" and part[1] != "0"}
    got = {row["name"]: (max(row["flash"], row["ram"]), row["address"]) for row in size_rows(KINDS, "--by", "section")
           if row["by"] == "section"}
    assert got == want and ".text" in want and ".bss" in want, (got, want)


def every_table_adds_up_to_the_totals():
    rows = size_rows(KINDS, "--top", "100000")
    total = rows[0]
    assert list(total) == ["by", "name", "address", "flash", "flash_percent", "ram", "ram_percent", "section", "file"]
    assert total["by"] == "total" and total["address"] is None and total["flash_percent"] == 100, total
    for by in ("section", "file", "symbol"):
        of = [row for row in rows if row["by"] == by]
        assert sum(row["flash"] for row in of) == total["flash"] and sum(row["ram"] for row in of) == total["ram"], by
        weights = [row["flash"] + row["ram"] for row in of]
        assert weights == sorted(weights, reverse=True), by


def a_short_table_says_what_is_left():
    rows = size_rows(KINDS, "--top", "2")
    for by in ("section", "file", "symbol"):
        of = [row for row in rows if row["by"] == by]
        assert len(of) == 3 and re.fullmatch(r"\(\d+ more\)", of[-1]["name"]) and of[-1]["address"] is None, of
        assert sum(row["flash"] for row in of) == rows[0]["flash"], of
        assert sum(row["ram"] for row in of) == rows[0]["ram"], of


def sizes_of_a_stripped_program_are_its_own():
    whole, stripped, names = (os.path.join(FIXTURES, name) for name in ("whole-id.elf", "parted-id.elf", "parted-id.debug"))
    if not os.path.exists(names):  # without objcopy
        return
    want = size_rows(whole)
    assert size_rows(stripped, "--debug-file", names) == want
    status, out, err = run("size", stripped, "--json", "--by", "section")
    assert status == 0 and [json.loads(line) for line in out] == [row for row in want if row["by"] in ("total", "section")]
    assert len(err) == 1 and err[0].startswith("sondectl: warning: "), err
    status, out, err = run("size", names)
    assert status == 0 and any("names only" in line and "--debug-file" in line for line in err), err


def a_file_to_be_linked_is_named():
    status, out, err = run("get", "motor", "--elf", OBJECT)
    assert status == 2 and len(err) == 1 and err[0].endswith("; give the linked file"), err


def the_page_of_sizes_fits_a_screen():
    status, out, err = run("size", KINDS)
    assert status == 0 and err == [], err
    assert 30 < len(out) < 80 and max(map(len, out)) <= 120, (len(out), max(map(len, out)))
    heads = [line.split() for line in out if "flash" in line]
    assert [head[4:] for head in heads] == [[], ["section"], ["file"], ["symbol"]], heads
    numbers = [line for line in out if re.match(r" *\d+ +\d+\.\d% +\d+ +\d+\.\d%  \S", line)]
    assert len(numbers) == len([line for line in out if line]) - len(heads), out
    status, out, err = run("size", KINDS, "--by", "symbol", "--top", "3")
    assert status == 0 and len(out) == 8 and re.fullmatch(r".*\(\d+ more\)", out[-1]), out


def wrong_asks_for_sizes_are_2_or_7():
    for words, status in ((("--by", "colour"), 2), (("--top", "0"), 2), (("--filter", "x"), 2)):
        assert run("size", KINDS, *words)[0] == status, words
    assert run("size")[0] == 2 and run("size", "a", "b")[0] == 2
    for path in ("/no/such/file", "/etc", "/etc/passwd"):
        status, out, err = run("size", path)
        assert status == 7 and out == [] and len(err) == 1 and "; " in err[0], err


def a_name_that_is_no_variable_is_explained():
    for name, words in (("main", "a function at 0x"), ("motor_t", "a type; write (motor_t*)ADDRESS"),
                        ("BELOW", "constant -2"), ("calls", "static in step()")):
        for command in (("get", name), ("set", name + "=1"), ("watch", name)):
            status, out, err = run(*command, "--elf", KINDS)
            assert status == 2 and out == [] and len(err) == 1, (command, err)
            assert err[0].startswith("sondectl: %s: %s" % (name, words)) and "; " in err[0], err
    status, out, err = run("get", "no_such_name", "--elf", KINDS)
    assert err == ["sondectl: no_such_name: no such variable; list what is there: sondectl symbols " + KINDS], err


LINE_KEYS = ["address", "function", "offset", "file", "line", "column"]


def functions():
    """name -> address of the functions of the fixture."""
    text = subprocess.run(["nm", KINDS], capture_output=True, text=True, check=True).stdout
    found = [line.split() for line in text.splitlines()]
    return {parts[2]: int(parts[0], 16) for parts in found if len(parts) == 3 and parts[1] in "Tt"}


def told_by_binutils(addresses):
    """(function, file:line) of each."""
    text = subprocess.run(["addr2line", "-f", "-e", KINDS] + ["%x" % address for address in addresses],
                          capture_output=True, text=True, check=True).stdout.splitlines()
    places = [os.path.normpath(re.sub(r" \(discriminator \d+\)$", "", line)) for line in text[1::2]]
    return list(zip(text[0::2], places))


def lines_agree_with_addr2line():
    if not shutil.which("addr2line") or not shutil.which("nm"):
        return
    known = functions()
    addresses = [known[name] + offset for name in ("step", "main", "other_step") for offset in range(0, 40, 3)]
    rows = [json.loads(line) for line in
            run("symbols", KINDS, "--json", "--addr2line", *["%x" % address for address in addresses])[1]]
    assert len(rows) == len(addresses) and all(list(row)[:6] == LINE_KEYS for row in rows), rows
    got = [(row["function"], "%s:%d" % (os.path.normpath(row["file"]), row["line"])) for row in rows]
    want = told_by_binutils(addresses)
    assert got == want, [pair for pair in zip(got, want) if pair[0] != pair[1]][:3]


def unknown_code_says_why():
    status, out, err = run("symbols", KINDS, "--addr2line", "0", "%x" % address_of("motor.speed"))
    assert status == 0 and err == [], err
    assert out[0] == "0x00000000 ?? (in no section of this file)" and out[1].endswith("?? (in data, not in code)"), out
    row, = rows(KINDS, "--addr2line", "0")
    assert row == dict(zip(LINE_KEYS, ("0x00000000", "", 0, "", 0, 0)), why="in no section of this file"), row
    assert run("symbols", KINDS, "--addr2line", "main")[0] == 2
    assert run("symbols", KINDS, "--addr2line", "0", "0x12g")[0] == 2


def a_backtrace_is_told_as_it_comes():
    known = functions()
    program = subprocess.Popen([SONDECTL, "symbols", KINDS, "--addr2line", "-"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, env=environment)
    try:
        program.stdin.write(b"\x1b[31mfault at 0x%x \xff, counter 12345678\n" % known["step"])
        program.stdin.flush()
        line = program.stdout.readline()  # while the text has not ended
        assert re.fullmatch(rb"\x1b\[31mfault at 0x[0-9a-f]+ \(step\(\) kinds\.c:\d+(:\d+)?\) \xff, counter 12345678\n",
                            line), line
        out, err = program.communicate(b"#1 %016x in ?\nno address" % (known["main"] + 1), timeout=PATIENCE)
        first, second, rest = out.split(b"\n")
        assert b"(main() kinds.c:" in first and second == b"no address" and rest == b"", out
        assert program.returncode == 0
    finally:
        program.kill()
        program.wait()


def a_signal_ends_the_wait_for_text():
    program = subprocess.Popen([SONDECTL, "symbols", KINDS, "--addr2line", "-"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    try:
        program.stdin.write(b"one line\n")
        program.stdin.flush()
        assert program.stdout.readline() == b"one line\n"
        program.send_signal(signal.SIGINT)
        assert program.wait(PATIENCE) == 130 and program.stderr.read() == b"", program.returncode
    finally:
        program.kill()
        program.communicate()


def a_layout_tells_its_holes():
    status, out, err = run("symbols", KINDS, "--layout", "struct axis")
    assert status == 0 and err == [], (out, err)
    assert out[0].split() == ["offset", "size", "bits", "member", "type"], out[0]
    assert [line for line in out if "(hole)" in line], out
    assert out[-1].split(": ")[0] == "struct axis" and " bytes in members, " in out[-1], out[-1]
    for arguments in (("nosuch",), ("int",), ("struct axis", "--json"), ("struct axis", "--at", "0")):
        status, out, err = run("symbols", KINDS, "--layout", *arguments)
        assert status == 2 and out == [] and len(err) == 1, (arguments, out, err)


main([a_layout_tells_its_holes, lines_agree_with_addr2line, unknown_code_says_why, a_backtrace_is_told_as_it_comes,
      a_signal_ends_the_wait_for_text, a_name_that_is_no_variable_is_explained, sections_agree_with_size, every_table_adds_up_to_the_totals, a_short_table_says_what_is_left, sizes_of_a_stripped_program_are_its_own, a_file_to_be_linked_is_named, the_page_of_sizes_fits_a_screen,
      wrong_asks_for_sizes_are_2_or_7,
      every_leaf_is_found_at_its_address, a_byte_inside_a_leaf_has_an_offset, unions_bits_and_elements_are_all_told,
      padding_says_where_it_is, nothing_is_an_answer_too, what_is_no_address_is_2, text_and_json_agree,
      files_that_are_not_linked_say_so, filters_know_letters_of_every_script,
      endless_lists_can_be_stopped, a_reader_that_leaves_is_no_error])
