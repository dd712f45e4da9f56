"""The process that answers requests."""

import signal
import socket
import threading

import uvicorn
from fastapi import FastAPI

from service.settings import Settings

# An open event stream would otherwise keep the process from ending for as long as the reader likes.
GRACE = 2


class Server(uvicorn.Server):
    """The web server; before it waits for what is still being answered, it lets those go who listen to the feed."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop, once the application knows of it."""
        closing: threading.Event | None = getattr(self.config.app.state, "closing", None)  # type: ignore[union-attr]
        if closing is not None:
            closing.set()
        await super().shutdown(sockets)


class ApiProcess:
    """The web server around the API."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        self.server = Server(
            uvicorn.Config(
                app,
                host=settings.host,
                port=settings.port,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
            )
        )

    def run(self, listening: socket.socket | None = None) -> None:
        """Answer requests until told to stop."""
        # The web server listens for these itself once it runs, and repeats them when it is done, to end as if
        # killed: ours comes before, for a request to stop that is early, and after, to end in peace.
        for stopping in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stopping, lambda *_: self.stop())
        self.server.run(sockets=[listening] if listening else None)

    def stop(self) -> None:
        """Finish what is being answered, and end."""
        self.server.should_exit = True
