"""CorrectRecord: any fact that was written down wrongly is put right by an event that names the wrong one."""

from __future__ import annotations

import json
from typing import Annotated, Any, ClassVar

import msgspec
from annotated_types import Ge, Len
from pydantic import ValidationError

from domain.child import Child
from domain.child_events import Excluded
from domain.events import Change, Corrected, Event, stored_name
from domain.personal import Words, category_of
from domain.provider import Provider
from domain.reasons import Invalid, Reason
from domain.record import Record, corrected
from workflows.case import Case
from workflows.command import Command
from workflows.correctable import HELD_ELSEWHERE, require_sense
from workflows.excluding import RecordExclusion
from workflows.placement_command import PlacementCommand
from workflows.placement_moves import PLACEMENT

ENVELOPE = frozenset(Event.__struct_fields__) | {"stage"}
"""What no correction can touch: who, when it was recorded, and where a move led."""


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
        for field in self.changes:
            _require_correctable(wrong, field)
        try:
            values = {**self.changes, **self.implied(case, wrong)}
        except ValidationError as problem:
            raise Invalid([_from_form(problem)]) from None
        changes = tuple(
            Change(field=f, category=category_of(type(wrong), f), value=json.dumps(value))
            for f, value in values.items()
        )
        try:
            right = corrected(wrong, changes)
        except msgspec.ValidationError:
            message = "A new value does not fit its field. Give it in the same form as before."
            raise Invalid([Reason(code="does_not_fit", message=message, field="changes")]) from None
        require_sense(case, wrong, right, values)
        case.target.remember(Corrected, corrects=self.version, changes=changes, why=self.why)

    def implied(self, case: Case, wrong: Event) -> dict[str, Any]:
        """What follows from the changes in the same event."""
        return {}


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

    def implied(self, case: Case, wrong: Event) -> dict[str, Any]:
        """Another first day or kind of exclusion gives another day on which education is due."""
        if not isinstance(wrong, Excluded):
            return {}
        stated = {
            "exclusion_type": wrong.exclusion_type,
            "from_on": wrong.from_on,
            "sessions": wrong.sessions,
        }
        right = RecordExclusion.model_validate(
            {**stated, **{k: v for k, v in self.changes.items() if k in stated}}
        )
        due, clock = right.clock(case)
        return {"education_due_on": due.isoformat() if due else None, "clock": clock}


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


def _require_correctable(event: Event, field: str) -> None:
    name = stored_name(type(event))
    elsewhere = HELD_ELSEWHERE.get(name, ())
    if field in ENVELOPE or field not in event.__struct_fields__:
        allowed = ", ".join(f for f in event.__struct_fields__ if f not in ENVELOPE and f not in elsewhere)
        message = (
            f"This is not a field that can be corrected here. Fields of this event: {allowed or 'none'}."
        )
        raise Invalid([Reason(code="not_correctable", message=message, field=f"changes.{field}")])
    if field in elsewhere:
        message = (
            f"Others have agreed to '{field}', or other records stand on it. Use the command that changes it."
        )
        raise Invalid([Reason(code="held_elsewhere", message=message, field=f"changes.{field}")])


def _from_form(problem: ValidationError) -> Reason:
    first = problem.errors(include_input=False, include_url=False)[0]
    field = ".".join(str(part) for part in ("changes", *first["loc"]))
    return Reason(code="does_not_fit", message=first["msg"], field=field)
