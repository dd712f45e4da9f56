"""The instants at which a duty becomes due soon, due, overdue, or overdue for so many working days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from domain.duties.duty import Duty
from domain.working_days import DAY, LONDON, working_days_after
from workflows.triggers.cause import Became


def midnight(day: date) -> datetime:
    """The instant at which a day begins in London, whatever the clocks do."""
    return datetime.combine(day, time(), LONDON)


def overdue_for(due_on: date, known_at: datetime, days: int) -> datetime:
    """When a duty has been overdue for so many working days."""
    last = working_days_after(due_on, days) if days else due_on
    return max(midnight(last + DAY), known_at)


def crossings(duty: Duty, soon: int, known_at: datetime) -> Iterator[tuple[Became, datetime]]:
    """What an open duty becomes, and when: the same as the due list says."""
    if duty.done_on is not None:
        return
    soon_on = duty.due_on - timedelta(days=soon)
    at_soon, at_due = max(midnight(soon_on), known_at), max(midnight(duty.due_on), known_at)
    at_overdue = max(midnight(duty.due_on + DAY), known_at)
    lapsed = duty.lapsed_on or date.max
    if at_soon < at_due and lapsed > soon_on:
        yield "due_soon", at_soon
    if lapsed > duty.due_on:
        if at_due < at_overdue:
            yield "due", at_due
        yield "overdue", at_overdue
