"""Notes who looked from the terminal: the operating system's user, whom no role limits. It is on record before anything is shown."""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from uuid import UUID

from domain.looks import How, Look, Right
from service.desk import OpenDesk
from service.opening import now
from workflows.noting_looks import Noting


def user_at_terminal() -> str:
    """Who is at the terminal, as looks name them."""
    try:
        return f"{getpass.getuser()}@terminal"
    except (KeyError, OSError):
        return "unknown@terminal"


def note_at_terminal(
    desk: OpenDesk,
    command: str,
    *,
    how: How = "read",
    record_id: UUID | None = None,
    children: Iterable[UUID] = (),
    asked_by: Iterable[str] = (),
) -> None:
    """Write down that someone looked. `command` is what they typed, without ids. Raises what the history raises: then nothing is shown."""
    looks = Noting(desk.casework, part="terminal")
    look = Look(
        at=now(),
        person_id=user_at_terminal(),
        how=how,
        route=command,
        right=Right(row="terminal", machine=True),
        record_id=record_id,
        children=tuple(children),
        asked_by=tuple(asked_by),
        position=desk.history.head(),
    )
    looks.note(look)
    looks.write()
    looks.close()
