"""One opening of a page, which asks for several parts of a record, and again while it stays open: whoever opened it looked once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid5

import msgspec

from projections.look_rows import LookRow

A_MOMENT = timedelta(seconds=10)
"""What belongs to one opening lies no further apart. A program may say the same correlation id with all that it asks for: what it asks for
later is another look."""
OF_A_PAGE = ("followed", "listed", "read")
"""Ways of looking that are parts of opening a page; the last that there is says how it was looked at. Files and searches are told apart."""
REFRESH = 5
"""The version of correlation ids that a page sends while it stays open. Those of openings are random, which is version 4."""


@lru_cache(maxsize=4096)
def while_open(correlation_id: UUID) -> UUID:
    """The correlation id with which a page that was opened with this one brings itself up to date."""
    return correlation_id if correlation_id.version == REFRESH else uuid5(correlation_id, "while open")


@dataclass(slots=True)
class Opening:
    """What was asked for by one opening, the newest first."""

    rows: list[LookRow] = field(default_factory=list)
    began: datetime | None = None
    """When its parts were first asked for; none where only what came later is known."""

    def takes(self, row: LookRow, at: datetime) -> bool:
        """Whether this belongs to it. It comes after all that was asked for later."""
        if row.correlation_id is not None and row.correlation_id.version == REFRESH:
            return self.began is None
        self.began = self.began or at
        return abs(self.began - at) <= A_MOMENT


class ToldOnce(NamedTuple):
    """One opening before one record, or before lists, as people are told of it."""

    look: LookRow
    """The newest part of it; with the children of all of them."""
    routes: tuple[str, ...]
    """Those of all parts, in the order in which they were asked for."""
    opened_at: datetime | None
    until: datetime | None
    """When the last of them was asked for: later than `opened_at` where the page stayed open."""


def openings(rows: Iterable[LookRow]) -> list[Opening]:
    """Looks, the newest first, by the openings that they belong to. A look without a correlation id is one of its own, and so is each that
    was shown nothing. A page that stays open is looked at once a day."""
    found: list[Opening] = []
    newest: dict[Hashable, Opening] = {}
    for row in rows:
        opening = None
        if row.correlation_id is not None and row.at is not None and row.outcome == "shown":
            which = (
                while_open(row.correlation_id),
                row.at.date(),
                row.person_id,
                row.organisation_id,
                row.roles,
                "page" if row.how in OF_A_PAGE else row.how,
            )
            known = newest.get(which)
            if known is not None and known.takes(row, row.at):
                opening = known
            else:
                opening = newest[which] = Opening()
                opening.takes(row, row.at)
                found.append(opening)
        else:
            found.append(opening := Opening())
        opening.rows.append(row)
    return found


def how_of(rows: Iterable[LookRow]) -> str:
    """How it was looked at by an opening, as that part says of which one sees most."""
    return max((row.how for row in rows), key=lambda how: how in OF_A_PAGE and OF_A_PAGE.index(how))


def told_once(rows: Iterable[LookRow]) -> list[ToldOnce]:
    """The same for people who read of looks: each record that was opened, and with it the lists that show nobody else."""
    return [told for opening in openings(rows) for told in _told(opening)]


def _told(opening: Opening) -> list[ToldOnce]:
    parts: defaultdict[tuple[UUID | None, int | None], list[LookRow]] = defaultdict(list)
    for row in opening.rows:
        parts[row.record_id, row.as_of].append(row)
    for record_id, as_of in [which for which in parts if which[0] is None]:
        lists = parts[record_id, as_of]
        shown = _children(lists)
        for record, then in parts:
            at_it = parts[record, then]
            if (
                record
                and then == as_of
                and shown <= _children(at_it)
                and not any(row.not_told for row in lists)
            ):
                at_it += parts.pop((record_id, as_of))
                break
    return [_as_one(some) for some in parts.values()]


def _as_one(rows: list[LookRow]) -> ToldOnce:
    rows.sort(key=lambda row: (row.batch, row.number))
    newest = next((row for row in reversed(rows) if row.record_id is not None), rows[-1])
    look = msgspec.structs.replace(
        newest,
        how=how_of(rows),
        children=tuple(dict.fromkeys(child for row in rows for child in row.children)),
        not_told=max(row.not_told for row in rows),
    )
    return ToldOnce(look, tuple(row.route for row in rows), rows[0].at, rows[-1].at)


def _children(rows: Iterable[LookRow]) -> frozenset[UUID]:
    return frozenset(child for row in rows for child in row.children)
