"""Lists as CSV, safe to open in a spreadsheet: no cell that somebody typed is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With these a spreadsheet takes a cell for a formula; the last four are the full-width signs of East Asia (OWASP: CSV injection)."""

UNSEEN = " \u00a0\u200b\u200c\u200d\u2060\ufeff"
"""What some spreadsheets pass over in front of a sign."""


def as_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> bytes:
    """The rows under the names of the columns, in UTF-8 with a mark, so that every spreadsheet reads names rightly."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return text.getvalue().encode("utf-8-sig")


def cell(value: Any) -> str:
    """One cell. Numbers stay numbers, also negative ones; what begins like a formula gets an apostrophe in front."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return f"'{text}" if text.lstrip(UNSEEN).startswith(FORMULA) else text
