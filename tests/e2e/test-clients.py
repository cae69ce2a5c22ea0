#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that are not ours: the original gateway's dialect, odd frames, garbage, web pages of others."""
import signal

from sondetest import *

ADDRESS = 0x20000100


def the_original_dialect():
    program = listening("--json", "get", "0x20000100:u32", "0x20000100:s16", "0x20000104:f32")
    board = FakeBoard(program.port, memory={ADDRESS: 0xfffe, ADDRESS + 4: 0x3fc00000})
    assert program.wait() == 0, program.err
    assert [row["value"] for row in program.rows()] == [0xfffe, -2, 1.5], program.out
    assert {row["device"] for row in program.rows()} == {"127.0.0.1#1"}, program.out
    assert board.asked[0]["cmd"] == "init", board.asked
    for command in board.asked:
        assert "seq" not in command and command["cmd"] in ("init", "mem_read", "end"), command
        if command["cmd"] == "mem_read":
            assert re.fullmatch("0x[0-9A-F]{8}", command["add"]) and command["size"] in ("08", "16", "32"), command


def sixty_four_bits_go_as_two_halves():
    program = listening("--json", "get", "0x20000100:u64")
    board = FakeBoard(program.port, memory={ADDRESS: 0x89abcdef, ADDRESS + 4: 0x01234567})
    assert program.wait() == 0, program.err
    assert program.rows()[0]["value"] == str(0x0123456789abcdef), program.out
    assert [command.get("size") for command in board.asked if command["cmd"] == "mem_read"] == ["32", "32"], board.asked


def every_form_of_a_value():
    for form in ("0b" + format(42, "032b"), "0x2a", "0x0000002A", "42", 42, "0b101010"):
        program = listening("--json", "get", "0x20000100:u32")
        board = FakeBoard(program.port)
        board.answer = lambda command, form=form: (
            {"res": "init", "con_id": "01"} if command["cmd"] == "init"
            else {"res": "mem_read", "add": "20000100", "value": form} if command["cmd"] == "mem_read" else None)
        assert program.wait() == 0, (form, program.err)
        assert program.rows()[0]["value"] == 42, (form, program.out)
        board.close()


def unmasked_frames_are_taken_from_boards():
    program = listening("--json", "get", "0x20000100:u32")
    FakeBoard(program.port, memory={ADDRESS: 5}, masked=False, path="/ws")
    assert program.wait() == 0, program.err
    assert program.rows()[0]["value"] == 5, program.out


def nothing_comes_before_the_board_is_ready():
    program = listening("get", "0x20000100:u32")
    client = RawClient(program.port)
    assert client.status == 101 and client.buffer == b"", client.head
    start = time.monotonic()
    opcode, payload = client.receive()
    assert time.monotonic() - start > 0.2, "the first message came too early"
    assert opcode == 1 and payload == b'{"cmd":"init","con_id":"01"}\n', payload
    client.close()


def fragments_and_half_frames_are_whole_messages():
    program = listening("--json", "get", "0x20000100:u32")
    board = FakeBoard(program.port, memory={ADDRESS: 77})

    def send_in_pieces(text):
        data = text.encode()
        client = board.client
        frames = client.frame(data[:5], last=False) + client.frame(b"hi", opcode=9) \
            + client.frame(data[5:9], opcode=0, last=False) + client.frame(data[9:], opcode=0)
        for byte in frames:
            client.socket.sendall(bytes([byte]))

    board.client.send_text = send_in_pieces
    assert program.wait() == 0, program.err
    assert program.rows()[0]["value"] == 77, program.out


