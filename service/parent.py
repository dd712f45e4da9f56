"""The side of a process that `serve` started: it waits for orders, and does not outlive who gave them."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

# How long a process that has lost its parent may take to end tidily.
PATIENCE = 4.0


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

    def wait_for_orders(self) -> Orders:
        """Wait until it is time to begin; end quietly when the parent goes first."""
        message, files, _, _ = socket.recv_fds(self.connection, 1_000_000, 8)
        if not message:
            os._exit(0)
        return Orders(json.loads(message), tuple(files))

    def report_ready(self) -> None:
        """Say that the first part of the work, on which others wait, is done."""
        self.connection.send(b"r")

    def when_gone(self, stop: Callable[[], object]) -> None:
        """Stop this process when the parent is gone; at once, if it does not stop in time."""

        def watch() -> None:
            self.connection.recv(1)
            stop()
            time.sleep(PATIENCE)
            os._exit(1)

        threading.Thread(target=watch, name="parent watch", daemon=True).start()
