"""All read models. To add one, write its file and name it here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from history.reading import Reading
from projections.agreements import AGREEMENTS
from projections.attendance_totals import ATTENDANCE_TOTALS
from projections.caseload import CASELOAD
from projections.children import CHILDREN
from projections.directory import DIRECTORY
from projections.due import DUE
from projections.grants import GRANTS
from projections.late_recording.counts import ENTRY_COUNTS
from projections.late_recording.entries import ENTRIES
from projections.late_recording.held import DUTIES_HELD
from projections.late_recording.improving import IMPROVEMENTS
from projections.organisations import ORGANISATIONS
from projections.outbox import OUTBOX
from projections.places import PLACES
from projections.table import Table
from projections.telling import Teller

TABLES: tuple[Table, ...] = (
    CHILDREN,
    CASELOAD,
    DIRECTORY,
    PLACES,
    AGREEMENTS,
    ORGANISATIONS,
    GRANTS,
    ATTENDANCE_TOTALS,
    DUE,
    OUTBOX,
    ENTRIES,
    ENTRY_COUNTS,
    DUTIES_HELD,
    IMPROVEMENTS,
)
"""Every read model that has a table."""


def teller_for(history: Reading, tables: Sequence[Table]) -> Teller:
    """Who tells the records that these read models are made from, with no more words than they show."""
    kinds = {table.of for table in tables}
    return Teller(history, kinds, sealed=kinds - {table.of for table in tables if table.shows_words})


class NoSuchReadModel(Exception):
    """There is no read model of this name."""

    def __init__(self, name: str) -> None:
        self.name = name
        known = ", ".join(table.name for table in TABLES)
        super().__init__(f"there is no read model {name}; there are: {known}")


def named(names: Iterable[str] = (), tables: Sequence[Table] = TABLES) -> tuple[Table, ...]:
    """The read models of these names; all of them where none is named. Raises NoSuchReadModel."""
    wanted = set(names)
    for name in wanted - {table.name for table in tables}:
        raise NoSuchReadModel(name)
    return tuple(table for table in tables if not wanted or table.name in wanted)


def with_lenders(some: Sequence[Table], tables: Sequence[Table] = TABLES) -> tuple[Table, ...]:
    """These read models, and those from which they borrow: whoever builds the one needs the other to be right."""
    lenders = {table.borrowed.lender for table in some if table.borrowed}
    lenders |= {name for table in some for name in table.leans_on}
    lenders |= {table.borrowed.lender for table in tables if table.borrowed and table.name in lenders}
    return tuple(table for table in tables if table in some or table.name in lenders)


def with_those_that_lean(some: Sequence[Table], tables: Sequence[Table] = TABLES) -> tuple[Table, ...]:
    """These read models, and those that lean on them: they waited while these had another shape, and join with them again."""
    names = {table.name for table in some}
    return tuple(table for table in tables if table.name in names or not names.isdisjoint(table.leans_on))
