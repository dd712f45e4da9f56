"""Commands while the placement runs: contact, progress, changes, concerns, hours."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain import placement_life_events as e
from domain.events import Event
from domain.facts.commission import HoursChanged
from domain.facts.reviewing import ChangeReported, ConcernRaised, ConcernSettled, ContactMade, ProgressReport
from domain.organisation import Organisation
from domain.reasons import Invalid, Reason
from domain.rules.rule import AskedFor
from workflows.case import Case
from workflows.holding_places import hold_place
from workflows.placement_command import PlacementCommand


class LogContact(PlacementCommand):
    """Log a visit, call or other contact (item 63)."""

    event: ClassVar[type[Event] | None] = e.ContactLogged
    contact: ContactMade
    """The contact."""


class ReportProgress(PlacementCommand):
    """The provider's progress report (items 62, 83)."""

    event: ClassVar[type[Event] | None] = e.ProgressReported
    report: ProgressReport
    """The report."""


class ReportChange(PlacementCommand):
    """Tell of a change of circumstances, at once (item 38; A7; T21)."""

    event: ClassVar[type[Event] | None] = e.CircumstancesChanged
    change: ChangeReported
    """What changed."""


class ChangeHours(PlacementCommand):
    """Change the agreed hours; the provider's places and the child's week change with them (item 62)."""

    event: ClassVar[type[Event] | None] = e.HoursAltered
    hours: HoursChanged
    """The new hours."""

    def asks(self) -> AskedFor:
        return AskedFor(
            sessions_per_week=self.hours.sessions_per_week, hours_per_week=self.hours.hours_per_week
        )

    def follow(self, case: Case) -> None:
        hold_place(case)


class ChangeHomeSchool(PlacementCommand):
    """Record that another school is the home school now: it sees the placement, codes attendance and supports the return (item 88)."""

    event: ClassVar[type[Event] | None] = e.HomeSchoolChanged
    home_school_id: UUID | None = None
    """The school's record; none where the child is on no school's roll."""

    def before(self, case: Case) -> None:
        if self.home_school_id is not None:
            case.named(Organisation, self.home_school_id, "home_school_id")


class RaiseConcern(PlacementCommand):
    """Record a problem, its cause and the action agreed (item 69; 003 ¶49)."""

    event: ClassVar[type[Event] | None] = e.ConcernOpened
    concern: ConcernRaised
    """The problem and what is done."""


class SettleConcern(PlacementCommand):
    """Close a problem, with its outcome (item 69)."""

    event: ClassVar[type[Event] | None] = e.ConcernClosed
    settled: ConcernSettled
    """Which problem, and what came of it."""

    def before(self, case: Case) -> None:
        open_ones = [c.number for c in case.placement.concerns if not c.settled]
        if self.settled.concern not in open_ones:
            known = ", ".join(map(str, open_ones)) or "none"
            message = f"There is no open concern with this number. Open: {known}."
            raise Invalid([Reason(code="no_such_concern", message=message, field="settled.concern")])
