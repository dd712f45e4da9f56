"""The list of an inspection pack as a page: the same facts as its list.csv, in words, and narrow enough for a screen and for paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from domain.codes import CODE_SETS
from domain.routes import Route, terms_of
from projections.bundles.page import NOT_PROVED, page, table
from projections.fact_words import named
from projections.saying import day, plain

GROUPS = {
    "Child": ("name", "born_on", "year_group", "identifiers"),
    "Needs and status": ("sen", "ehc_plan", "looked_after", "social_work"),
    "School and provider": ("home_school", "provider", "registration", "sites"),
    "Placement": ("stage", "route", "reason", "hours_per_week", "sessions_per_week"),
    "Days": ("started_on", "ends_by", "last_review_on", "next_review_on"),
}
"""The columns of the list, by what they are about: one beside the other, they would be wider than any paper."""
NOT_THERE = {
    "sen": "none recorded",
    "social_work": "no",
    "last_review_on": "none yet",
    "next_review_on": "none set",
    "ends_by": "no day set",
}
STYLE = """
table { table-layout: fixed; } td, th { overflow-wrap: anywhere; font-weight: normal; } thead th { font-weight: bold; }
tbody p { margin: 0 0 .25rem 0; } tbody p:first-child { font-weight: bold; } tbody td p:first-child { font-weight: normal; }
.of { color: #505a5f; } tr { break-inside: avoid; } thead { display: table-header-group; }
@page { size: A4 landscape; margin: 12mm; }
@media print { body { font-size: 9pt; } }
"""
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def list_page(rows: Sequence[Mapping[str, object]], as_at: int, ledger: str, note: str = "") -> bytes:
    """The page. The same rows and `note`, which stands above them, give the same bytes."""
    cells = ([_cell(row, columns) for columns in GROUPS.values()] for row in rows)
    count = f"{len(rows)} placement{'' if len(rows) == 1 else 's'}"
    notes = [f'<p class="note">{escape(said)}</p>' for said in (NOT_PROVED, note) if said]
    parts = [*notes, table(count, list(GROUPS), cells)]
    subtitle = f"As at position {as_at} of the ledger {ledger}"
    return page("Children in alternative provision", subtitle, parts, style=STYLE)


def _cell(row: Mapping[str, object], columns: Sequence[str]) -> str:
    return "".join(f"<p>{_line(column, row[column])}</p>" for column in columns)


def _line(column: str, value: object) -> str:
    said = escape(in_words(column, value))
    return said if column == "name" else f'<span class="of">{escape(named(column))}:</span> {said}'


def in_words(column: str, value: object) -> str:
    """One fact of the list: codes by their meaning, days as people write them, and a word where there is nothing."""
    if value is None or value == "":
        return NOT_THERE.get(column, "not recorded")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float):
        return f"{value:g}"
    return _text(column, str(value))


def _text(column: str, text: str) -> str:
    if column == "route":
        return terms_of(Route(text)).label
    if column == "reason":
        return CODE_SETS["placement_reason"].label(text)
    if column == "year_group":
        return text if not text.isdecimal() else f"Year {text}"
    if column == "registration":
        return ISO_DAY.sub(lambda found: day(date.fromisoformat(found[0])), plain(text))
    return plain(text) if column in ("stage", "social_work") else text
