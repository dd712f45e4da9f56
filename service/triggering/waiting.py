"""Duties that are still undone so many working days after their day: which of them passed that line between two instants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.guidance import Parameters
from domain.organisation import Organisation
from domain.record import Record
from domain.working_days import london_day
from history.store import History
from projections.due import DueColumns
from projections.falling import Falling
from workflows.published import Published
from workflows.triggers.instants import overdue_for
from workflows.triggers.trigger import Trigger

LONGEST_WAIT = timedelta(days=120)
"""How far back a duty may have fallen due for a trigger that waits: more than the 40 working days that may be published."""
VERSIONS: LiteralString = """
    SELECT id, (SELECT max(originator_version) FROM history.events WHERE originator_id = id AND notification_id <= %(as_at)s)
    FROM unnest(%(ids)s::uuid[]) AS asked (id)
"""

DaysOf = Callable[[str, UUID | None, date], int]


class Passed(NamedTuple):
    """A duty, the parameter that says for how many working days it has been overdue, and the instant at which it had been."""

    duty: DueColumns
    waits: str
    at: datetime


class Waiting:
    """Duties that count alike pass the line together: they are looked at as one, and only those that passed it are read."""

    def __init__(self, falling: Falling, history: History, triggers: Sequence[Trigger]) -> None:
        self._falling, self._history = falling, history
        self._waits = {trigger.waits: trigger.duties for trigger in triggers if trigger.waits}
        self._rules = sorted({rule for rules in self._waits.values() for rule in rules})
        self._published = Published(history)
        self._organisations: dict[UUID, tuple[int, Organisation]] = {}

    def passed(self, after: datetime, until: datetime, head: int) -> Iterator[Passed]:
        """What passed its line after one instant and by another, as the numbers stood at a position. Raises Unavailable."""
        if not self._rules:
            return
        alike = self._falling.alike_overdue(self._rules, after - LONGEST_WAIT, until)
        days = self._days({one.organisation_id for one in alike if one.organisation_id}, until, head)
        due_days = {
            one.due_on
            for waits, rules in self._waits.items()
            for one in alike
            if one.rule in rules
            and after
            < overdue_for(one.due_on, one.last_known_at, days(waits, one.organisation_id, one.anchor_on))
        }
        if not due_days:
            return
        rows = self._falling.still_overdue(self._rules, sorted(due_days), until)
        for waits, rules in self._waits.items():
            for row in rows:
                if row.rule in rules:
                    wait = days(waits, row.organisation_id, row.anchor_on)
                    at = overdue_for(row.due_on, row.known_at, wait)
                    if after < at <= until:
                        yield Passed(row, waits, at)

    def _days(self, ids: set[UUID], until: datetime, head: int) -> DaysOf:
        """For how many working days each organisation holds itself to wait, counted as on the day on which a duty began."""
        self._know(ids, head)
        published = self._published.on(london_day(until))

        def days(waits: str, organisation_id: UUID | None, on: date) -> int:
            _, organisation = (
                self._organisations.get(organisation_id, (0, None)) if organisation_id else (0, None)
            )
            return int(Parameters(published, organisation, on).of(waits))

        return days

    def _know(self, ids: set[UUID], head: int) -> None:
        """Read those organisations of which something new was written."""
        versions = {
            id: version
            for id, version in self._history.rows(VERSIONS, {"ids": list(ids), "as_at": head})
            if version is not None and self._organisations.get(id, (0, None))[0] != version
        }
        kinds: dict[UUID, type[Record]] = dict.fromkeys(versions, Organisation)
        if kinds:
            for id, record in self._history.get_many(kinds, as_at=head).items():
                if isinstance(record, Organisation):
                    self._organisations[id] = (versions[id], record)
