"""The count of every deadline that has one, as a parameter: `deadline_t13` is the count of T13."""

from __future__ import annotations

from domain.deadlines.time_rule import TimeRule, Unit
from domain.parameter import Parameter
from domain.time_rules import TIME_RULES

_UNITS = {
    Unit.SCHOOL_DAYS: "school days",
    Unit.WORKING_DAYS: "working days",
    Unit.CALENDAR_DAYS: "days",
    Unit.HOURS: "hours",
    Unit.WEEKS: "weeks",
    Unit.MONTHS: "months",
    Unit.HALF_TERMS: "half-terms",
}
"""Other units count nothing: at once, as agreed, each term, a date of the year."""

_TIME_TO_ANSWER = frozenset({"T24"})
"""Time that someone is given and not time that someone takes: the longer, the more it asks of the others."""


def name_of(rule: TimeRule) -> str:
    """The parameter that holds the count of a deadline."""
    return f"deadline_{rule.id.lower()}"


def is_counted(rule: TimeRule) -> bool:
    """Whether a deadline has a count that can be changed: once each half-term has none (see `review_interval_weeks`)."""
    return rule.unit in _UNITS and not (rule.unit is Unit.HALF_TERMS and rule.count > 0)


def _parameter(rule: TimeRule) -> Parameter:
    count = abs(rule.count)
    before = rule.count < 0
    return Parameter(
        name=name_of(rule),
        meaning=f"{rule.id}: {rule.trigger}: {rule.obligation}; counted {'back ' if before else ''}from "
        f"{rule.anchor.replace('_', ' ')}",
        unit=_UNITS[rule.unit],
        value=count,
        least=min(count, 1),
        most=max(2 * count, 10) if rule.unit is not Unit.HALF_TERMS else 3,
        tighter="higher" if before or rule.id in _TIME_TO_ANSWER else "lower",
        source=rule.source,
        mark=rule.mark,
        hard=not rule.only_warns,
        in_force_from=rule.in_force_from,
    )


PARAMETERS_OF_DEADLINES = tuple(_parameter(rule) for rule in TIME_RULES.values() if is_counted(rule))
