# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs, simulated boards and raw clients for the end-to-end tests; standard library only.

usage of a test: test-NAME.py SONDECTL SONDE-DEMO-BOARD [MORE..]
Nothing started here outlives the test: each program has a process group of its own, ended at exit.
"""
import atexit
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback

SONDECTL, BOARD = sys.argv[1:3]
PATIENCE = 60  # seconds after which something that should happen never will

folder = tempfile.TemporaryDirectory(prefix="sonde-e2e-")
environment = dict(os.environ, TZ="UTC", NO_COLOR="1", HOME=folder.name)
for name in ("CONFIG_HOME", "CACHE_HOME", "STATE_HOME", "DATA_HOME", "RUNTIME_DIR"):
    environment["XDG_" + name] = os.path.join(folder.name, name.lower())
os.mkdir(environment["XDG_RUNTIME_DIR"], 0o700)
running = []


def end_all():
    for program in list(running):
        program.end()


atexit.register(end_all)
signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))


def until(condition, what, seconds=PATIENCE):
    """Waits for a true value of condition() and returns it; a test that waits in vain has failed."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        assert time.monotonic() < end, "waited %d s in vain: %s" % (seconds, what)
        time.sleep(0.02)


class Program:
    """A running program whose output is collected line by line."""

    def __init__(self, *words, **more):
        self.words = [str(word) for word in words]
        self.out, self.err = [], []
        self.process = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, stdout=more.get("stdout", subprocess.PIPE),
                                        stderr=subprocess.PIPE, env=dict(environment, **more.get("env", {})),
                                        start_new_session=True)
        running.append(self)
        self.readers = [threading.Thread(target=self.collect, args=pair, daemon=True)
                        for pair in ((self.process.stdout, self.out), (self.process.stderr, self.err)) if pair[0]]
        for reader in self.readers:
            reader.start()

    @staticmethod
    def collect(stream, lines):
        for line in stream:
            lines.append(line.decode("utf-8").rstrip("\n"))

    def wait(self, seconds=PATIENCE):
        """Its exit status, once all its output is there."""
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError("%s did not end in %d s; stderr: %s" % (self.words, seconds, self.err))
        for reader in self.readers:
            reader.join(seconds)
        return status

    def send(self, number):
        self.process.send_signal(number)

    def end(self):
        if self in running:
            running.remove(self)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def rows(self):
        return [json.loads(line) for line in list(self.out)]


class Sondectl(Program):
    def __init__(self, *words, **more):
        super().__init__(SONDECTL, *words, **more)

    @property
    def port(self):
        """The port of "listening on ws://127.0.0.1:PORT/", which must be the first line of stderr."""
        until(lambda: self.err or self.process.poll() is not None, "the first line on stderr of %s" % self.words)
        if not self.err:  # it ended; what it said may still be on its way through the reader
            self.wait()
        assert self.err, "%s ended without a word" % self.words
        found = re.fullmatch(r"listening on ws://127\.0\.0\.1:(\d+)/", self.err[0])
        assert found, "first line on stderr: %r" % self.err[0]
        return int(found.group(1))


def listening(*words, **more):
    """sondectl on a free port."""
    return Sondectl("--listen", "127.0.0.1:0", *words, **more)


def start_board(port, *words):
    board = Program(BOARD, "--url", "ws://127.0.0.1:%d/" % port, "--parent", os.getpid(), *words)
    time.sleep(0.05)
    assert board.process.poll() is None, "the board did not start: %s" % board.err
    return board


def run(*words, **more):
    """A command that needs no board: (status, stdout lines, stderr lines)."""
    program = Sondectl(*words, **more)
    return program.wait(), program.out, program.err


def run_with_board(*words, board=(), elf=True):
    """A command against a fresh simulated board: the ended Program with .status."""
    program = listening(*(("--elf", BOARD) if elf else ()), *words)
    peer = start_board(program.port, *board)
    program.status = program.wait()
    peer.end()
    return program


