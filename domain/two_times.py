"""The second axis of time: what a record was on a day, as far as it is known. docs/decisions/0020-two-times.md says why it is so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from domain.child import Child
from domain.events import Corrected, Event
from domain.organisation import Organisation
from domain.provider import Provider
from domain.record import Record

R = TypeVar("R", bound=Record)

THERE_BEFORE = tuple({*Child.folds, *Organisation.folds, *Provider.folds} - {Corrected})
"""Who is not begun by being written down: a person, a school or a provider was there before. Their first event always counts.

A child is there from the day of birth on: see `told_on`.
"""


def true_by(events: Iterable[Event], day: date) -> list[Event]:
    """Those of the events, in their order, that say what was true on or before a day, and the corrections of those.

    A correction counts whenever it was made: it does not say that something changed, but what had been so all along.
    """
    kept: list[Event] = []
    counted = set()
    for event in events:
        if isinstance(event, Corrected):
            if (event.originator_id, event.corrects) in counted:
                kept.append(event)
        elif event.occurred_on <= day or (event.originator_version == 1 and isinstance(event, THERE_BEFORE)):
            counted.add((event.originator_id, event.originator_version))
            kept.append(event)
    return kept


def told_on(kind: type[R], events: Iterable[Event], day: date) -> R | None:
    """The record as it was on a day, in the light of these of its events; none where it had not begun, or the child was not born."""
    record = told_of(kind, true_by(events, day))
    # Where the date of birth was erased, nobody can say any more that the child was not there.
    unborn = isinstance(record, Child) and record.born_on is not None and day < record.born_on
    return None if unborn else record


def told_of(kind: type[R], events: Sequence[Event]) -> R | None:
    """The record as some of its events tell it, in their order; none without the first.

    What stands on something that is not among them, as the outcome of a meeting that was only called later, is left out with it.
    """
    if not events or events[0].originator_version != 1:
        return None
    taken: list[Event] = []
    record = kind(events[0].originator_id)
    for event in events:
        try:
            record.fold(event)
            taken.append(event)
        except Exception:
            # Half of it may have been taken in, so the record is told again without.
            record = kind.replay(taken) or kind(event.originator_id)
    return record
