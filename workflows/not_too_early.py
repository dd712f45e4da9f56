"""What is said to have happened cannot have happened before there was anyone it could happen to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.attendance import Attendance
from domain.child import Child
from domain.happened import days_before
from domain.placement import Placement
from domain.reasons import Invalid, Reason
from workflows.case import Case
from workflows.command import Command

LONG_AGO = date(1900, 1, 1)
"""Nothing that this service is told of happened before (design): an earlier year is a slip of the hand."""
OLDER_THAN_US = frozenset({"since_on"})
"""Days from which on something has been so may lie further back: some schools are centuries old."""


def require_not_too_early(command: Command, case: Case) -> None:
    """Raises Invalid, naming every day that lies before the child's birth or in another age. Call it once it was decided."""
    first, message = earliest_day(case)
    found = [*_of_the_decision(case, first, message), *too_early(command, case)]
    if found:
        raise Invalid(found)


def too_early(thing: object, case: Case, at: str = "") -> Iterator[Reason]:
    """A reason for every day in a fact or a command that lies too early."""
    first, message = earliest_day(case)
    for path in days_before(thing, first):
        if first > LONG_AGO or path.rpartition(".")[2] not in OLDER_THAN_US:
            yield Reason(code="too_early", message=message, field=f"{at}{path}")


def earliest_day(case: Case) -> tuple[date, str]:
    """The first day on which anything can have happened in this case, and what to say of a day before it.

    The message does not say when the child was born: who asks may not be meant to know.
    """
    child = _child_of(case)
    if child is not None and child.born_on is not None and child.born_on > LONG_AGO:
        return child.born_on, "This is before the child was born. Check the year."
    return LONG_AGO, "This is more than a lifetime ago. Check the year."


def _of_the_decision(case: Case, first: date, message: str) -> Iterator[Reason]:
    if case.recording.occurred_on < first:
        field = "occurred_at" if case.recording.occurred_at is not None else "occurred_on"
        yield Reason(code="too_early", message=message, field=f"decision.{field}")


def _child_of(case: Case) -> Child | None:
    target = case.target
    if isinstance(target, Child):
        return target
    if isinstance(target, Placement | Attendance):
        return case.find(Child, target.child_id)
    return None
