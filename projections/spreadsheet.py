"""Lists as CSV, safe to open in a spreadsheet: no cell that somebody typed is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""With these a spreadsheet takes a cell for a formula (OWASP: CSV injection)."""


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
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
