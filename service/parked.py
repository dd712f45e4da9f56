"""What could not be taken in, acted on or sent, wherever it is parked: told in one list, and tried again by one command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from history.store import History
from projections.reading import ReadModels
from projections.rebuilding import rebuild
from projections.tables import TABLES
from service.triggering.again import act_again, parked_causes
from workflows.casework import Casework

Where = Literal["read_models", "triggers", "messages"]


class Entry(NamedTuple):
    """One thing that is parked. Nothing of it is a personal word."""

    where: Where
    what: str
    """The read model, the trigger, or the template of the message."""
    id: str
    """The record, the cause, or the message."""
    position: int | None
    error: str
    """The class of the error, or the code of the carrier."""
    since: datetime


class Retried(NamedTuple):
    """What came of trying again."""

    where: Where
    what: str
    error: str
    """Empty where it is done."""


def parked(history: History, read_models: ReadModels) -> list[Entry]:
    """Everything that is parked. Raises Unavailable."""
    found = [
        Entry("read_models", one.name or "every", str(one.record_id), one.position, one.error, one.parked_at)
        for one in read_models.parked()
    ]
    for undone in parked_causes(history):
        if undone.wanted is not None:
            at = int(undone.wanted.cause) if undone.wanted.cause.isdecimal() else None
            since = undone.wanted.recorded_at
            found.append(
                Entry(
                    "triggers",
                    undone.wanted.trigger,
                    undone.wanted.cause,
                    at,
                    undone.wanted.failed_with,
                    since,
                )
            )
    found += [
        Entry("messages", one.template, str(one.message_id), one.position, one.code, one.at)
        for one in read_models.messages.given_up()
    ]
    return found


def try_again(casework: Casework, history: History, dsn: str, entries: list[Entry]) -> Iterator[Retried]:
    """Take in, act on and so again all that a mended program can: read models are made anew, triggers act.

    A message that a carrier did not take is not sent again from here: whether it still should be is for a person to say.
    Raises Unavailable and AlreadyRebuilding.
    """
    names = {entry.what for entry in entries if entry.where == "read_models"}
    if names:
        every = "every" in names
        built = rebuild(history, dsn, () if every else names & {table.name for table in TABLES})
        left = f"{built.parked} records are parked again" if built.parked else ""
        yield Retried("read_models", ", ".join(sorted(names)), left)
    if any(entry.where == "triggers" for entry in entries):
        for wanted, error in act_again(casework, history, dsn):
            yield Retried("triggers", f"{wanted.trigger} ({wanted.cause})", error)
