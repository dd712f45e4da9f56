"""A child: who they are, what the law asks for them, and how their week adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain import child_events as e
from domain import child_step_events as step
from domain.attendance_codes import Totals, totals_of_counts
from domain.codes import Enrolment, SenProvision, Sex, YearGroup
from domain.facts.attending import SchoolTerm
from domain.facts.needs import Need
from domain.facts.people import Carer, EhcPlan, LookedAfter, SocialWorker
from domain.facts.required_steps import (
    AnnualReviewStep,
    ExclusionTold,
    GovernorsMeeting,
    OutOfEducation,
    PepMeeting,
    ProtectionFileSent,
    ReturnSent,
)
from domain.identifiers import Identifier
from domain.keeping import Keeping
from domain.noticed_events import EarlyReviewAsked
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


class Child(Keeping):
    """Personal words of this record, and of every placement of the child, are sealed under this child's keys."""

    def begin(self) -> None:
        super().begin()
        self.given_names = self.family_name = ""
        self.born_on: date | None = None
        self.sex: Sex = "U"
        self.authority_id: UUID | None = None
        self.year_group: YearGroup | None = None
        self.identifiers: list[Identifier] = []
        self.carers: dict[str, Carer] = {}
        self.sen_provision: SenProvision | None = None
        self.sen_needs: tuple[Need, ...] = ()
        self.ehc_plan: EhcPlan | None = None
        self.looked_after: LookedAfter | None = None
        self.social_worker: SocialWorker | None = None
        self.roll: list[OnRoll] = []
        self.exclusions: list[e.Excluded] = []
        self.session_counts: dict[TermAtSchool, dict[str, int]] = {}
        self.school_sessions = 0
        self.week: dict[UUID, WeekPart] = {}
        self.out_of_education: OutOfEducation | None = None
        self.returns: list[ReturnSent] = []
        self.told_of_exclusions: list[ExclusionTold] = []
        self.governors_meetings: list[GovernorsMeeting] = []
        self.pep_meetings: list[PepMeeting] = []
        self.annual_review: list[AnnualReviewStep] = []
        self.early_reviews_asked: list[date] = []
        self.protection_files: list[ProtectionFileSent] = []

    @property
    def about(self) -> UUID | None:
        return self.id

    @property
    def name(self) -> str:
        """Given and family names, as people say them."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def ever_had_special_needs(self) -> bool:
        """Whether special educational needs or an EHC plan were ever recorded."""
        return any(
            isinstance(v, e.EhcPlanRecorded) or (isinstance(v, e.SenRecorded) and v.provision != "N")
            for v in self.events
        )

    @property
    def ever_looked_after(self) -> bool:
        """Whether the child ever was in the care of an authority."""
        return any(isinstance(v, e.LookedAfterRecorded) for v in self.events)

    @property
    def ever_on_child_protection(self) -> bool:
        """Whether the child ever was on a child protection plan."""
        return any(
            isinstance(v, e.SocialWorkerRecorded) and v.social_worker.plan == "child_protection"
            for v in self.events
        )

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
    def registered(self, event: e.ChildRegistered) -> None:
        self._details(event)
        self.authority_id, self.year_group = event.authority_id, event.year_group
        self.identifiers = list(event.identifiers)

    @remembers
    def details_changed(self, event: e.DetailsChanged) -> None:
        self._details(event)

    def _details(self, event: e.ChildRegistered | e.DetailsChanged) -> None:
        self.given_names, self.family_name, self.sex = event.given_names, event.family_name, event.sex
        try:
            self.born_on = date.fromisoformat(event.born_on)
        except ValueError:  # the words were erased
            self.born_on = None

    @remembers
    def year_group_set(self, event: e.YearGroupSet) -> None:
        self.year_group = event.year_group

    @remembers
    def identifier_added(self, event: e.IdentifierAdded) -> None:
        self.identifiers.append(event.identifier)

    @remembers
    def identifier_retired(self, event: e.IdentifierRetired) -> None:
        self.identifiers = [i for i in self.identifiers if i != event.identifier]

    @remembers
    def carer_recorded(self, event: e.CarerRecorded) -> None:
        known, carer = self.carers.get(event.carer.name), event.carer
        if known is not None and carer.may_be_told is None:
            carer = replace(carer, may_be_told=known.may_be_told)
        self.carers[carer.name] = carer

    @remembers
    def sen_recorded(self, event: e.SenRecorded) -> None:
        self.sen_provision, self.sen_needs = event.provision, event.needs

    @remembers
    def ehc_plan_recorded(self, event: e.EhcPlanRecorded) -> None:
        self.ehc_plan, self.sen_provision = event.plan, "E"

    @remembers
    def ehc_plan_ceased(self, event: e.EhcPlanCeased) -> None:
        self.ehc_plan = None

    @remembers
    def looked_after_recorded(self, event: e.LookedAfterRecorded) -> None:
        self.looked_after = event.looked_after

    @remembers
    def looked_after_ended(self, event: e.LookedAfterEnded) -> None:
        self.looked_after = None

    @remembers
    def social_worker_recorded(self, event: e.SocialWorkerRecorded) -> None:
        self.social_worker = event.social_worker

    @remembers
    def social_work_ended(self, event: e.SocialWorkEnded) -> None:
        self.social_worker = None

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

    @remembers
    def school_return_sent(self, event: step.SchoolReturnSent) -> None:
        self.returns.append(event.sent)

    @remembers
    def exclusion_notified(self, event: step.ExclusionNotified) -> None:
        self.told_of_exclusions.append(event.told)

    @remembers
    def governors_met(self, event: step.GovernorsMet) -> None:
        self.governors_meetings.append(event.meeting)

    @remembers
    def pep_meeting_held(self, event: step.PepMeetingHeld) -> None:
        self.pep_meetings.append(event.pep)

    @remembers
    def annual_review_step_taken(self, event: step.AnnualReviewStepTaken) -> None:
        self.annual_review.append(event.review)

    @remembers
    def early_review_asked(self, event: EarlyReviewAsked) -> None:
        self.early_reviews_asked.append(event.on)

    @remembers
    def protection_file_sent(self, event: step.ChildProtectionFileSent) -> None:
        self.protection_files.append(event.file)
