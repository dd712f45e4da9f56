"""Nothing that anybody writes down ends before it begins."""

from __future__ import annotations

from collections.abc import Iterator

from domain.days_in_order import reversed_days
from domain.days_in_words import in_words
from domain.reasons import Invalid, Reason
from workflows.command import Command


def require_days_in_order(command: Command) -> None:
    """Raises Invalid, naming every last day that lies before its first. Call it once it was decided, as it is of any command."""
    found = list(out_of_order(command))
    if found:
        raise Invalid(found)


def out_of_order(thing: object, at: str = "") -> Iterator[Reason]:
    """A reason for every such day in a fact, an event or a command."""
    for one in reversed_days(thing):
        message = f"{in_words(one.last)} is before {one.called}, {in_words(one.first)}. Look at the month and the year."
        yield Reason(code="dates_reversed", message=message, field=f"{at}{one.path}")
