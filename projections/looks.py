"""Who looked: at a child, at a record, or everything that one person looked at; and who tried and was turned away. Newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from uuid import UUID

import msgspec

from history.named_in_looks import NotRead, naming
from history.reading import Reading
from history.whose_placements import children_of
from projections.look_rows import LookRow, Noted, Rows, noted_in
from projections.paging import BadMark, Page
from projections.sought_looks import Sought, fitting

AT_A_TIME = 200
"""Where all looks are asked for: those for which it is asked at once which of their records may be told."""


@dataclass(frozen=True, slots=True)
class MayBeTold:
    """Who asks: they are told of the looks of their own organisation's people, and of those at records that they may know of."""

    organisation_id: UUID | None
    known: Callable[[Collection[UUID]], frozenset[UUID]]
    everything: bool = False
    """Whoever runs the service, at its terminal."""

    def told(self, rows: Sequence[LookRow]) -> Iterator[LookRow]:
        """Those of the looks, with those of the records."""
        if self.everything:
            yield from rows
            return
        # The same page was shown to many: each list of ids is gone through once, for to hash them takes longer than all else.
        lists = {id(ids): ids for row in rows for ids in (row.records, row.children)}
        asked = set().union(*lists.values(), (row.record_id for row in rows if row.record_id))
        known = self.known(asked)
        whole = {key for key, ids in lists.items() if known.issuperset(ids)}
        for row in rows:
            told = row if {id(row.records), id(row.children)} <= whole else _limited(row, known)
            own = row.organisation_id is not None and row.organisation_id == self.organisation_id
            # Who was not signed in is nobody's, and nothing is said of whose record it was.
            own = own or row.outcome == "not_signed_in"
            # Nor is what cannot be read at all.
            own = own or row.at is None
            if own or row.record_id in known or told.records or told.children:
                yield told


@dataclass(frozen=True, slots=True)
class LooksFound(Page[LookRow]):
    """A page of looks."""

    back_to: datetime | None = None
    """Where so many were weighed that the page ends with few of them or none: the moment of the last; `next` goes on from there."""


class Weighing:
    """Looks that fit, until so many were weighed."""

    def __init__(self, each: Iterator[Noted], fits: Callable[[Noted], bool], at_most: int | None) -> None:
        self._each, self._fits, self._at_most = each, fits, at_most
        self.ended_with: Noted | None = None
        """The last of as many as are weighed; none while there were fewer."""

    def __iter__(self) -> Iterator[Noted]:
        for number, noted in enumerate(self._each, start=1):
            if number == self._at_most:
                self.ended_with = noted
            if self._fits(noted):
                yield noted
            if self.ended_with is not None:
                return


class Looks:
    """The looks that are in the history. Those of the last second may not be there yet."""

    def __init__(self, history: Reading) -> None:
        self._history = history

    def page(
        self,
        teller: MayBeTold,
        sought: Sought,
        *,
        after: str | None = None,
        limit: int = 50,
        at_most: int | None = None,
    ) -> LooksFound:
        """Some looks. `at_most`: no more than so many are weighed.

        Raises BadMark, Unavailable and Unreadable.
        """
        head = self._history.head()
        each = self._newest_first(sought, _read(after, head) or (head, 0))
        weighing, rows = Weighing(each, fitting(self._history, sought), at_most), self._rows()
        those = iter(weighing)
        found: list[LookRow] = []
        # For most pages one question is enough, since nearly all that fit may be told.
        while len(found) <= limit and (some := list(islice(those, limit + 1))):
            found += teller.told(rows.of(some))
        if len(found) <= limit and (last := weighing.ended_with):
            return LooksFound(found, _mark(last), head, last.look.at)
        return LooksFound(found[:limit], _mark(found[limit - 1]) if len(found) > limit else None, head)

    def every(self, teller: MayBeTold, sought: Sought) -> Iterator[LookRow]:
        """All of them."""
        rows = self._rows()
        every = self._newest_first(sought, (self._history.head(), 0))
        those = filter(fitting(self._history, sought), every)
        while some := list(islice(those, AT_A_TIME)):
            yield from teller.told(rows.of(some))

    def _newest_first(self, sought: Sought, mark: tuple[int, int]) -> Iterator[Noted]:
        """Those that may be among them."""
        until, number = mark
        for stored in naming(self._history, sought.names, until, sought.person_id if sought.about else None):
            noted_at = None if isinstance(stored, NotRead) else stored.event.recorded_at
            if sought.since is not None and noted_at is not None and noted_at < sought.since:
                # A look is written down after it was taken. So none of those that follow is of later.
                return
            for noted in reversed(noted_in(stored)):
                if not (number and noted.batch == until and noted.number >= number):
                    yield noted

    def _rows(self) -> Rows:
        return Rows(partial(children_of, self._history))


def _limited(row: LookRow, known: frozenset[UUID]) -> LookRow:
    children = tuple(id for id in row.children if id in known)
    records = tuple(id for id in row.records if id in known)
    missing = {*row.children, *row.records} - known
    return msgspec.structs.replace(row, children=children, records=records, not_told=len(missing))


def _mark(last: LookRow | Noted) -> str:
    return f"{last.batch}.{last.number}"


def _read(mark: str | None, head: int) -> tuple[int, int] | None:
    if mark is None:
        return None
    batch, dot, number = mark.partition(".")
    if not (dot and batch.isdecimal() and number.isdecimal() and len(mark) < 40) or int(batch) > head:
        raise BadMark
    return int(batch), int(number)
