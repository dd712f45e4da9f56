"""Counts the days of a duty on the calendar of those who owe it, by the count that is in force on the day it began."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from domain.deadlines.time_rule import TimeRule, Unit
from domain.guidance import Guidance, Parameters
from domain.organisation import Organisation
from domain.school_days import OutsideCalendar, SchoolDays, is_working_day, school_days_of, working_days_after
from domain.time_rules import due_on, time_rule

PAPERS = "T34"
"""Rules of papers that run out, which need time to be renewed."""
EACH_DAY = frozenset({"T47"})
"""What is to be done every day is not announced."""
MOST_ANSWERS = 10_000
"""The same is asked again with every event of a file, and days and organisations are few."""
Asked = tuple[str, date, UUID | None]
"""A rule or a number, the day for which it is asked, and for whom."""
T = TypeVar("T")
WITHOUT_CALENDAR = "working days, for want of a calendar"
_IN_WORDS = {
    Unit.SCHOOL_DAYS: "school days",
    Unit.WORKING_DAYS: "working days",
    Unit.HALF_TERMS: "half-terms",
    Unit.TERMS: "terms",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """The day due, under which version of the rule, and how it was counted."""

    rule: TimeRule
    due_on: date
    by: str
    uncovered: bool = False
    """Whether a school calendar was needed, and none covers the days."""


class Counting:
    """What counting needs besides the records: organisations with their calendars and choices, and the published counts."""

    def __init__(
        self, organisations: Mapping[UUID, Organisation], published: Mapping[str, Guidance] | None = None
    ) -> None:
        self.organisations = organisations
        self.published = published or {}
        self._parameters: dict[UUID | None, Parameters] = {}
        self._rules: dict[Asked, TimeRule] = {}
        self._soon: dict[Asked, timedelta] = {}

    def parameters(self, organisation_id: UUID | None) -> Parameters:
        """The numbers as an organisation holds itself to them."""
        found = self._parameters.get(organisation_id)
        if found is None:
            organisation = self.organisations.get(organisation_id) if organisation_id else None
            found = self._parameters[organisation_id] = Parameters(self.published, organisation)
        return found

    def rule(self, id: str, anchor: date, organisation_id: UUID | None) -> TimeRule:
        """A time rule as it stood on its anchor day, for an organisation."""
        asked = (id, anchor, organisation_id)
        found = self._rules.get(asked)
        if found is None:
            found = self.parameters(organisation_id).deadline(id, on=anchor)
            _remember(self._rules, asked, found)
        return found

    def soon(self, rule: str, anchor: date, organisation_id: UUID | None) -> timedelta:
        """How long before its day a duty counts as due soon: papers that run out earlier, what is done each day not at all."""
        if rule in EACH_DAY:
            return timedelta(0)
        name = "expiry_warning_days" if rule.startswith(PAPERS) else "due_soon_days"
        asked = (name, anchor, organisation_id)
        found = self._soon.get(asked)
        if found is None:
            found = timedelta(days=int(self.parameters(organisation_id).of(name, on=anchor)))
            _remember(self._soon, asked, found)
        return found

    def is_on(self, id: str, organisations: Iterable[UUID | None]) -> bool:
        """Whether a rule counts: what is unverified or proposed does where one of these organisations chose it."""
        if time_rule(id).on_by_default:
            return True
        return any(
            organisation is not None and id in organisation.warnings
            for organisation in (self.organisations.get(i) for i in organisations if i is not None)
        )

    def calendars(self, organisations: Iterable[UUID | None]) -> list[SchoolDays]:
        """The school days of those that have a calendar, in the order given: home school, commissioner, authority."""
        found = (self.organisations.get(i) for i in dict.fromkeys(organisations) if i is not None)
        return [school_days_of(o.calendar) for o in found if o is not None and o.calendar is not None]

    def count(
        self, id: str, anchor: date, owes: UUID | None, whose_days: Iterable[UUID | None]
    ) -> Counted | None:
        """The day due; None where only a calendar could tell, and none does.

        School days that no calendar covers are counted as working days, which is never later: such a day is marked.
        """
        rule = self.rule(id, anchor, owes)
        if rule.calendar != "home_school":
            return Counted(rule, due_on(rule, anchor), _IN_WORDS.get(rule.unit, "days"))
        for days in self.calendars(whose_days):
            try:
                return Counted(rule, due_on(rule, anchor, days), _IN_WORDS[rule.unit])
            except OutsideCalendar:
                continue
        if rule.unit is not Unit.SCHOOL_DAYS:
            return None
        return Counted(rule, _in_working_days(rule, anchor), WITHOUT_CALENDAR, uncovered=True)


def _remember(known: dict[Asked, T], asked: Asked, answer: T) -> None:
    if len(known) >= MOST_ANSWERS:
        known.clear()
    known[asked] = answer


def _in_working_days(rule: TimeRule, anchor: date) -> date:
    if not rule.anchor_is_day_one:
        return due_on(replace(rule, unit=Unit.WORKING_DAYS), anchor)
    first = anchor
    while not is_working_day(first):
        first += timedelta(days=1)
    return working_days_after(first, rule.count - 1) if rule.count > 1 else first
