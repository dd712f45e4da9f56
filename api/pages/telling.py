"""What a record holds, in words: for each value the form in which people read it, whatever record it stands in.

The form is told from the value itself, so a field that is added to a record shows at once, without a line here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from jinja2 import Undefined

from api.pages.stories import kinds_in, people_in
from api.pages.words import capital, day, moment, said
from domain.routes import ROUTES
from projections.fact_words import CODES_OF, answer_in_words, named

DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:\d\d)")
REFERENCE = re.compile(r"([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:/(\d+))?")
"""A record, or with a number one of its entries."""
CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+|[a-z]{2,}")
"""A value of one of our lists. A single small word that somebody typed looks the same, and loses nothing by a capital."""
CODE_OF_A_RETURN = re.compile(r"[A-Z0-9#/\\\\]{1,6}")
ERASED = "[erased]"
WIDEST = 5
"""Columns of a table at most; what has more is told one by one."""
MONEY = ("price_per_week", "price_per_session", "price", "amount", "lifetime_value")


def told(value: Any, name: str = "", names: Mapping[str, Any] = {}) -> Any:
    """One value as it is read. `names`: what records and people are called, by their ids."""
    if value is True or value is False:
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return f"£{value:,.2f}" if name in MONEY else f"{value:g}" if isinstance(value, float) else str(value)
    text = str(value)
    if text in names:
        return names[text]
    if (words := _by_its_form(text)) is not None:
        return words
    if name in ITS_OWN_WORDS:
        return ITS_OWN_WORDS[name](text)
    if name in CODES_OF and CODE_OF_A_RETURN.fullmatch(text):
        return answer_in_words(name, text)
    return said(text) if CODE.fullmatch(text) else without_marks(text)


def _by_its_form(text: str) -> str | None:
    """A day, a moment, a record without a name, or one of its entries: nobody reads such a thing as it is stored."""
    if DAY.fullmatch(text):
        return day(text)
    if MOMENT.fullmatch(text):
        return moment(text)
    reference = REFERENCE.fullmatch(text)
    if reference is None:
        return None
    record, entry = reference.groups()
    return f"entry {entry}" if entry else f"reference {record}"


def _year(text: str) -> str:
    return f"Year {text}" if text.isdecimal() else answer_in_words("year_group", text)


def _route(text: str) -> str:
    return answer_in_words("route", text) if text in ROUTES else said(text)


def without_marks(text: Any) -> str:
    """Words whose key was destroyed are told by one word: erased."""
    return str(text).replace(ERASED, "erased")


def whole_name(record: Mapping[str, Any] | None) -> str:
    """A child's name, from a file or from a row of a list; or that it was erased."""
    if not record:
        return "Name erased"
    if "name" in record:
        name = record["name"] or ""
    else:
        parts = (record.get("given_names"), record.get("family_name"))
        name = " ".join(part for part in parts if part)
    return "Name erased" if not name.strip() or ERASED in name else name


def is_group(value: Any) -> bool:
    """Whether a value has parts with names of their own."""
    return isinstance(value, Mapping)


def is_list(value: Any) -> bool:
    """Whether there may be several."""
    return isinstance(value, Sequence) and not isinstance(value, str)


def is_record(value: Any) -> bool:
    """Whether a value only names another record."""
    return isinstance(value, Mapping) and value.keys() == {"id", "name"}


def is_table(value: Any) -> bool:
    """Whether several things are alike and short enough to stand in one table."""
    if not is_list(value) or len(value) < 2 or not all(is_group(one) for one in value):
        return False
    flat = not any(is_group(part) or is_list(part) for one in value for part in one.values() if is_said(part))
    return flat and len(columns(value)) <= WIDEST


def columns(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The parts that any of several things has, in their order."""
    return list(dict.fromkeys(name for row in rows for name, part in row.items() if is_said(part)))


def is_said(value: Any) -> bool:
    """Whether there is anything to tell: no is an answer, nothing is none, and so is what this person is not shown."""
    if isinstance(value, dict):
        return any(is_said(part) for part in value.values())
    return not isinstance(value, Undefined) and value not in (None, "", [], ())


def is_filled(value: Any) -> bool:
    """Whether a part of a record holds anything: a clock that never ran holds nothing."""
    return is_said(value) and not (is_group(value) and value.get("stretches") == [])


def is_filled_in(field: str, record: Mapping[str, Any]) -> bool:
    """The same of a field of a record."""
    return is_filled(record.get(field))


def heading(name: str) -> str:
    """What a field is called: `next_review_on` is Next review on; what names a record is called by what the record is."""
    return capital(_by_its_form(name) or named(name))


def for_whom(row: Mapping[str, Any]) -> str:
    """Whom a row of the due list is about: a child, else a provider, else an organisation."""
    if row.get("child_id"):
        return whole_name(row)
    return str(row.get("provider_name") or row.get("organisation_name") or "This organisation")


def sentence_inside(text: str) -> str:
    """A sentence as it goes on after another word."""
    first, rest = text[:1], text[1:].rstrip(".")
    return text.rstrip(".") if rest[:1].isupper() else first.lower() + rest


def without_stop(text: str) -> str:
    """A sentence that goes on."""
    return text.rstrip(".")


def only(record: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """Some fields of a record, of which there is anything to tell."""
    return {name: record[name] for name in names if is_said(record.get(name)) and record[name] is not False}


def percent(rate: float | None) -> str:
    """A share of one as people say it; nothing where there was nothing to share."""
    return "" if rate is None else f"{rate:.1%}"


def weekday(on: str) -> str:
    """The day of the week of an ISO date."""
    return f"{date.fromisoformat(on):%A}"


def half_day(half: str) -> str:
    """A half-day in words."""
    return {"am": "Morning", "pm": "Afternoon"}.get(half, half)


ITS_OWN_WORDS: dict[str, Callable[[str], str]] = {"year_group": _year, "half": half_day, "route": _route}
"""Fields whose values are told otherwise than they look."""
FILTERS: dict[str, Callable[..., Any]] = {
    "told": told,
    "heading": heading,
    "whole_name": whole_name,
    "without_marks": without_marks,
    "for_whom": for_whom,
    "sentence_inside": sentence_inside,
    "capital": capital,
    "without_stop": without_stop,
    "only": only,
    "columns": columns,
    "percent": percent,
    "weekday": weekday,
    "half_day": half_day,
    "kinds_in": kinds_in,
    "people_in": people_in,
}
TESTS: dict[str, Callable[..., bool]] = {
    "told": is_said,
    "filled": is_filled,
    "filled_in": is_filled_in,
    "group": is_group,
    "several": is_list,
    "record": is_record,
    "table": is_table,
}
