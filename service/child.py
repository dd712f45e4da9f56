"""One process that `serve` looks after: started early, told to begin later, and started again if it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from service.parent import Orders, send_orders

# What a child ends with when it has itself said, in one sentence, why.
SAID_WHY = 3

NAMES = {"api": "the API", "work": "the worker"}
# After each failure the pause doubles; after a minute without one it is short again.
SHORTEST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 0.25, 30.0, 60.0


class Child:
    """A process with one part of the work. Its connection closes with this process, which tells it to end."""

    def __init__(self, part: str) -> None:
        self.part = part
        self.pause = SHORTEST_PAUSE
        self.start()

    def __str__(self) -> str:
        return NAMES[self.part]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing behind when the start fails before anyone else looks after it."""
        self.end_by(0)

    def start(self) -> None:
        """Start the process; it loads its code, and waits for orders."""
        self.connection, theirs = socket.socketpair()
        self.connection.setblocking(False)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "service.supervised", self.part, str(theirs.fileno())],
                env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # so that Ctrl-C reaches us alone, and we end it in order
            )
        self.started = time.monotonic()
        self.ended: float | None = None
        self.is_ready = False

    def begin(self, orders: Orders) -> None:
        """Give it its orders. That it has ended meanwhile is noticed when its status is asked for."""
        self.orders = orders
        try:
            send_orders(self.connection, orders)
        except (BrokenPipeError, ConnectionResetError):
            return

    def status(self) -> int | None:
        """How it ended, or nothing while it runs."""
        return self.process.poll()

    def ready(self) -> bool:
        """Whether it has reported that what others wait for is done."""
        try:
            self.is_ready = self.is_ready or bool(self.connection.recv(1))
        except (BlockingIOError, ConnectionResetError):
            return False
        return self.is_ready

    def restart_when_due(self) -> bool:
        """Start it again, after a pause, if it has ended; tells whether it just ended."""
        if self.status() is None:
            return False
        now = time.monotonic()
        if self.ended is None:
            self.ended = now
            if now - self.started > STEADY_AFTER:
                self.pause = SHORTEST_PAUSE
            return True
        if now - self.ended >= self.pause:
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
            self.connection.close()
            self.start()
            self.begin(self.orders)
        return False

    def ask_to_stop(self) -> None:
        """Ask it to end tidily."""
        if self.status() is None:
            self.process.send_signal(signal.SIGTERM)

    def end_by(self, deadline: float) -> None:
        """Wait until it has ended, and end it at the deadline."""
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.connection.close()
