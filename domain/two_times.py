"""The second axis of time: what a record was on a day, as far as it is known. docs/decisions/0020-two-times.md says why it is so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from domain.child import Child
from domain.events import Corrected, Event
from domain.organisation import Organisation
from domain.provider import Provider
from domain.record import Record

R = TypeVar("R", bound=Record)

THERE_BEFORE = tuple({*Child.folds, *Organisation.folds, *Provider.folds} - {Corrected})
"""Who is not begun by being written down: a person, a school or a provider was there before. Their first event always counts."""


def true_by(events: Iterable[Event], day: date) -> list[Event]:
    """Those of a record's events, in their order, that say what was true on or before a day, and the corrections of those.

    A correction counts whenever it was made: it does not say that something changed, but what had been so all along.
    """
    kept: list[Event] = []
    versions = set()
    for event in events:
        if isinstance(event, Corrected):
            if event.corrects in versions:
                kept.append(event)
        elif event.occurred_on <= day or (event.originator_version == 1 and isinstance(event, THERE_BEFORE)):
            versions.add(event.originator_version)
            kept.append(event)
    return kept


def told_on(kind: type[R], events: Iterable[Event], day: date) -> R | None:
    """The record as it was on a day, in the light of these of its events; none where it had not begun.

    What stands on something that was not true yet, as the outcome of a meeting that was only called later, is left out with it.
    """
    found = true_by(events, day)
    if not found or found[0].originator_version != 1:
        return None
    taken: list[Event] = []
    record = kind(found[0].originator_id)
    for event in found:
        try:
            record.fold(event)
            taken.append(event)
        except Exception:
            # Half of it may have been taken in, so the record is told again without.
            record = kind.replay(taken) or kind(event.originator_id)
    return record