def garbage_does_not_disturb_a_good_board():
    program = listening("--json", "watch", "0x20000100:u32", "--rate", "20")
    port = program.port
    FakeBoard(port, memory={ADDRESS: 1}, name="good")
    until(lambda: len(program.out) >= 3, "rows of the good board")
    for garbage in (b"\0" * 200, b"GET / HTTP/1.1\r\n\r\n", b"\xff\xfe" + b"A" * 5000, b"{" * 100000):
        raw = socket.create_connection(("127.0.0.1", port))
        raw.sendall(garbage)
        raw.close()
    half = socket.create_connection(("127.0.0.1", port))
    half.sendall(b"GET / HTTP/1.1\r\nHost: 127")
    for text in ("", "{", "null", "[]", '{"res":"mem_read"}', '{"res":"mem_read","add":"0x20000100","value":"0b2"}',
                 "[" * 5000, '{"res":"init","device":"../../etc\\u001b[31m"}', "\x00\x01", '"' + "x" * 200000 + '"'):
        client = RawClient(port)
        client.send_text(text)
        client.socket.shutdown(socket.SHUT_WR)
    client = RawClient(port)
    client.socket.sendall(b"\x83\x80\0\0\0\0")  # an opcode that does not exist
    seen = len(program.out)
    until(lambda: len([row for row in program.rows()[seen:] if row["value"] == 1]) >= 20, "more rows of the good board")
    program.send(signal.SIGINT)
    assert program.wait() == 0, program.err
    assert {(row["device"], row["value"]) for row in program.rows()} == {("good", 1)}, program.out
    half.close()


def a_value_never_shows_as_zero_because_a_read_failed():
    program = listening("--json", "watch", "0x20000100:u32", "--rate", "20", "--seconds", "2")
    FakeBoard(program.port, memory={})
    program.wait()
    assert program.out, program.err
    assert all(row["value"] is None and row["error"] == "SHORT_UPLOAD failed" for row in program.rows()), program.out


def text_from_boards_is_safe_on_a_terminal():
    program = listening("log", "--device", "evil", "--count", "1")
    board = FakeBoard(program.port, name="evil")
    until(lambda: board.asked, "init")
    board.client.send_text(json.dumps({"type": "log", "level": "error", "tag": "\033]0;x\007", "msg": "a\033[31mb\nc\td"}))
    assert program.wait() == 0, program.err
    assert len(program.out) == 1 and program.out[0].count("\t") == 4, program.out
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]", program.out[0]), program.out


def pages_of_other_sites_are_kept_out():
    program = listening("serve")
    port = program.port
    for origin, status in (("http://evil.example", 403), ("null", 403), ("file://", 403), ("http://localhost:3000", 101),
                           ("http://127.0.0.1", 101)):
        client = RawClient(port, headers=("Origin: " + origin,))
        assert client.status == status, (origin, client.head)
        client.close()
    program.send(signal.SIGTERM)
    assert program.wait() == 0


def a_name_that_comes_twice_is_replaced():
    program = listening("serve")
    port = program.port
    first = FakeBoard(port, name="twin")
    until(lambda: any("twin" in line for line in program.err), "the first one")
    FakeBoard(port, name="twin")
    first.join(PATIENCE)
    assert not first.is_alive(), "the old connection stays open"
    program.send(signal.SIGTERM)
    assert program.wait() == 0


def a_flood_does_not_stop_the_end():
    program = listening("serve", "--quiet")
    board = FakeBoard(program.port, name="flood")
    until(lambda: board.asked, "init")
    board.client.socket.settimeout(0.2)
    frames = board.client.frame(b'{"type":"log","level":"info","tag":"t","msg":"flood"}') * 500
    stop = time.monotonic() + 2

    def flood():
        try:
            while time.monotonic() < stop:
                board.client.socket.sendall(frames)
        except OSError:
            pass

    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    time.sleep(0.5)
    program.send(signal.SIGTERM)
    assert program.wait(5) == 0, program.err
    thread.join()


main([the_original_dialect, sixty_four_bits_go_as_two_halves, every_form_of_a_value, unmasked_frames_are_taken_from_boards,
      nothing_comes_before_the_board_is_ready, fragments_and_half_frames_are_whole_messages,
      garbage_does_not_disturb_a_good_board, a_value_never_shows_as_zero_because_a_read_failed,
      text_from_boards_is_safe_on_a_terminal, pages_of_other_sites_are_kept_out, a_name_that_comes_twice_is_replaced,
      a_flood_does_not_stop_the_end])
