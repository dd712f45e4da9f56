"""Takes a file in, portion by portion: each is decided on records that were loaded together, and stored at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, islice
from typing import Protocol
from uuid import UUID

from domain.record import Record
from service.imports.cells import Cells
from service.imports.outcomes import Outcome, RowRefused, Tally
from service.imports.rows_seen import RowsSeen
from service.imports.source_file import Layout, Row, SourceFile
from service.imports.writing import Writing
from service.out_tray import OutTray, Overtaken
from service.plain_error import PlainError
from workflows.casework import ATTEMPTS, Casework, Store

PORTION = 100
"""Entries that are stored together. Whatever breaks an import off loses no more, and they are taken in again."""
LONGEST_ENTRY = 500
"""Rows that are brought in together at most, however many say that they belong together."""


@dataclass(slots=True)
class Reading:
    """A row being taken in."""

    row: Row
    key: str
    outcome: Outcome
    refused: RowRefused | None = None
    """Why it is not even looked at."""
    twin: int | None = None
    """The row that said the same before."""

    def cells(self) -> Cells:
        """Its cells. Raises RowRefused where the row could not be taken apart."""
        return Cells(self.row, self.outcome)


class Kind(Protocol):
    """A kind of file: what its rows are about and how they are brought in."""

    layout: Layout
    reason_code: str
    same: str
    """What two rows share that have the same key."""

    def key(self, cells: Cells) -> str:
        """What tells the row from all others. Raises RowRefused."""

    def together(self, row: Row) -> str | int:
        """Rows that follow each other and share this are one entry."""

    def records(self, row: Row) -> dict[UUID, type[Record]]:
        """The records that a row is about."""

    def bring_in(self, entry: list[Reading], writing: Writing) -> None:
        """Take an entry in. Raises RowRefused for all of its rows; what is wrong with one row goes into its outcome."""


@dataclass(slots=True)
class Taken:
    """What an import came to."""

    tally: Tally = field(default_factory=Tally)
    position: int = 0
    """How far the history has reached; 0 where nothing was written."""


def take_in(
    source: SourceFile,
    kind: Kind,
    history: Store,
    clock: Callable[[], datetime],
    tell: Callable[[Outcome], None] = lambda outcome: None,
    begin: Callable[[Writing], None] = lambda writing: None,
) -> Taken:
    """Take every row in and tell what became of it; what is told is stored. Raises PlainError.

    `begin` does what must be there before the first row.
    """
    tray, taken = OutTray(history), Taken()
    writing = Writing(tray, Casework(tray, clock), kind.reason_code, clock())
    begin(writing)
    taken.position = tray.post()
    with RowsSeen() as seen:
        entries = _entries(source, kind, seen)
        while portion := list(islice(entries, PORTION)):
            before = tray.position
            _store(portion, kind, writing)
            taken.position = max(taken.position, tray.position if tray.position != before else 0)
            for reading in (reading for entry in portion for reading in entry):
                tell(reading.outcome)
                taken.tally.add(reading.outcome)
    return taken


def _entries(source: SourceFile, kind: Kind, seen: RowsSeen) -> Iterator[list[Reading]]:
    for _, rows in groupby(source.rows(), kind.together):
        while entry := [_read(row, kind, seen) for row in islice(rows, LONGEST_ENTRY)]:
            yield entry


def _read(row: Row, kind: Kind, seen: RowsSeen) -> Reading:
    reading = Reading(row, "", Outcome(row.number))
    try:
        reading.key = kind.key(reading.cells())
        reading.twin = seen.twin_of(reading.key, row, kind.same)
    except RowRefused as refused:
        reading.refused = refused
    return reading


def _store(portion: list[list[Reading]], kind: Kind, writing: Writing) -> None:
    for _ in range(ATTEMPTS):
        try:
            wanted: dict[UUID, type[Record]] = {}
            for reading in (reading for entry in portion for reading in entry):
                if reading.refused is None:
                    wanted |= kind.records(reading.row)
            writing.tray.look_ahead(wanted)
            for entry in portion:
                _bring_in(entry, kind, writing)
            writing.tray.post()
        except Overtaken:
            continue
        return
    raise PlainError(
        "Others kept changing the same records. Run the import again: what was taken is not taken twice."
    )


def _bring_in(entry: list[Reading], kind: Kind, writing: Writing) -> None:
    new = []
    for reading in entry:
        reading.outcome = Outcome(reading.row.number)
        if reading.refused is not None:
            reading.outcome.refusals.append(reading.refused)
        elif reading.twin is not None:
            reading.outcome.note("the same row came before", f"row {reading.twin}")
        else:
            new.append(reading)
    if not new:
        return
    try:
        kind.bring_in(new, writing)
    except RowRefused as refused:
        for reading in new:
            reading.outcome.refusals.append(refused)
