"""Who looked: at a child, at a record, or everything that one person looked at; and who tried and was turned away. Newest first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from uuid import UUID

import msgspec

from history.named_in_looks import naming
from history.reading import Reading
from history.whose_placements import children_of
from projections.look_rows import LookRow, rows_of
from projections.paging import BadMark, Page

AT_A_TIME = 200
"""Looks for which it is asked at once which of their records may be told."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which looks are asked for."""

    person_id: str | None = None
    about: frozenset[UUID] = frozenset()
    """At any of these records or children; all where there is none."""
    since: datetime | None = None
    until: datetime | None = None
    how: str | None = None
    failed: bool = False
    """Only attempts that showed nothing."""

    def fits(self, row: LookRow) -> bool:
        """Whether a look is one of those."""
        return (
            (self.person_id is None or row.person_id == self.person_id)
            and (not self.about or self._is_about(row))
            and (self.since is None or row.at >= self.since)
            and (self.until is None or row.at < self.until)
            and (self.how is None or row.how == self.how)
            and (not self.failed or row.outcome != "shown")
        )

    def _is_about(self, row: LookRow) -> bool:
        # Not by one set of them all: to hash the two hundred ids of a list takes longer than everything else here.
        about = self.about
        return (
            row.record_id in about or not about.isdisjoint(row.children) or not about.isdisjoint(row.records)
        )

    @property
    def names(self) -> list[str]:
        """By which of its ids the index finds them: the fewest."""
        if self.about:
            return [str(id) for id in self.about]
        return [self.person_id] if self.person_id is not None else []


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
        known = self.known({id for row in rows for id in (row.record_id, *row.records, *row.children) if id})
        for row in rows:
            told = _limited(row, known)
            own = row.organisation_id is not None and row.organisation_id == self.organisation_id
            # Who was not signed in is nobody's, and nothing is said of whose record it was.
            own = own or row.outcome == "not_signed_in"
            if own or row.record_id in known or told.records or told.children:
                yield told


@dataclass(frozen=True, slots=True)
class LooksFound(Page[LookRow]):
    """A page of looks."""

    back_to: datetime | None = None
    """Where so many were weighed that the page ends with few of them or none: the moment of the last; `next` goes on from there."""


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
        """Some looks. `at_most`: not many more than so many are weighed.

        Raises BadMark, Unavailable and Unreadable.
        """
        head = self._history.head()
        each, weighed = self._newest_first(sought, _read(after, head) or (head, 0)), 0
        found: list[LookRow] = []
        while len(found) <= limit and (some := list(islice(each, AT_A_TIME))):
            found += teller.told([row for row in some if sought.fits(row)])
            weighed += len(some)
            if at_most is not None and weighed >= at_most and len(found) <= limit:
                return LooksFound(found, _mark(some[-1]), head, some[-1].at)
        return LooksFound(found[:limit], _mark(found[limit - 1]) if len(found) > limit else None, head)

    def every(self, teller: MayBeTold, sought: Sought) -> Iterator[LookRow]:
        """All of them."""
        fitting = filter(sought.fits, self._newest_first(sought, (self._history.head(), 0)))
        while some := list(islice(fitting, AT_A_TIME)):
            yield from teller.told(some)

    def _newest_first(self, sought: Sought, mark: tuple[int, int]) -> Iterator[LookRow]:
        """Those that may be among them."""
        until, number = mark
        for stored in naming(self._history, sought.names, until):
            if sought.since is not None and stored.event.recorded_at < sought.since:
                # A look is written down after it was taken. So none of those that follow is of later.
                return
            for row in reversed(rows_of(stored, partial(children_of, self._history))):
                if not (number and row.batch == until and row.number >= number):
                    yield row


def _limited(row: LookRow, known: frozenset[UUID]) -> LookRow:
    if known.issuperset(row.children) and known.issuperset(row.records):
        return row
    children = tuple(id for id in row.children if id in known)
    records = tuple(id for id in row.records if id in known)
    missing = {*row.children, *row.records} - known
    return msgspec.structs.replace(row, children=children, records=records, not_told=len(missing))


def _mark(last: LookRow) -> str:
    return f"{last.batch}.{last.number}"


def _read(mark: str | None, head: int) -> tuple[int, int] | None:
    if mark is None:
        return None
    batch, dot, number = mark.partition(".")
    if not (dot and batch.isdecimal() and number.isdecimal() and len(mark) < 40) or int(batch) > head:
        raise BadMark
    return int(batch), int(number)
