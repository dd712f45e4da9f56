"""What a command of the command line works at: the database running, and casework on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

# What is noted beside casework is in the history too: whoever reads it has to know these kinds of event.
import domain.access_events
import domain.looks
import domain.upkeep  # noqa: F401
from history.connecting import NotReady
from history.keys import WrongMasterKey
from history.store import History
from service.opening import open_casework
from service.plain_error import PlainError
from service.running_database import running_database
from service.settings import Settings, read_settings
from workflows.casework import Casework


class OpenDesk(NamedTuple):
    """The settings in use, the one way in, and the history behind it."""

    settings: Settings
    casework: Casework
    history: History


@contextmanager
def open_desk(dsn: str | None, data: Path | None) -> Iterator[OpenDesk]:
    """Run the database for as long as the command takes. Raises PlainError where it was not set up."""
    with running_database(read_settings(database_url=dsn, data=data)) as settings, ExitStack() as at_the_end:
        try:
            desk = at_the_end.enter_context(open_casework(settings))
        except NotReady as problem:
            why = str(problem).splitlines()[0].rstrip(".")
            raise PlainError(f"{why.replace('the set-up command', '`placements setup`')}.") from None
        except WrongMasterKey:
            raise PlainError("The master key is not the one that this database was written with.") from None
        yield OpenDesk(settings, desk.casework, desk.history)
