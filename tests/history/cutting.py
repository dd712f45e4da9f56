"""A line to a PostgreSQL server that can be cut when the work is done and the answer is still on its way."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Self

from psycopg.conninfo import conninfo_to_dict, make_conninfo


class Cutting:
    """Carries bytes between clients and a server on a socket in a folder."""

    def __init__(self, dsn: str) -> None:
        parts = conninfo_to_dict(dsn)
        self._server = f"{parts['host']}/.s.PGSQL.{parts.get('port', 5432)}"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=self._listener.getsockname()[1])
        self._open: set[socket.socket] = set()
        self._cut_before_answer = threading.Event()
        self._dead = threading.Event()
        self.cuts = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.close()
        self._cut_all()

    def cut_before_the_next_answer(self) -> None:
        """The next thing asked is carried to the server and done there; its answer is lost with the line."""
        self._cut_before_answer.set()

    def die(self) -> None:
        """All lines are cut, and new ones too."""
        self._dead.set()
        self._cut_all()

    def revive(self) -> None:
        """New lines work again."""
        self._dead.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            self._open |= {client, server}
            if self._dead.is_set():
                self._close(client, server)
            threading.Thread(target=self._carry, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(server, client, True), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if is_answer and self._cut_before_answer.is_set():
                    self._cut_before_answer.clear()
                    self.cuts += 1
                    break
                sink.sendall(data)
        self._close(source, sink)

    def _close(self, *ends: socket.socket) -> None:
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            self._open.discard(end)

    def _cut_all(self) -> None:
        self._close(*list(self._open))
