"""The one page that joins everything."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import FastAPI

from history.setup import set_up as set_up_history
from history.store import History
from service.master_key import read_master_key
from service.plain_error import PlainError
from service.settings import Settings
from workflows.casework import Casework


@dataclass(frozen=True, slots=True)
class Desk:
    """What one needs to work on cases: the way in, and the history behind it."""

    casework: Casework
    history: History


def now() -> datetime:
    """The service's clock: the only place that asks the computer for the time."""
    return datetime.now(UTC)


def dsn_of(settings: Settings) -> str:
    """The database. Raises PlainError when none is running or named."""
    if settings.database_url is None:
        raise PlainError("There is no database: start the service, or set PLACEMENTS_DATABASE_URL.")
    return settings.database_url


@contextmanager
def open_casework(settings: Settings) -> Iterator[Desk]:
    """Casework on the settings' database, closed again at the end."""
    history = History(dsn_of(settings), master_key=read_master_key(settings), pool_size=settings.pool_size)
    try:
        yield Desk(Casework(history, now), history)
    finally:
        history.close()


def prepare_database(settings: Settings) -> None:
    """Create the history and the read models in an empty database, or bring those there are up to date."""
    set_up_history(dsn_of(settings))


def fill_with_demo(settings: Settings) -> None:
    """Fill an empty database with an invented authority."""


def build_api(settings: Settings) -> FastAPI:
    """The web application."""
    app = FastAPI(title="Placements")

    @app.get("/health/live")
    def live() -> dict[str, str]:
        """Whether the process answers."""
        return {"status": "live"}

    return app


def run_worker(settings: Settings, stop: threading.Event) -> None:
    """Do what falls due until told to stop."""
    stop.wait()
