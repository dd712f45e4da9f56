"""A file from another system, read as it is: whatever its encoding and separator, row by row, in memory that does not grow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from service.imports.encodings import encoding_of
from service.plain_error import PlainError

SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a kind of file. Their names are compared without regard to case."""

    words: str
    """What the file is, as people say it."""
    required: tuple[str, ...]
    used_if_there: tuple[str, ...] = ()

    @property
    def used(self) -> tuple[str, ...]:
        """All columns that are looked at."""
        return (*self.required, *self.used_if_there)


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with its number as a spreadsheet shows it: the names of the columns are row 1."""

    number: int
    cells: dict[str, str]
    """By column, as the layout spells it; columns that are not looked at are left out."""
    problem: str = ""
    """Why it cannot be taken apart; empty where it can."""


@dataclass(slots=True)
class SourceFile:
    """A file that was looked at: what it is, and its rows."""

    path: Path
    layout: Layout
    encoding: str
    separator: str
    header: list[str]
    size: int
    blank: int = 0
    """Blank lines passed over so far."""
    position: int = 0
    """Bytes read so far."""
    _places: dict[str, int] = field(default_factory=dict)

    @property
    def not_used(self) -> list[str]:
        """Columns that are not taken."""
        used = set(self._places.values())
        return [name for place, name in enumerate(self.header) if place not in used and name]

    def rows(self) -> Iterator[Row]:
        """Every row once. Raises PlainError where the file cannot be read on."""
        with self.path.open("rb") as file, io.TextIOWrapper(file, self.encoding, newline="") as text:
            number, lines = 1, csv.reader(text, delimiter=self.separator)
            try:
                next(lines)
                for number, values in enumerate(lines, start=2):
                    self.position = file.tell()
                    if not any(value.strip() for value in values):
                        self.blank += 1
                        continue
                    yield self._row(number, values)
            except csv.Error:
                raise PlainError(
                    f"{self.path.name} cannot be read after row {number}: a quotation mark is opened there and never closed, "
                    "or a cell is longer than any can be."
                ) from None

    def _row(self, number: int, values: list[str]) -> Row:
        problem = ""
        if len(values) != len(self.header):
            problem = f"the row has {len(values)} cells, and there are {len(self.header)} columns"
        cells = {name: values[place] if place < len(values) else "" for name, place in self._places.items()}
        return Row(number, cells, problem)


def look_at(path: Path, *layouts: Layout) -> SourceFile:
    """Find out what a file is. Raises PlainError that says what to do."""
    try:
        encoding = encoding_of(path)
        with path.open(encoding=encoding, newline="") as text:
            beginning = text.read(65_536)
    except OSError as problem:
        raise PlainError(
            f"{path} cannot be read: {(problem.strerror or 'it is not there').lower()}."
        ) from None
    if not beginning.strip():
        raise PlainError(f"{path.name} is empty.")
    found = [
        (len(places), -order, layout, separator, header, places)
        for separator in SEPARATORS
        if (header := _first_row(beginning, separator))
        for order, layout in enumerate(layouts)
        for places in [_places(header, layout)]
    ]
    _, _, layout, separator, header, places = max(
        found, key=lambda one: (_share(one[5], one[2]), one[0], one[1])
    )
    _require_all(path, layout, header, places)
    return SourceFile(path, layout, encoding, separator, header, path.stat().st_size, _places=places)


def _first_row(beginning: str, separator: str) -> list[str]:
    try:
        return [
            name.strip()
            for name in next(csv.reader(io.StringIO(beginning, newline=""), delimiter=separator), [])
        ]
    except csv.Error:
        return []


def _places(header: list[str], layout: Layout) -> dict[str, int]:
    known = {name.casefold(): place for place, name in reversed(list(enumerate(header)))}
    return {name: known[name.casefold()] for name in layout.used if name.casefold() in known}


def _share(places: dict[str, int], layout: Layout) -> float:
    return sum(name in places for name in layout.required) / len(layout.required)


def _require_all(path: Path, layout: Layout, header: list[str], places: dict[str, int]) -> None:
    missing = [name for name in layout.required if name not in places]
    if len(missing) == len(layout.required):
        raise PlainError(
            f"{path.name} does not look like {layout.words}: its first row must hold the names of the columns, "
            f"and none of these is there: {', '.join(missing)}."
        )
    if missing:
        them = "This column is" if len(missing) == 1 else "These columns are"
        raise PlainError(f"{them} missing in {path.name}, {layout.words}: {', '.join(missing)}.")
    folded = [name.casefold() for name in header]
    twice = [name for name in places if folded.count(name.casefold()) > 1]
    if twice:
        raise PlainError(f"{path.name} has a column twice: {', '.join(twice)}.")
