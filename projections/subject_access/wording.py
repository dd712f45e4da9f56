"""A stored fact as a person reads it: what the field is called, and its value in words. The copy for machines keeps what is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from projections.fact_words import CODES_OF, answer_in_words, named
from projections.saying import clock, day, plain
from projections.subject_access.copying import FactTold

LONDON = ZoneInfo("Europe/London")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)")
CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+|[a-z]{2,}")
"""A value of one of our lists, where it is no free text."""
PARTS = {
    "decision": "Reason",
    "half": "Part of the day",
    "identifiers": "Number by which the child is known",
    "sen_needs": "Special educational need",
}
"""Parts of a path that are called otherwise here than in a form."""


def label(fact: FactTold, of_several: frozenset[str]) -> str:
    """The field of a fact as a heading: `identifiers.0.kind` is Numbers by which the child is known 1: kind.

    `of_several` are the paths of lists that hold more than one thing; only these are numbered.
    """
    said: list[str] = []
    path: list[str] = []
    for part in fact.field.split("."):
        if part.isdecimal():
            if ".".join(path) in of_several and said:
                said[-1] += f" {int(part) + 1}"
        else:
            name = PARTS.get(part, named(part))
            said.append(name if not said or name[1:2].isupper() else name[:1].lower() + name[1:])
        path.append(part)
    return ": ".join(said)


def lists_of_several(facts: tuple[FactTold, ...]) -> frozenset[str]:
    """The paths of lists that hold more than one thing."""
    found: set[str] = set()
    for fact in facts:
        path = fact.field.split(".")
        found |= {".".join(path[:at]) for at, part in enumerate(path) if part.isdecimal() and int(part) > 0}
    return frozenset(found)


def value(fact: FactTold, names: Mapping[str, str]) -> str:
    """A value in words: names of records for their ids, the meaning of a code, Yes and No, days, and moments in London."""
    stored, name = fact.value, next(part for part in reversed(fact.field.split(".")) if not part.isdecimal())
    if isinstance(stored, bool):
        return "Yes" if stored else "No"
    if isinstance(stored, int | float):
        return f"{stored:g}"
    text = str(stored)
    return names.get(text) or _time(text) or (text if fact.category else _code(name, text))


def _time(text: str) -> str:
    """A day or a moment in words; nothing where it is none."""
    if DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    return moment(datetime.fromisoformat(text)) if MOMENT.fullmatch(text) else ""


def _code(name: str, text: str) -> str:
    """A code in words; what is none stays as it is."""
    if name == "year_group" and text.isdecimal():
        return f"Year {text}"
    if name in CODES_OF or name in ("route", "half"):
        return answer_in_words(name, text)
    return plain(text)[:1].upper() + plain(text)[1:] if CODE.fullmatch(text) else text


def moment(when: datetime | None) -> str:
    """An instant as people in London write it."""
    if when is None:
        return "at a moment not known"
    at = when.astimezone(LONDON)
    return f"{day(at.date())} at {clock(at)}"
