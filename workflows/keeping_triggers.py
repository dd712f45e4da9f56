"""Commands by which the service keeps account of its triggers: since when each acts, and what one could not do."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, cast
from uuid import UUID

from annotated_types import Ge, Len

from domain.events import Event
from domain.people import Asker
from domain.personal import Label, Words
from domain.reasons import Invalid, Reason
from domain.record import Record
from domain.trigger_events import AttendedTo, CouldNotAct, TriggerIntroduced, TriggerInUse, Undone
from workflows.case import Case
from workflows.command import Command

THE_TRIGGERS = Asker("triggers", "Triggers", None, None, machine=True)
"""Under this name the service writes down which triggers there are."""


class IntroduceTrigger(Command):
    """Record that a trigger acts from now on, in this version. Only the service itself does so."""

    target: ClassVar[type[Record]] = TriggerInUse
    event: ClassVar[type[Event] | None] = TriggerIntroduced
    opens: ClassVar[bool] = True

    trigger: Label
    """Its name."""
    version: Annotated[int, Ge(1)]
    """Its version."""
    sentence: Annotated[str, Len(1, 400)]
    """What it does, in a sentence."""
    from_on: date
    """The first day on which it acts."""

    def own_id(self) -> UUID:
        """There is one record of each version."""
        return TriggerInUse.id_for(self.trigger, self.version)


class RecordUndone(Command):
    """Record what a trigger could not do, so that a person attends to it. Only the service itself does so."""

    target: ClassVar[type[Record]] = Undone
    event: ClassVar[type[Event] | None] = CouldNotAct
    opens: ClassVar[bool] = True

    trigger: Label
    """The trigger."""
    version: Annotated[int, Ge(1)]
    """Its version."""
    cause: Label
    """The cause under which it acts once."""
    command: Annotated[str, Len(0, 100)] = ""
    """What it wanted to do."""
    record_id: UUID | None = None
    """On which record."""
    placement_id: UUID | None = None
    """The placement that it is about."""
    commissioner_id: UUID | None = None
    """Whose business it is."""
    reasons: Annotated[tuple[Label, ...], Len(0, 60)] = ()
    """The codes of the reasons."""
    failed_with: Annotated[str, Len(0, 100)] = ""
    """The kind of error, where it was a fault of ours."""

    def own_id(self) -> UUID:
        """What one trigger could not do for one cause is one thing, however often it was tried."""
        return Undone.id_for(self.trigger, self.cause)


class AttendToUndone(Command):
    """Record how a person saw to what a trigger could not do."""

    target: ClassVar[type[Record]] = Undone

    how: Words
    """What was done about it."""

    def decide(self, case: Case) -> None:
        undone = cast(Undone, case.target)
        if undone.attended is not None:
            message = "Somebody attended to it already."
            raise Invalid([Reason(code="attended_already", message=message)])
        undone.remember(AttendedTo, how=self.how)
