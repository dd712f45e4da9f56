"""docs/time-rules.md: every deadline as data."""

from __future__ import annotations

import re
from functools import cache

from domain.deadlines.time_rule import TimeRule, Unit
from domain.time_rules import TIME_RULES
from service.documents.docstrings import CHECKOUT
from service.documents.markdown import code, link, page, table, words

INTRODUCTION = """
Deadlines are data: `domain/deadlines/`, put together in `domain/time_rules.py`. A rule says what sets it off, what must be done, by
when, by whom, and how sure we are. `due_on` in `domain/time_rules.py` works out the day. A rule is never edited: its count is a
parameter, and a change is a new version with its own first day ([parameters.md](parameters.md)). This page shows version 1.

The units differ, and mixing them up is how deadlines are missed. `SD` school days and half-terms are counted by the calendar of
the home school, `WD` working days by the bank holidays of England, `CD` calendar days by neither. A negative count lies before the
anchor. `day 1` means that the anchor itself counts as the first day.

`hard` is law or contract, `should` is guidance, `local` is a local choice. A rule that is unverified or only proposed is off until
an organisation chooses it. Only a verified hard rule may ever stand in the way; all others may warn. Marks: [guidance.md](guidance.md).

The last column names the code that speaks of the deadline. That code counts the days by itself: nothing reads the table when it
decides, and no list of what falls due is made from it yet. So a change of a deadline here is a change there, too.
"""
HEAD = (
    "id",
    "when",
    "what must be done",
    "by when",
    "who",
    "force",
    "mark",
    "on by default",
    "source",
    "note",
    "in code",
)
WHERE = ("domain/rules", "workflows", "projections")
"""Rooms in which code may speak of a deadline."""


def time_rules_page() -> str:
    """The whole page."""
    return page("Deadlines", INTRODUCTION, table(HEAD, map(_row, sorted(TIME_RULES.values(), key=_number))))


def _number(rule: TimeRule) -> int:
    """T14_pause comes with T14."""
    return int(rule.id.removeprefix("T").partition("_")[0])


def by_when(rule: TimeRule) -> str:
    """The deadline in words."""
    anchor = words(rule.anchor.removesuffix("_on"))
    if rule.unit is Unit.AT_ONCE:
        return f"at once: {anchor}"
    if rule.unit is Unit.AS_AGREED:
        return f"as agreed for the child, from: {anchor}"
    if rule.unit is Unit.FIXED_DATE:
        month, day = rule.fixed_date
        return f"the next {day:02}-{month:02} (day-month) after: {anchor}"
    unit = words(rule.unit)
    counted = f"{abs(rule.count)} {unit.removesuffix('s') if abs(rule.count) == 1 else unit}"
    if rule.anchor_is_day_one:
        return f"{counted}, day 1: {anchor}"
    if rule.count == 0:
        return f"the same day: {anchor}"
    return f"{counted} {'before' if rule.count < 0 else 'after'}: {anchor}"


def _row(rule: TimeRule) -> tuple[str, ...]:
    id = f'<a id="{rule.id.lower()}"></a>{rule.id}'
    on = "yes" if rule.on_by_default else "no"
    note = rule.note if rule.version == 1 else f"{rule.note} Version {rule.version}.".strip()
    return (
        id,
        rule.trigger,
        rule.obligation,
        by_when(rule),
        words(rule.owner),
        rule.severity,
        f"[{rule.mark}]",
        on,
        rule.source,
        note,
        ", ".join(link(code(path), f"../{path}") for path in _named_in(rule.id)),
    )


def _named_in(id: str) -> list[str]:
    """The files that speak of it."""
    name = re.compile(rf"\b{id.partition('_')[0]}\b")
    return [path for path, text in _texts().items() if name.search(text)]


@cache
def _texts() -> dict[str, str]:
    paths = sorted(path for room in WHERE for path in (CHECKOUT / room).rglob("*.py"))
    return {str(path.relative_to(CHECKOUT)): path.read_text() for path in paths}
