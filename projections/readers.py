"""What the looks add up to: how much each person read, what a child is told of who looked, and where looks are missing.

The counts accuse nobody. Whoever covers for others reads much, and whoever works shifts reads at night; a count only says where to ask.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from domain.working_days import is_working_day
from history.looks_added_up import missing_batches, processes_that_noted
from history.reading import Reading
from projections.look_rows import LookRow
from projections.openings import how_of, openings

LONDON = ZoneInfo("Europe/London")
OFFICE_HOURS = time(7), time(19)
"""A choice of our own: what lies outside, or on a day that is no working day, is counted apart."""
ARRANGED_BY_THEM = frozenset({"commissioner", "home_school", "provider", "school"})
"""How those stand to a child who have daily work with them. An authority also sees what others arrange."""


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """How much one person looked at, acting for one organisation."""

    person_id: str
    organisation_id: UUID | None
    looks: int
    children: int
    """Different children whose records were opened, one by one."""
    children_arranged_by_others: int
    """Those of them whom another organisation has placed, or teaches."""
    children_in_files: int
    """Different children in files that were taken away."""
    searches: int
    out_of_hours: int
    not_found: int
    """Records asked for that were not there for them."""
    refused: int


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What a child, or who speaks for them, is told of looks at their records: whose people and in which role, and no officer's name."""

    on: date
    organisation_id: UUID | None
    roles: tuple[str, ...]
    how: str
    times: int


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """The looks that one process noted, and whether any are missing."""

    process: UUID
    part: str
    began_at: datetime
    last_heard_at: datetime
    ended: bool
    """In order. If not, it runs, or it was killed: then up to a second of looks after `last_heard_at` may be lost."""
    looks: int
    missed: int
    """Looks for which there was no room while the database was away."""
    missing_batches: tuple[int, ...]
    """Numbers of batches that are not in the history: they were taken away."""


class _Of(NamedTuple):
    person_id: str
    organisation_id: UUID | None


def readers_of(rows: Iterable[LookRow]) -> list[Reader]:
    """Everyone who looked, those who opened the records of most children first."""
    counts: defaultdict[_Of, Counter[str]] = defaultdict(Counter)
    opened: defaultdict[_Of, set[UUID]] = defaultdict(set)
    others: defaultdict[_Of, set[UUID]] = defaultdict(set)
    taken: defaultdict[_Of, set[UUID]] = defaultdict(set)
    for row in rows:
        if not row.person_id or row.at is None:
            continue
        who = _Of(row.person_id, row.organisation_id)
        counts[who].update({"looks": row.times, row.how: row.times, row.outcome: row.times})
        if out_of_hours(row.at):
            counts[who]["out_of_hours"] += row.times
        if row.how == "exported":
            taken[who].update(row.children)
        if row.how == "read" and row.outcome == "shown":
            opened[who].update(row.children)
            if row.children and ARRANGED_BY_THEM.isdisjoint(row.relations):
                others[who].update(row.children)
    found = [
        Reader(
            person_id=who.person_id,
            organisation_id=who.organisation_id,
            looks=of["looks"],
            children=len(opened[who]),
            children_arranged_by_others=len(others[who]),
            children_in_files=len(taken[who]),
            searches=of["searched"],
            out_of_hours=of["out_of_hours"],
            not_found=of["not_found"],
            refused=of["not_permitted"],
        )
        for who, of in counts.items()
    ]
    return sorted(found, key=lambda reader: (-reader.children, -reader.looks, reader.person_id))


def out_of_hours(at: datetime) -> bool:
    """Whether it was night, a weekend or a bank holiday in England."""
    local = at.astimezone(LONDON)
    begin, end = OFFICE_HOURS
    return not begin <= local.time() < end or not is_working_day(local.date())


def told_to_the_child(rows: Iterable[LookRow]) -> list[Told]:
    """The looks that showed something, day by day, newest first. One opening of a page is one look, however long it stayed open that
    day."""
    times = Counter(
        (row.at.astimezone(LONDON).date(), row.organisation_id, row.roles, how_of(opening.rows))
        for opening in openings(rows)
        if (row := opening.rows[-1]).outcome == "shown" and row.at is not None
    )
    found = [
        Told(on=on, organisation_id=organisation, roles=roles, how=how, times=n)
        for (on, organisation, roles, how), n in times.items()
    ]
    return sorted(
        found, key=lambda told: (told.on, str(told.organisation_id), told.roles, told.how), reverse=True
    )


def processes_of(history: Reading) -> list[Process]:
    """Every process that noted looks, the newest first. Raises Unavailable."""
    return [
        Process(
            process=process,
            part=part,
            began_at=began_at,
            last_heard_at=last_heard_at,
            ended=ended,
            looks=looks,
            missed=missed,
            missing_batches=missing_batches(history, process, last) if batches < last else (),
        )
        for process, part, began_at, last_heard_at, last, batches, looks, missed, ended in processes_that_noted(
            history
        )
    ]
