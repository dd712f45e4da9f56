"""CorrectRecord: any fact that was written down wrongly is put right by an event that names the wrong one."""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar

import msgspec
from annotated_types import Ge, Len

from domain.child import Child
from domain.events import Change, Corrected, Event, stored_name
from domain.personal import Words, category_of
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from domain.record import Record, corrected
from workflows.case import Case
from workflows.command import Command
from workflows.placement_command import PlacementCommand
from workflows.placement_moves import PLACEMENT

ENVELOPE = frozenset(Event.__struct_fields__) | {"stage"}
"""What no correction can touch: who, when it was recorded, and where a move led."""
HELD_ELSEWHERE = {
    "placement.individual_agreement_made": ("hours_per_week", "sessions_per_week", "agreement"),
    "placement.hours_altered": ("hours",),
    "placement.referred": ("child_id", "commissioner_id", "succeeds"),
    "placement.replaced": ("successor_id",),
    "placement.override_approved": ("rules", "until", "request", "requested_by", "self_approved"),
    "placement.risk_accepted": ("prepared_by",),
}
"""Facts that other records or other people's decisions stand on. They are changed by a command of their own."""


class _Correction(Command):
    """Fields and decision that the corrections of every kind of record share."""

    version: Annotated[int, Ge(1)]
    """The number of the wrong event in this record, as the timeline shows it."""
    changes: Annotated[dict[str, Any], Len(1, 30)]
    """The fields that are wrong, with their right values in the same form as before."""
    why: Words
    """Why it is corrected, and how the right value is known."""

    def correct(self, case: Case) -> None:
        """Record the correction. Raises Invalid, naming the field that does not fit."""
        wrong = _wrong_event(case.target, self.version)
        changes = tuple(_change(wrong, field, value) for field, value in self.changes.items())
        try:
            corrected(wrong, changes)
        except msgspec.ValidationError as problem:
            raise Invalid([Reason(code="does_not_fit", message=_plainly(problem), field="changes")]) from None
        case.target.remember(Corrected, corrects=self.version, changes=changes, why=self.why)


class CorrectRecord(_Correction, PlacementCommand):
    """Put right what an earlier event of the placement says (rectification). The wrong event stays; everyone reads the right value."""

    def decide(self, case: Case) -> None:
        case.weigh(PLACEMENT.require(self.name(), case))
        self.correct(case)


class CorrectChild(_Correction):
    """Put right what an earlier event of the child's record says (rectification)."""

    target: ClassVar[type[Record]] = Child

    def decide(self, case: Case) -> None:
        self.correct(case)


class CorrectProvider(_Correction):
    """Put right what an earlier event of the provider's record says."""

    target: ClassVar[type[Record]] = Provider

    def decide(self, case: Case) -> None:
        self.correct(case)


def _wrong_event(record: Record, version: int) -> Event:
    for event in record.events:
        if event.originator_version == version and not isinstance(event, Corrected):
            return event
    message = "There is no such event in this record. To correct a correction, correct the first event again."
    raise Invalid([Reason(code="no_such_event", message=message, field="version")])


def _change(event: Event, field: str, value: Any) -> Change:
    name = stored_name(type(event))
    if field in ENVELOPE or field not in event.__struct_fields__:
        allowed = ", ".join(
            f for f in event.__struct_fields__ if f not in ENVELOPE and f not in HELD_ELSEWHERE.get(name, ())
        )
        message = f"'{field}' cannot be corrected here. Fields of this event: {allowed or 'none'}."
        raise Invalid([Reason(code="not_correctable", message=message, field=f"changes.{field}")])
    if field in HELD_ELSEWHERE.get(name, ()):
        message = f"Other records stand on '{field}'. Use the command that changes it."
        raise Invalid([Reason(code="held_elsewhere", message=message, field=f"changes.{field}")])
    return Change(field=field, category=category_of(type(event), field), value=json.dumps(value))


def _plainly(problem: msgspec.ValidationError) -> str:
    """The library's words are about types and paths, and never repeat the value."""
    return f"The new value does not fit: {problem}."
