"""docs/time-rules.md: every deadline as data."""

from __future__ import annotations

import inspect
from collections.abc import Iterable

from domain.deadlines.time_rule import TimeRule, Unit
from domain.duties.all_duties import NOT_COUNTED, WAYS
from domain.events import Event, stored_name
from domain.time_rules import TIME_RULES
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

`started by` and `completed by` are the events that bring a duty and meet it. The last column names the code that counts it: pure functions
in `domain/duties/`, which make the due list ([see what is due](how-to/see-what-is-due.md)). Where a rule has no such code, it says why.
Where a day cannot be counted because no school calendar covers it, that is a finding of its own (T46).
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
    "started by",
    "completed by",
    "counted by",
)


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
        *_counted(rule),
    )


def _counted(rule: TimeRule) -> tuple[str, str, str]:
    way = WAYS.get(rule.id)
    if way is None:
        return "", "", NOT_COUNTED[rule.id]
    path = f"{way.duties.__module__.replace('.', '/')}.py"
    about = (inspect.getdoc(way.duties) or "").replace("\n", " ")
    return (
        _events(way.started_by),
        _events(way.completed_by) or "nothing",
        f"{link(code(way.duties.__name__), f'../{path}')}: {about}",
    )


def _events(kinds: Iterable[type[Event]]) -> str:
    return ", ".join(code(stored_name(kind)) for kind in kinds)
