"""What sets a trigger off: something that happened, or a duty whose instant came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from domain.events import Event
from domain.facts import telling
from domain.working_days import london_day

Became = Literal["due_soon", "due", "overdue"]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event, at its position in the history."""

    position: int
    event: Event

    @property
    def key(self) -> str:
        """The name of the cause: whatever follows from it follows once."""
        return str(self.position)

    @property
    def at(self) -> datetime:
        """When it became known."""
        return self.event.recorded_at

    @property
    def what(self) -> str:
        """The event that led here, as decisions name it."""
        return f"{self.event.originator_id}/{self.event.originator_version}"

    @property
    def correlation_id(self) -> UUID:
        """The request with which it all began."""
        return self.event.decision.correlation_id

    @property
    def on(self) -> date:
        """The London day on which it became known."""
        return london_day(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class FellDue:
    """A duty that became due soon, due or overdue and was still open, or was overdue for so many working days."""

    duty_id: UUID
    rule: str
    became: Became
    at: datetime
    """The instant: midnight in London, or the moment it became known if its day had gone by then."""
    position: int
    """How far the history had reached when it was looked at."""
    known_by: str
    """The event that made it known, as `record id/version`."""
    due_on: date
    about: str = ""
    child_id: UUID | None = None
    placement_id: UUID | None = None
    provider_id: UUID | None = None
    organisation_id: UUID | None = None
    commissioner_id: UUID | None = None
    authority_id: UUID | None = None
    waited: str = ""
    """The parameter that says for how many working days it has been overdue, for triggers that wait."""

    @property
    def key(self) -> str:
        """The name of the cause."""
        return f"{self.duty_id} {self.became}"

    @property
    def what(self) -> str:
        """The event that led here."""
        return self.known_by

    @property
    def correlation_id(self) -> UUID:
        """A duty falls due without a request: all that follows from it belongs together under its own id."""
        return self.duty_id

    @property
    def on(self) -> date:
        """The London day on which it came."""
        return london_day(self.at)


Cause = Happened | FellDue


def told_cause(trigger: str, cause: Cause) -> telling.Cause:
    """The cause as a message names it."""
    if isinstance(cause, Happened):
        return telling.Cause(rule=trigger, what=cause.what, position=cause.position)
    return telling.Cause(rule=trigger, what=cause.key)
