"""The process that answers requests."""

import signal
import socket

import uvicorn
from fastapi import FastAPI

from service.logging_setup import set_up_logging
from service.settings import Settings

# An open event stream would otherwise keep the process from ending for as long as the reader likes.
GRACE = 3


class ApiProcess:
    """The web server around the API."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        set_up_logging(settings.log_level)
        self.server = uvicorn.Server(
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
        # The web server handles these itself and repeats them when done: that shall not end us as if killed.
        for stopping in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stopping, lambda *_: None)
        self.server.run(sockets=[listening] if listening else None)

    def stop(self) -> None:
        """Finish what is being answered, and end."""
        self.server.should_exit = True
