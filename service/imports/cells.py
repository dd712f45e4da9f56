"""The cells of one row, read with a forgiving eye: what can be understood with certainty is mended and said, the rest refused."""

from __future__ import annotations

import re
from datetime import date

from domain.code_sets.code_set import Code, CodeSet
from service.imports.outcomes import Outcome, RowRefused
from service.imports.source_file import Row

FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9.\s]*$)")
"""How a cell begins that a spreadsheet would run as a formula. A number below zero is none."""
QUOTED = re.compile(r'="([^"]*)"')
"""How spreadsheets are made to keep leading zeros."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
MONTHS = {
    name: n
    for n, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
DATE = re.compile(
    r"(?:(?P<y>\d{4})[-/](?P<m>\d{1,2}|[A-Za-z]{3})[-/](?P<d>\d{1,2})|(?P<d2>\d{1,2})[-/ ](?P<m2>\d{1,2}|[A-Za-z]{3})[-/ ](?P<y2>\d{4}))"
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
)
WHOLE = re.compile(r"(\d{1,9})(?:\.0*)?")


class Cells:
    """Reads cells by their column, and writes into the row's outcome what it did."""

    def __init__(self, row: Row, outcome: Outcome) -> None:
        self.row, self.outcome = row, outcome
        if row.problem:
            raise RowRefused("the row", row.problem, "Check the separators and quotation marks in this row.")

    def text(self, column: str) -> str:
        """The words in a cell; empty where there are none."""
        value = self.row.cells.get(column, "").strip()
        quoted = QUOTED.fullmatch(value)
        if quoted:
            self.outcome.mend(
                f"{column} was written as a formula to keep its zeros; the text in it was taken"
            )
            return quoted[1].strip()
        if FORMULA.match(value):
            raise RowRefused(column, "the cell begins like a formula", "Give plain text.")
        if CONTROL.search(value):
            raise RowRefused(column, "the cell holds a control character", "Give plain text.")
        return value

    def needed(self, column: str) -> str:
        """The words in a cell that may not be empty."""
        value = self.text(column)
        if not value:
            raise RowRefused(column, "the cell is empty", "This column must be filled in.")
        return value

    def day(self, column: str) -> date | None:
        """The date in a cell."""
        value = self.text(column)
        if not value:
            return None
        found = DATE.fullmatch(value)
        parts = found.groupdict() if found else {}
        month = parts.get("m") or parts.get("m2") or ""
        try:
            number = int(month) if month.isdigit() else MONTHS[month.lower()]
            return date(int(parts.get("y") or parts["y2"]), number, int(parts.get("d") or parts["d2"]))
        except (KeyError, ValueError, TypeError):
            raise RowRefused(
                column, "this is not a date", "Write it as 2013-07-19, 19/07/2013 or 2013-Jul-19."
            ) from None

    def whole(self, column: str) -> int | None:
        """The whole number in a cell; 10.0 is one."""
        value = self.text(column)
        if not value:
            return None
        found = WHOLE.fullmatch(value)
        if not found:
            raise RowRefused(column, "this is not a whole number", "Write digits only.")
        return int(found[1])

    def code(self, column: str, codes: CodeSet[Code], words: str) -> str:
        """The code of today for the one in a cell; empty where the cell is, or where nothing of today says the same."""
        value = self.text(column)
        if not value:
            return ""
        found = codes.find(value)
        if found is None:
            raise RowRefused(
                column,
                f"this is not a code for {words}",
                f"One of {', '.join(c.code for c in codes.current)}.",
            )
        if not found.retired:
            return found.code
        today = codes.today(value)
        if today is None:
            self.outcome.mend(f"{words} {found.code} was left out", found.note)
            return ""
        self.outcome.mend(f"{words} {found.code} became {today.code}", found.note)
        return today.code
