"""What the service remembers of its triggers: since when each acts, and what one of them could not do. The stored names are permanent."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID, uuid5

from annotated_types import Len

from domain.events import Event
from domain.personal import Personal
from domain.record import Record, remembers

TRIGGERS = UUID("6c4c8f0e-52a7-5c0f-8b61-4f1d0a6b7f22")
"""From this and the name of a trigger follows the id of its record; with a cause, that of what it could not do."""


class TriggerIntroduced(Event, frozen=True, kw_only=True, tag="trigger.introduced"):
    """From here on the trigger acts. What happened before is not its business."""

    trigger: str
    version: int
    sentence: str
    from_on: date


class CouldNotAct(Event, frozen=True, kw_only=True, tag="trigger.could_not_act"):
    """A trigger wanted to do something and was refused, or failed. It is not lost: a person attends to it."""

    trigger: str
    version: int
    cause: str
    """The cause under which it acts once: a position in the history, or a duty."""
    command: str
    """What it wanted to do; empty where it failed before it knew."""
    record_id: UUID | None = None
    """The record on which it wanted to do it."""
    placement_id: UUID | None = None
    commissioner_id: UUID | None = None
    """Whose business it is; none where nobody's in particular."""
    reasons: tuple[str, ...] = ()
    """The codes of all reasons why it was refused."""
    failed_with: str = ""
    """The kind of error, where it was no refusal but a fault of ours."""


class AttendedTo(Event, frozen=True, kw_only=True, tag="trigger.attended_to"):
    """A person saw to what the trigger could not do."""

    how: Annotated[str, Len(1, 2000), Personal("narrative")]


class TriggerInUse(Record):
    """One version of a trigger: since when it acts."""

    def begin(self) -> None:
        self.introduced: TriggerIntroduced | None = None

    @staticmethod
    def id_for(trigger: str, version: int) -> UUID:
        """The record of a version of a trigger."""
        return uuid5(TRIGGERS, f"{trigger} in version {version}")

    @remembers
    def remember_introduced(self, event: TriggerIntroduced) -> None:
        self.introduced = event


class Undone(Record):
    """One thing that a trigger could not do."""

    def begin(self) -> None:
        self.wanted: CouldNotAct | None = None
        self.attended: AttendedTo | None = None

    @staticmethod
    def id_for(trigger: str, cause: str) -> UUID:
        """The record of what one trigger could not do for one cause."""
        return uuid5(TRIGGERS, f"{trigger} {cause}")

    @remembers
    def remember_could_not_act(self, event: CouldNotAct) -> None:
        self.wanted = event

    @remembers
    def remember_attended_to(self, event: AttendedTo) -> None:
        self.attended = event
