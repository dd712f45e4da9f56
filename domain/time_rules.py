"""What falls due when: every deadline with its unit, anchor and source, and the day on which it falls."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from domain.deadlines.of_agreed_days import RULES_OF_AGREED_DAYS
from domain.deadlines.of_children import RULES_OF_CHILDREN
from domain.deadlines.of_placements import RULES_OF_PLACEMENTS
from domain.deadlines.of_plans_and_providers import RULES_OF_PLANS_AND_PROVIDERS
from domain.deadlines.time_rule import Owner, Severity, TimeRule, Unit
from domain.school_days import HalfTerm, OutsideCalendar, SchoolDays, working_days_after

__all__ = ["TIME_RULES", "NoFixedDay", "Owner", "Severity", "TimeRule", "Unit", "due_on", "time_rule"]

TIME_RULES: dict[str, TimeRule] = {
    rule.id: rule
    for rule in (
        *RULES_OF_CHILDREN,
        *RULES_OF_PLACEMENTS,
        *RULES_OF_PLANS_AND_PROVIDERS,
        *RULES_OF_AGREED_DAYS,
    )
}
"""Every time rule by its id."""


class NoFixedDay(Exception):
    """The rule names no day of its own: people agree on one, and it is written down with the decision."""

    def __init__(self, rule: TimeRule) -> None:
        self.rule = rule
        super().__init__(f"{rule.id} sets no day: {rule.obligation}")


def time_rule(id: str) -> TimeRule:
    """A time rule by its id, such as `T16`. Raises KeyError where there is none."""
    return TIME_RULES[id]


def due_on(rule: TimeRule, anchor: date, school_days: SchoolDays | None = None) -> date:
    """The day on which an obligation falls due; the last day on which it is still met.

    `anchor` is the day that `rule.anchor` names. Rules counted in school time need the calendar. A negative
    count falls before the anchor. Raises OutsideCalendar beyond the known terms, NoFixedDay where people must
    agree on the day, and ValueError where the calendar is missing.
    """
    if rule.unit in _BY_CALENDAR:
        return _BY_CALENDAR[rule.unit](rule, anchor)
    if rule.unit is Unit.AS_AGREED:
        raise NoFixedDay(rule)
    if school_days is None:
        raise ValueError(f"{rule.id} is counted in school time: a school calendar is needed")
    if rule.unit is Unit.SCHOOL_DAYS:
        return _in_school_days(rule, anchor, school_days)
    if rule.unit is Unit.HALF_TERMS:
        return _in_half_terms(rule, anchor, school_days)
    return _last_day_of_term(anchor, school_days)


def months_after(day: date, n: int) -> date:
    """The same day n months later, or the last of that month where it has no such day."""
    months = day.year * 12 + day.month - 1 + n
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _in_school_days(rule: TimeRule, anchor: date, days: SchoolDays) -> date:
    if rule.anchor_is_day_one:
        first = days.on_or_after(anchor)
        return first if rule.count == 1 else days.after(first, rule.count - 1)
    return days.after(anchor, rule.count)


def _in_half_terms(rule: TimeRule, anchor: date, days: SchoolDays) -> date:
    """With a count of 1, the last school day of the half-term; below 0, the first of one before it.

    An anchor on which the school does not meet is taken with the school days that matter: those still to come
    where something must be done by then, those gone by where it must be done before.
    """
    halves = days.half_terms()
    met_on = days.on_or_after(anchor) if rule.count > 0 else days.on_or_before(anchor)
    here = halves.index(_half_term_with(met_on, days))
    wanted = here + rule.count - 1 if rule.count > 0 else here + rule.count
    if not 0 <= wanted < len(halves):
        raise OutsideCalendar(anchor, halves[0].starts_on, halves[-1].ends_on)
    return halves[wanted].last_school_day if rule.count > 0 else halves[wanted].first_school_day


def _half_term_with(school_day: date, days: SchoolDays) -> HalfTerm:
    return next(half for half in days.half_terms() if half.starts_on <= school_day <= half.ends_on)


def _last_day_of_term(anchor: date, days: SchoolDays) -> date:
    term = _half_term_with(days.on_or_after(anchor), days).term
    return max(half.last_school_day for half in days.half_terms() if half.term == term)


def _on_fixed_date(rule: TimeRule, anchor: date) -> date:
    """The next 15 February, say, on or after the anchor."""
    month, day = rule.fixed_date
    this_year = date(anchor.year, month, day)
    return this_year if this_year >= anchor else date(anchor.year + 1, month, day)


_BY_CALENDAR: dict[Unit, Callable[[TimeRule, date], date]] = {
    Unit.AT_ONCE: lambda rule, anchor: anchor,
    Unit.CALENDAR_DAYS: lambda rule, anchor: anchor + timedelta(days=rule.count),
    Unit.HOURS: lambda rule, anchor: anchor + timedelta(days=rule.count // 24),
    Unit.WEEKS: lambda rule, anchor: anchor + timedelta(weeks=rule.count),
    Unit.MONTHS: lambda rule, anchor: months_after(anchor, rule.count),
    Unit.WORKING_DAYS: lambda rule, anchor: working_days_after(anchor, rule.count),
    Unit.FIXED_DATE: _on_fixed_date,
}
