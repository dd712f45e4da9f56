"""A list as a spreadsheet: one thing in a column, under a heading in words, as the pages say it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from api.desk import Desk
from domain.people import Asker
from projections.fact_words import answer_in_words
from projections.spreadsheet import cell

LONDON = ZoneInfo("Europe/London")
MARK = "\ufeff"
"""Stands before everything else. Excel takes a file without it for one in the old letters of its own computer, and Zoë for ZoÃ«."""
BETWEEN = "; "
"""Between several things of one kind that stand in one cell, such as needs."""
ERASED = "Name erased"
SEALED_FOR_EVER = "[erased]"
"""What is read where the key of words was destroyed."""


class Column(NamedTuple):
    """One column. `say` gets what the fields hold, in their order; where it says nothing the cell is empty."""

    heading: str
    fields: tuple[str, ...]
    say: Callable[..., Any]


@dataclass(frozen=True)
class Sheet:
    """The spreadsheet of a list."""

    of: type[msgspec.Struct]
    """A row of the list."""
    columns: tuple[Column, ...]
    lines: Callable[[Sequence[Any], Desk, Asker], Iterable[Any]] | None = None
    """The lines of some rows, where these are not the rows themselves: names are looked up, or a row has several."""

    def seen(self, hidden: Collection[str]) -> tuple[Column, ...]:
        """The columns that tell nothing of the fields that somebody does not see."""
        return tuple(column for column in self.columns if not set(column.fields) & set(hidden))

    def written(self, rows: Sequence[Any], columns: Sequence[Column], desk: Desk, asker: Asker) -> bytes:
        """These rows as lines of the file."""
        return lines_of(columns, self.lines(rows, desk, asker) if self.lines else rows)


def lines_of(columns: Sequence[Column], lines: Iterable[Any]) -> bytes:
    """Lines that have what the columns tell."""
    return _encoded([_said(column, line) for column in columns] for line in lines)


def headings(columns: Sequence[Column]) -> bytes:
    """The beginning of a file."""
    return MARK.encode() + _encoded([[column.heading for column in columns]])


def column(heading: str, *fields: str, say: Callable[..., Any] | None = None) -> Column:
    """A column of what one field holds, as it is, or of what `say` makes of several."""
    return Column(heading, fields, say or _as_it_is)


def coded(heading: str, field: str, meaning: str = "") -> Column:
    """A column of a field with a code of ours or of a return, in words. `meaning`: a field of the records with the same codes."""
    return Column(heading, (field,), lambda code: _words(meaning or field, code))


def whole_name(*parts: str | None) -> str:
    """A child's name; or that it was erased."""
    name = " ".join(part for part in parts if part)
    return ERASED if not name.strip() or SEALED_FOR_EVER in name else name


def label(code: Any) -> Any:
    """A name of ours as words, or several."""
    return _words("", code)


def capital(text: str) -> str:
    """Words as they begin a sentence."""
    return text[:1].upper() + text[1:]


def reference(*fields: str) -> Column:
    """What to find the record by on the pages and in the API: the first of these fields that there is. The last column of each list."""
    return Column("Reference", fields, lambda *ids: next((str(id) for id in ids if id), ""))


def _as_it_is(value: Any) -> Any:
    return value


def _words(field: str, code: Any) -> Any:
    if isinstance(code, tuple | list):
        return [_words(field, one) for one in code]
    return answer_in_words(field, str(code)) if code else ""


def _said(column: Column, line: Any) -> str:
    return cell(_plain(column.say(*(getattr(line, field) for field in column.fields))))


def _plain(value: Any) -> Any:
    """What a spreadsheet reads as what it is: a day, a time of London without its zone, a number; and words for everything else."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple | list):
        return BETWEEN.join(str(_plain(one)) for one in value)
    return value.replace(SEALED_FOR_EVER, "erased") if isinstance(value, str) else value


def _encoded(lines: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()
