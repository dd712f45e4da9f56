"""The file that duties to a child are read from: the child, its placements and its registers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from domain.attendance import Attendance
from domain.child import Child
from domain.child_step_events import BackInEducation
from domain.deadlines.time_rule import Owner
from domain.duties.counting import Counting
from domain.duties.duty import Cause, Duty
from domain.duties.lives import LifeOfPlacement, Register
from domain.duties.story import Story
from domain.events import Event
from domain.people import OrganisationKind
from domain.placement import Placement
from domain.time_rules import time_rule

AT_SCHOOL = frozenset({"school", "head", "governing_body", "safeguarding_lead"})
"""Owners that are found at the child's school."""
AT_AUTHORITY = frozenset({"local_authority", "social_worker"})


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
