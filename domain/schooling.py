"""Where a child is taught: rolls, exclusions, sessions counted, the hours of a week, and times without education."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import child_events as e
from domain import child_step_events as step
from domain.attendance_codes import Totals, totals_of_counts
from domain.codes import Enrolment
from domain.facts.attending import SchoolTerm
from domain.facts.required_steps import OutOfEducation
from domain.identity import Identity
from domain.record import remembers


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One entry on a school's roll."""

    school_id: UUID | None
    enrolment: Enrolment
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class WeekPart:
    """What one placement takes of the child's week."""

    provider_id: UUID
    sessions_per_week: int
    hours_per_week: float


@dataclass(frozen=True, slots=True)
class TermAtSchool:
    """A term at a school, of which a return counts the sessions."""

    school_id: UUID | None
    term: SchoolTerm
    year: int


class Schooling(Identity):
    """The part of a child's record that tells of schools and provision. `Child` goes on from here."""

    def begin(self) -> None:
        super().begin()
        self.roll: list[OnRoll] = []
        self.exclusions: list[e.Excluded] = []
        self.session_counts: dict[TermAtSchool, dict[str, int]] = {}
        self.school_sessions = 0
        self.week: dict[UUID, WeekPart] = {}
        self.out_of_education: OutOfEducation | None = None

    def weekly_sessions(self, without: UUID | None = None) -> int:
        """Half-days a week at the school and in all placements, one left out if asked."""
        placed = sum(part.sessions_per_week for key, part in self.week.items() if key != without)
        return self.school_sessions + placed

    def school_on(self, day: date) -> UUID | None:
        """The school on whose roll the child is on that day; the main one where there are two."""
        entries = [r for r in self.roll if r.from_on <= day and (r.until_on is None or r.until_on >= day)]
        entries.sort(key=lambda r: (r.enrolment not in ("C", "M"), -r.from_on.toordinal()))
        return entries[0].school_id if entries else None

    def dual_registered_on(self, day: date) -> bool:
        """Whether the child is on a second roll that day."""
        return any(
            r.enrolment == "S" and r.from_on <= day and (r.until_on is None or r.until_on >= day)
            for r in self.roll
        )

    def totals_of(self, term: TermAtSchool) -> Totals:
        """The sessions of a term, added up by the rule of the national statistics; retired codes by the class they had."""
        return totals_of_counts(self.session_counts.get(term, {}))

    @remembers
    def roll_changed(self, event: e.RollChanged) -> None:
        self.roll = [r for r in self.roll if (r.school_id, r.from_on) != (event.school_id, event.from_on)]
        self.roll.append(OnRoll(event.school_id, event.enrolment, event.from_on, event.until_on))

    @remembers
    def excluded(self, event: e.Excluded) -> None:
        self.exclusions.append(event)

    @remembers
    def session_counts_recorded(self, event: e.SessionCountsRecorded) -> None:
        self.session_counts[TermAtSchool(event.school_id, event.term, event.year)] = event.counts

    @remembers
    def school_sessions_set(self, event: e.SchoolSessionsSet) -> None:
        self.school_sessions = event.sessions_per_week

    @remembers
    def week_taken(self, event: e.WeekTaken) -> None:
        self.week[event.placement_id] = WeekPart(
            event.provider_id, event.sessions_per_week, event.hours_per_week
        )

    @remembers
    def week_freed(self, event: e.WeekFreed) -> None:
        self.week.pop(event.placement_id, None)

    @remembers
    def fell_out_of_education(self, event: step.FellOutOfEducation) -> None:
        self.out_of_education = event.absence

    @remembers
    def back_in_education(self, event: step.BackInEducation) -> None:
        self.out_of_education = None
