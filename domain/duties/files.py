"""The files that duties are read from: everything about one child, one provider, one organisation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from domain import placement_events as e
from domain import placement_life_events as life
from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.attendance_events import SessionCoded
from domain.child import Child
from domain.deadlines.time_rule import Owner
from domain.duties.counting import Counting
from domain.duties.duty import Cause, Duty
from domain.duties.story import Story
from domain.events import Event
from domain.organisation import Organisation
from domain.people import OrganisationKind
from domain.placement import Placement
from domain.provider import Provider
from domain.time_rules import time_rule

AT_SCHOOL = frozenset({"school", "head", "governing_body", "safeguarding_lead"})
"""Owners that are found at the child's school."""
AT_AUTHORITY = frozenset({"local_authority", "social_worker"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another, or until further notice."""

    from_on: date
    until_on: date | None
    begun_by: Event
    ended_by: Event | None = None


class LifeOfPlacement:
    """A placement with its events, and when the child was there."""

    def __init__(self, placement: Placement) -> None:
        self.record, self.story = placement, Story(placement)

    @cached_property
    def live(self) -> tuple[Stretch, ...]:
        """From each start or reopening to the end after it."""
        found: list[Stretch] = []
        begun: tuple[date, Event] | None = None
        for event in self.story.of(e.Started, life.Reopened, life.Ended, life.Replaced):
            if isinstance(event, e.Started):
                begun = (event.on, event)
            elif isinstance(event, life.Reopened):
                begun = (event.occurred_on, event) if found else None
            elif begun is not None:
                found.append(Stretch(begun[0], event.on, begun[1], event))
                begun = None
        if begun is not None:
            found.append(Stretch(begun[0], None, begun[1]))
        return tuple(found)

    @property
    def ended_on(self) -> date | None:
        """The day it ended or was withdrawn; None while it goes on."""
        return self.record.ended_on

    def held(self) -> list[tuple[date, life.ReviewRecorded]]:
        """The reviews that were held, by their day."""
        found = [(event.held.held_on, event) for event in self.story.of(life.ReviewRecorded)]
        return sorted(found, key=lambda pair: (pair[0], pair[1].originator_version))


class Register:
    """A register of attendance with its events, and what the school entered for each day."""

    def __init__(self, record: Attendance) -> None:
        self.record, self.story = record, Story(record)

    @property
    def placement_id(self) -> UUID | None:
        return self.record.placement_id

    @cached_property
    def coded(self) -> dict[date, list[SessionCoded]]:
        """By their day, the codes in the order in which they were entered."""
        found: dict[date, list[SessionCoded]] = {}
        for event in self.story.of(SessionCoded):
            found.setdefault(event.day, []).append(event)
        return found


class ChildFile:
    """A child with every placement and register. It makes duties; it decides nothing."""

    def __init__(
        self,
        child: Child,
        placements: Sequence[Placement],
        registers: Sequence[Attendance],
        counting: Counting,
    ) -> None:
        self.child, self.story, self.counting = child, Story(child), counting
        self.placements = [LifeOfPlacement(p) for p in sorted(placements, key=lambda p: p.id)]
        self.registers = [
            Register(r) for r in sorted(registers, key=lambda r: (r.first_on or date.min, r.id))
        ]
        self.days_away: list[Any] | None = None
        """Worked out once, for the rules that ask for it."""
        self.uncovered: dict[UUID, tuple[date, Event]] = {}
        """Where a calendar was needed and none covers the days: the record it was needed for, since when, and by which event."""

    def owed(
        self,
        rule: str,
        anchor: date,
        known: Event,
        *,
        placement: Placement | None = None,
        subject: UUID | None = None,
        about: str = "",
        due: date | None = None,
        by: str = "as agreed",
        done: tuple[date, Event] | None = None,
        lapsed: date | None = None,
        owes: UUID | None = None,
    ) -> Iterator[Duty]:
        """The duty, if its rule is on and its day can be counted. `due` is for a day that is known already, and how; else it is counted."""
        owner = time_rule(rule).owner
        school = placement.home_school_id if placement else self.child.school_on(anchor)
        commissioner = placement.commissioner_id if placement else None
        authority = self.child.authority_id
        debtor = owes or self._debtor(owner, school, commissioner)
        if not self.counting.is_on(rule, (debtor, commissioner, authority)):
            return
        subject_id = subject or (placement.id if placement else self.child.id)
        if due is None:
            counted = self.counting.count(rule, anchor, debtor, (school, commissioner, authority))
            if counted is None or counted.uncovered:
                self.uncovered.setdefault(placement.id if placement else self.child.id, (anchor, known))
            if counted is None:
                return
            row, due, by = counted.rule, counted.due_on, counted.by
        else:
            row = self.counting.rule(rule, anchor, debtor)
        yield Duty(
            rule=rule,
            subject_id=subject_id,
            about=about,
            file_id=self.child.id,
            child_id=self.child.id,
            placement_id=placement.id if placement else None,
            provider_id=placement.provider_id if placement else None,
            organisation_id=debtor,
            commissioner_id=commissioner,
            home_school_id=school,
            authority_id=authority,
            owner=owner,
            severity=row.severity,
            mark=row.mark,
            version=row.version,
            anchor_on=anchor,
            due_on=due,
            counted_by=by,
            known_by=Cause.of(known),
            done_on=done[0] if done else None,
            done_by=Cause.of(done[1]) if done else None,
            lapsed_on=lapsed,
        )

    def _debtor(self, owner: Owner, school: UUID | None, commissioner: UUID | None) -> UUID | None:
        if owner in ("provider", "parent"):
            return None
        if owner in AT_AUTHORITY:
            return self.child.authority_id
        if owner in AT_SCHOOL:
            return school or commissioner or self.child.authority_id
        return commissioner or self.child.authority_id

    def taught_from(self, day: date) -> tuple[date, Event] | None:
        """The first day on or after a day on which a placement taught the child, or someone said that it is taught again."""
        from domain.child_step_events import BackInEducation

        found: list[tuple[date, Event]] = [
            (max(stretch.from_on, day), stretch.begun_by)
            for life_of in self.placements
            for stretch in life_of.live
            if stretch.until_on is None or stretch.until_on > day
        ]
        found += [(event.on, event) for event in self.story.of(BackInEducation) if event.on >= day]
        return min(found, key=lambda pair: (pair[0], pair[1].originator_id), default=None)

    def used_since(self, organisation_id: UUID | None) -> date:
        """The day an organisation came to the service: what its school did before then was not written down here."""
        organisation = self.counting.organisations.get(organisation_id) if organisation_id else None
        return organisation.events[0].occurred_on if organisation and organisation.events else date.min

    def was_here(self, day: date, organisation_id: UUID | None) -> bool:
        """Whether an organisation used the service by a day: what it did before then was written down elsewhere."""
        return day >= self.used_since(organisation_id)

    def is_school(self, organisation_id: UUID | None) -> bool:
        """Whether an organisation is a school or a trust."""
        organisation = self.counting.organisations.get(organisation_id) if organisation_id else None
        return organisation is not None and organisation.kind in (
            OrganisationKind.SCHOOL,
            OrganisationKind.TRUST,
        )


class ProviderFile:
    """A provider with its standing agreements."""

    def __init__(self, provider: Provider, agreements: Iterable[Agreement], counting: Counting) -> None:
        self.provider, self.story, self.counting = provider, Story(provider), counting
        self.agreements = sorted(agreements, key=lambda a: a.id)

    @property
    def users(self) -> list[UUID]:
        """The organisations that have an agreement with it."""
        return list(dict.fromkeys(a.commissioner_id for a in self.agreements if a.commissioner_id))

    def owed(
        self,
        rule: str,
        anchor: date,
        known: Event,
        *,
        agreement: Agreement | None = None,
        about: str = "",
        due: date | None = None,
        done: tuple[date, Event] | None = None,
        lapsed: date | None = None,
    ) -> Iterator[Duty]:
        """The duty, if its rule is on for one of those who use the provider."""
        if not self.counting.is_on(rule, self.users):
            return
        debtor = agreement.commissioner_id if agreement else None
        row = self.counting.rule(rule, anchor, debtor)
        by = "as agreed"
        if due is None:
            counted = self.counting.count(rule, anchor, debtor, ())
            if counted is None:
                return
            row, due, by = counted.rule, counted.due_on, counted.by
        yield Duty(
            rule=rule, subject_id=agreement.id if agreement else self.provider.id, about=about,
            file_id=self.provider.id, provider_id=self.provider.id, organisation_id=debtor,
            commissioner_id=debtor, owner=row.owner, severity=row.severity, mark=row.mark, version=row.version,
            anchor_on=anchor, due_on=due, counted_by=by, known_by=Cause.of(known),
            done_on=done[0] if done else None, done_by=Cause.of(done[1]) if done else None, lapsed_on=lapsed,
        )  # fmt: skip


class OrganisationFile:
    """An organisation with what it owes each year and to those who ask."""

    def __init__(self, organisation: Organisation, counting: Counting) -> None:
        self.organisation, self.story, self.counting = organisation, Story(organisation), counting

    def owed(
        self,
        rule: str,
        anchor: date,
        known: Event,
        *,
        about: str = "",
        child_id: UUID | None = None,
        done: tuple[date, Event] | None = None,
    ) -> Iterator[Duty]:
        """The duty, if its rule is on here."""
        mine = self.organisation.id
        authority = self.organisation.authority_id or mine
        if not self.counting.is_on(rule, (mine,)):
            return
        counted = self.counting.count(rule, anchor, mine, (mine, authority))
        if counted is None:
            return
        row = counted.rule
        yield Duty(
            rule=rule, subject_id=mine, about=about, file_id=mine, child_id=child_id, organisation_id=mine,
            owner=row.owner, severity=row.severity, mark=row.mark, version=row.version, anchor_on=anchor,
            due_on=counted.due_on, counted_by=counted.by, known_by=Cause.of(known),
            done_on=done[0] if done else None, done_by=Cause.of(done[1]) if done else None,
        )  # fmt: skip


def first_on_or_after(
    day: date, found: Iterable[tuple[date, Event]], until: date | None = None
) -> tuple[date, Event] | None:
    """The first of some dated events that is not before a day, nor after another."""
    fits = [pair for pair in found if pair[0] >= day and (until is None or pair[0] <= until)]
    return min(fits, key=lambda pair: (pair[0], pair[1].originator_version), default=None)


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


Organisations = Mapping[UUID, Organisation]
