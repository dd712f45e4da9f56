"""Opens casework on a database: all that most commands need, apart from the wiring of the API, which takes seconds to load."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from history.store import History
from service.master_key import master_keys
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
    history = History(dsn_of(settings), master_key=master_keys(settings), pool_size=settings.pool_size)
    try:
        yield Desk(Casework(history, now), history)
    finally:
        history.close()
