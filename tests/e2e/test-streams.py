#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What boards push by themselves: free JSON by key path, data messages by parameter."""
from sondetest import *


class PushingBoard(FakeBoard):
    """Answers init, or nothing at all, and pushes the same messages again and again until it is closed."""

    def __init__(self, port, *messages, answers=True, **more):
        self.messages, self.answers, self.is_closed = messages, answers, threading.Event()
        super().__init__(port, **more)
        threading.Thread(target=self.push, daemon=True).start()

    def push(self):
        number = 0
        while not self.is_closed.wait(0.05):
            number += 1
            try:
                for message in self.messages:
                    self.client.send_text(json.dumps(message(number) if callable(message) else message))
            except OSError:
                return

    def answer(self, command):
        return super().answer(command) if self.answers else None

    def close(self):
        self.is_closed.set()
        super().close()


FREE = {"temperature": 21.5, "imu": {"ax": 1, "list": [3, 4]}}
DATA = {"type": "data", "parameter": "Motor Speed", "value": 1234.5, "timestamp": 1640995200.0}


def get_takes_the_newest_value():
    program = listening("get", "--json", "temperature", "imu.ax", "imu.list[1]", "Motor Speed", "--wait", "20")
    board = PushingBoard(program.port, FREE, DATA, name="pusher")
    assert program.wait() == 0, program.err
    board.close()
    rows = program.rows()
    assert [(row["path"], row["value"]) for row in rows] \
        == [("temperature", 21.5), ("imu.ax", 1), ("imu.list[1]", 4), ("Motor Speed", 1234.5)], rows
    assert all(row["device"] == "pusher" and abs(row["time_us"] / 1e6 - time.time()) < 60 for row in rows), rows


def watch_prints_each_push():
    program = listening("watch", "--json", "count", "--count", "5", "--wait", "20")
    board = PushingBoard(program.port, lambda number: {"count": number}, name="pusher")
    assert program.wait() == 0, program.err
    board.close()
    values = [row["value"] for row in program.rows()]
    assert len(values) == 5 and values == list(range(int(values[0]), int(values[0]) + 5)), values


def firmware_and_pushed_values_go_together():
    port_taker = listening("--elf", BOARD, "get", "--json", "temperature", "0x20000000:u32", "--wait", "20")
    board = PushingBoard(port_taker.port, FREE, name="pusher", memory={0x20000000: 77})
    assert port_taker.wait() == 0, port_taker.err
    board.close()
    assert {row["path"]: row["value"] for row in port_taker.rows()} == {"temperature": 21.5, "0x20000000:u32": 77}, port_taker.out


def a_board_that_never_answers_is_enough():
    program = listening("get", "temperature", "--wait", "30")
    board = PushingBoard(program.port, FREE, answers=False)
    assert program.wait() == 0, program.err
    board.close()
    assert program.out == ["temperature\t21.5\t"], program.out


def what_never_comes_is_2():
    program = listening("get", "pressure", "--wait", "1")
    board = PushingBoard(program.port, FREE, name="pusher")
    assert program.wait() == 2, program.err
    board.close()
    assert program.out == [] and "pressure" in program.err[-1] and "pusher" in program.err[-1], program.err


main([get_takes_the_newest_value, watch_prints_each_push, firmware_and_pushed_values_go_together,
      a_board_that_never_answers_is_enough, what_never_comes_is_2])
