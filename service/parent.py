"""The side of a process that `serve` started: it waits for orders, and does not outlive who gave them."""

import json
import os
import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

# How long a process that has lost its parent may take to end tidily.
PATIENCE = 4.0
LONGEST_ORDERS = 1_000_000


@dataclass(frozen=True)
class Orders:
    """What the parent says when it is time to begin."""

    environment: dict[str, str]
    """The settings."""

    files: tuple[int, ...] = ()
    """Open files to work with, or to keep open for as long as the work takes."""


def send_orders(connection: socket.socket, orders: Orders) -> None:
    """Tell a child to begin."""
    socket.send_fds(connection, [json.dumps(orders.environment).encode()], list(orders.files))


class Parent:
    """The connection to the process that started this one; it closes however that process ends."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._orders: queue.SimpleQueue[Orders] = queue.SimpleQueue()
        self._stop: Callable[[], object] = lambda: os._exit(1)
        threading.Thread(target=self._listen, name="parent", daemon=True).start()

    def wait_for_orders(self) -> Orders:
        """Wait until it is time to begin."""
        return self._orders.get()

    def report_ready(self) -> None:
        """Say that the first part of the work, on which others wait, is done."""
        self.connection.send(b"r")

    def when_gone(self, stop: Callable[[], object]) -> None:
        """How to stop when the parent is gone; until this is said, we end at once."""
        self._stop = stop

    def _listen(self) -> None:
        # It is reset, and not closed, by a parent that ended without having read that we are ready.
        with suppress(ConnectionResetError):
            message, files, _, _ = socket.recv_fds(self.connection, LONGEST_ORDERS, 8)
            if message:
                self._orders.put(Orders(json.loads(message), tuple(files)))
                self.connection.recv(1)
        self._stop()
        time.sleep(PATIENCE)
        os._exit(1)
