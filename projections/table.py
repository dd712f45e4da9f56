"""What a read model is: a table whose rows follow from one record, and perhaps a few words lent by another table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

import msgspec

from domain.events import Event
from domain.record import Record


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What every row tells of the record that it was made from."""

    version: int
    """The record's version."""
    position: int
    """The position in the history of the record's last event."""
    stale: bool = False
    """Whether a later event of the record could not be taken in; it is parked, and someone has to look."""


@dataclass(frozen=True, slots=True)
class Borrowed:
    """Columns whose values another table lends: they follow when the lender's row changes."""

    lender: LiteralString
    """The table that lends."""
    key: LiteralString
    """The column that names the lender's row; it has the same name in both tables."""
    columns: Mapping[LiteralString, LiteralString]
    """Each borrowed column, and what it is worth: an expression over the lender `l`, which may be missing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A read model: its table, the records it is made from, and how."""

    name: LiteralString
    of: type[Record]
    """The kind of record that its rows follow from."""
    create: LiteralString
    """CREATE TABLE, without a schema, so that it can be built beside the one in use."""
    indexes: LiteralString
    """CREATE INDEX statements, for after a bulk load."""
    key: tuple[LiteralString, ...]
    """The columns that tell rows apart."""
    record: LiteralString
    """The column with the record's id."""
    row: type[Row]
    """The columns of its own."""
    rows: Callable[[Any, int], Iterable[Row]]
    """The rows of a record whose last event has this position. Nothing else may go into them."""
    shows_words: bool = False
    """Whether its rows hold personal words. Where none of a kind's tables does, its words are not even opened."""
    several: bool = False
    """Whether a record may have any number of rows."""
    borrowed: Borrowed | None = None
    kept: bool = False
    """Whether what its rows were is kept when they are replaced, because its lists are long: one row a record. See `kept_rows.py`."""
    gathered: bool = False
    """Whether its rows are put together from all records of a file, where one alone does not tell them: see `gathering.py`."""
    leans_on: tuple[LiteralString, ...] = ()
    """The tables without which its rows cannot be made."""
    of_event: Callable[[Any, Event, int], Row | None] | None = None
    """The row of one event of a record, at a position; none where it has none. Then nothing follows from the record as a whole: a row
    is written once, with its event, and the ones before it are not written again."""
    derived: bool = False
    """Whether its rows follow from those of other tables, by statements of their own: see `late_recording/keeping.py`."""
    indexes_of_the_past: LiteralString = ""
    """For rows as they were, which are looked at for a minute: those of `indexes` that are worth it, where not all of them are."""
    edition: int = 1
    """Raise it when the same records shall give other rows: the table is then rebuilt, as when its columns change."""

    @property
    def later(self) -> bool:
        """Whether its rows take long to make, because more than one record is looked at: then those of the others do not wait for them."""
        return self.gathered or self.derived or self.of_event is not None

    @property
    def shape(self) -> str:
        """Changes when the table has to be rebuilt."""
        lent = f"{self.borrowed.lender} {dict(self.borrowed.columns)}" if self.borrowed else ""
        kept = " kept" if self.kept else ""
        text = f"{self.edition} {self.create} {self.indexes} {lent}{kept}"
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its own, as its rows have them."""
        return self.row.__struct_fields__


def no_rows(record: Record, position: int) -> Iterable[Row]:
    """The rows of a record in a table whose rows follow from something else."""
    return ()
