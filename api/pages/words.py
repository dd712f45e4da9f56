"""How things are said on pages: days, stages, the colours of tags. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from domain.working_days import is_working_day, working_days_after

LONDON = ZoneInfo("Europe/London")

STAGE_COLOURS = {
    "needs_assessment": "grey",
    "suitability_check": "light-blue",
    "contract": "turquoise",
    "risk_assessment": "yellow",
    "active": "green",
    "review": "blue",
    "breakdown": "red",
    "exit": "purple",
}
"""A tag always says its stage in words, too: colour alone tells nothing."""

FIRST_DAYS = ("The first day", "The first day back")
"""Questions for a school day that do not say so."""


def day(value: str | date | None) -> str:
    """A day as people write it: 23 November 2026. A moment is told as its day in London."""
    if not value:
        return ""
    if isinstance(value, str):
        value = _moment(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = value.astimezone(LONDON)
    return f"{value.day} {value:%B %Y}"


def moment(value: str | datetime | None) -> str:
    """A moment in London: 23 November 2026, 3:30pm. In the night in which an hour comes twice, with its zone."""
    if not value:
        return ""
    at = (_moment(value) if isinstance(value, str) else value).astimezone(LONDON)
    twice = at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
    return f"{day(at)}, {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}{f' {at:%Z}' if twice else ''}"


def label(value: Any) -> str:
    """A name of the code as words: needs_assessment is Needs assessment."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    text = str(value or "").replace("_", " ").replace(".", " ")
    return text[:1].upper() + text[1:]


def stage_colour(stage: str) -> str:
    """The colour of a stage's tag."""
    return STAGE_COLOURS.get(stage, "grey")


def count(number: int, one: str, many: str = "") -> str:
    """1 placement, 2 placements."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def capital(text: str) -> str:
    """Words as they begin a sentence."""
    return text[:1].upper() + text[1:]


def said(code: str) -> str:
    """A value of a choice in words. Codes of official returns, such as SEMH, stay as they are."""
    return label(code) if code.islower() else code


def in_group(path: str, group: str) -> bool:
    """Whether a field belongs to a group."""
    return path.startswith(f"{group}.")


def example_day(asked: str = "") -> str:
    """A day as it is typed: today, which is the day that most often is meant. What is asked for as a school day is none at a weekend."""
    on = datetime.now(LONDON).date()
    if "school day" in asked or asked in FIRST_DAYS:
        on = on if is_working_day(on) else working_days_after(on, 1)
    return f"For example, {on.day} {on.month} {on.year}"


def typed_today(*, in_boxes: bool = False) -> str:
    """Today in London as it is typed into one box, or into three: for an example that does not grow old."""
    on = datetime.now(LONDON).date()
    return f"{on.day} {on.month} {on.year}" if in_boxes else on.isoformat()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "label": label,
    "stage_colour": stage_colour,
    "count_of": count,
    "said": said,
}
TESTS: dict[str, Callable[..., bool]] = {"in_group": in_group}