class RawClient:
    """A WebSocket client written from RFC 6455 alone; sends what it is told, right or wrong."""

    def __init__(self, port, path="/", masked=True, headers=()):
        self.masked = masked
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        request = ["GET %s HTTP/1.1" % path, "Host: 127.0.0.1", "Upgrade: websocket", "Connection: Upgrade",
                   "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==", "Sec-WebSocket-Version: 13"] + list(headers)
        self.socket.sendall("\r\n".join(request + ["", ""]).encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.fill()
        self.head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        self.status = int(self.head.split()[1])

    def fill(self):
        data = self.socket.recv(65536)
        if not data:
            raise EOFError("the server closed the connection")
        self.buffer += data

    def take(self, size):
        while len(self.buffer) < size:
            self.fill()
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data

    def frame(self, payload, opcode=1, last=True):
        head = bytes([(0x80 if last else 0) | opcode])
        mask_bit = 0x80 if self.masked else 0
        if len(payload) < 126:
            head += bytes([mask_bit | len(payload)])
        elif len(payload) < 65536:
            head += bytes([mask_bit | 126]) + struct.pack(">H", len(payload))
        else:
            head += bytes([mask_bit | 127]) + struct.pack(">Q", len(payload))
        if not self.masked:
            return head + payload
        key = os.urandom(4)
        return head + key + bytes(byte ^ key[i % 4] for i, byte in enumerate(payload))

    def send_text(self, text, **more):
        self.socket.sendall(self.frame(text.encode(), **more))

    def receive(self):
        """(opcode, payload) of the next frame; a server never masks."""
        first, second = self.take(2)
        assert second & 0x80 == 0, "the server masked a frame"
        size = second & 0x7f
        if size == 126:
            size = struct.unpack(">H", self.take(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.take(8))[0]
        return first & 0x0f, self.take(size)

    def close(self):
        self.socket.close()


class FakeBoard(threading.Thread):
    """A board that answers in Python: by default as the original gateway does, one value at a time."""

    def __init__(self, port, memory=None, name=None, **more):
        super().__init__(daemon=True)
        self.client = RawClient(port, **more)
        self.memory = dict(memory or {})  # address: value of 32 bits
        self.board_name = name  # Thread has a name of its own
        self.asked = []  # commands as they came
        self.start()

    def run(self):
        try:
            while True:
                opcode, payload = self.client.receive()
                if opcode == 8:
                    return
                if opcode == 1:
                    command = json.loads(payload)
                    self.asked.append(command)
                    answer = self.answer(command)
                    if answer is not None:
                        self.client.send_text(json.dumps(answer))
        except (EOFError, OSError):
            pass

    def answer(self, command):
        kind = command.get("cmd")
        if kind == "init":
            answer = {"res": "init", "con_id": command.get("con_id", "00")}
            if self.board_name:
                answer["device"] = self.board_name
            return answer
        if kind not in ("mem_read", "mem_write"):
            return None  # the original prints and stays silent
        address, bits = int(command["add"], 16), int(command["size"])
        if kind == "mem_write":
            self.memory[address] = int(command["data"][2:], 2)
            return {"res": "mem_write", "add": command["add"], "state": "success"}
        if address not in self.memory:
            return {"res": "mem_read", "add": command["add"], "value": None, "error": "SHORT_UPLOAD failed"}
        return {"res": "mem_read", "add": command["add"], "value": "0b" + format(self.memory[address], "0%db" % bits)}

    def close(self):
        self.client.close()


def main(tests):
    """Runs the functions one after the other as TAP."""
    print("1..%d" % len(tests), flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        title = "%d - %s" % (number, test.__name__.replace("_", " "))
        try:
            test()
            print("ok " + title, flush=True)
        except Exception:
            failed += 1
            print("not ok " + title)
            print("# " + traceback.format_exc().rstrip().replace("\n", "\n# "), flush=True)
        end_all()
    sys.exit(1 if failed else 0)


__all__ = [name for name in dir() if not name.startswith("_")]
