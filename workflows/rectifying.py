"""Commands that answer people about their record: a copy of it was prepared, and what they say is wrong is put right or is not."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

from annotated_types import Ge, Len

from domain import forgetting_events as e
from domain.attendance import Attendance
from domain.days_in_words import in_words
from domain.events import Event
from domain.facts.forgetting import AskedBy, RectificationOutcome, RectificationRefusal
from domain.happened import Happened
from domain.personal import Label, Words
from domain.placement import Placement
from domain.reasons import Invalid, Reason
from domain.record import Record
from domain.school_days import london_day
from workflows.case import Case
from workflows.child_command import ChildCommand
from workflows.correcting import ENVELOPE
from workflows.putting_right import require_put_right


class RequestRectification(ChildCommand):
    """Record that someone says that something in the record is wrong (UK GDPR Art. 16)."""

    record_id: UUID
    """The record that is said to be wrong: the child's own, a placement of theirs, or a register of one."""
    version: Annotated[int, Ge(1)]
    """The event in it that is wrong: its number, as the timeline shows it."""
    fields: Annotated[tuple[Label, ...], Len(1, 30)]
    """The fields that are said to be wrong."""
    asked_by: AskedBy
    """Who says so: no name."""
    asked_on: Happened
    """The day on which they said so."""
    statement: Words | None = None
    """What they say is right. It is kept beside the record, whatever is decided."""

    def decide(self, case: Case) -> None:
        wrong = next(
            (v for v in _record(case, self.record_id).events if v.originator_version == self.version), None
        )
        if wrong is None:
            raise _no_such("event", "version")
        self._require_sense(wrong)
        self._require_new(case)
        case.target.remember(e.RectificationRequested, **{**self.facts(), "statement": self.statement or ""})

    def _require_sense(self, wrong: Event) -> None:
        unknown = [
            field for field in self.fields if field in ENVELOPE or field not in wrong.__struct_fields__
        ]
        if unknown:
            message = f"This event says nothing of the child under: {', '.join(unknown)}."
            raise Invalid([Reason(code="no_such_field", message=message, field="fields")])
        twice = sorted({field for field in self.fields if self.fields.count(field) > 1})
        if twice:
            message = f"Name each field once. Named more than once: {', '.join(twice)}."
            raise Invalid([Reason(code="named_twice", message=message, field="fields")])
        recorded = london_day(wrong.recorded_at)
        if self.asked_on < recorded:
            message = f"It was written down on {in_words(recorded)}: nobody can have said before then that it is wrong."
            raise Invalid([Reason(code="before_it_was_recorded", message=message, field="asked_on")])

    def _require_new(self, case: Case) -> None:
        """Who says the same again while it is open need not be answered twice; other words, or another's, are a request of their own."""
        still_open = {one.request for one in case.child.rectifications if not one.outcome}
        for event in case.child.events:
            if not isinstance(event, e.RectificationRequested) or event.originator_version not in still_open:
                continue
            if _what_is_asked(event) == _what_is_asked(self):
                message = (
                    f"This is already asked, and not answered yet: request number {event.originator_version}."
                )
                raise Invalid([Reason(code="already_asked", message=message, field="")])


class AnswerRectification(ChildCommand):
    """Record what came of it: the correction that was made, or the reasons why it stays as it is."""

    event: ClassVar[type[Event] | None] = e.RectificationAnswered
    request: Annotated[int, Ge(1)]
    """The number of the request: the version at which it was made."""
    outcome: RectificationOutcome
    """Whether it was corrected."""
    correction: Annotated[int, Ge(1)] | None = None
    """The number of the correction in the record that was wrong, in a register of the code or report that took the place of the wrong one;
    none where it was refused."""
    refused: tuple[RectificationRefusal, ...] = ()
    """Why it, or the rest of it, stays as it is."""

    def decide(self, case: Case) -> None:
        asked = next(
            (one for one in case.child.rectifications if one.request == self.request and not one.outcome),
            None,
        )
        if asked is None:
            raise _no_such("open request", "request")
        if self.outcome != "refused":
            asked_at = next(v.recorded_at for v in case.child.events if v.originator_version == self.request)
            require_put_right(asked, asked_at, _record(case, asked.record_id).events, self.correction)
        if self.outcome != "corrected" and not self.refused:
            message = "Say why it stays as it is: who asked has to be told."
            raise Invalid([Reason(code="no_reason_given", message=message, field="refused")])
        super().decide(case)


class PrepareSubjectAccess(ChildCommand):
    """Record that a copy of the whole record is prepared for someone who asked for it (UK GDPR Art. 15). The copy can then be read."""

    event: ClassVar[type[Event] | None] = e.SubjectAccessPrepared
    asked_by: AskedBy
    """Who asked: no name."""
    asked_on: Happened
    """The day on which it was asked: one month to answer runs from it (T38)."""
    identity_checked: bool = False
    """Whether it was checked that they are who they say, and may ask."""


def _what_is_asked(one: RequestRectification | e.RectificationRequested) -> tuple[object, ...]:
    return one.record_id, one.version, frozenset(one.fields), one.asked_by, one.statement or ""


def _record(case: Case, id: UUID) -> Record:
    if id == case.child.id:
        return case.child
    if id in case.shelf.records_about(Attendance, case.child.id):
        return case.get(Attendance, id)
    placement = case.find(Placement, id)
    if placement is None or placement.child_id != case.child.id:
        raise _no_such("record of this child", "record_id")
    return placement


def _no_such(what: str, field: str) -> Invalid:
    code = "no_such_" + what.split()[-1 if what.endswith("request") else 0]
    return Invalid([Reason(code=code, message=f"There is no such {what}.", field=field)])
