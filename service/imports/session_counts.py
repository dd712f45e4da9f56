"""The absences of a term, counted by register code: all rows of a pupil together are what the return says of the term."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args
from uuid import UUID

from domain.attendance_codes import UnknownAttendanceCode, code_of
from domain.child import Child
from domain.facts.attending import SchoolTerm
from domain.organisation import Organisation
from domain.record import Record
from domain.schooling import TermAtSchool
from service.imports.cells import Cells
from service.imports.outcomes import RowRefused
from service.imports.pupils import child_id
from service.imports.schools import Schools
from service.imports.source_file import Layout, Row
from service.imports.taking import Reading
from service.imports.writing import Writing
from service.plain_error import PlainError

NUMBER, PUPIL, SCHOOL = "termlysessiondetailsonrolltableid", "pupilonrolltableid", "NativeId"
LAYOUT = Layout(
    "counts of sessions by attendance code", (PUPIL, NUMBER, "sessions", "attendancereason"), (SCHOOL,)
)
TERM = re.compile(r"(autumn|spring|summer)[\W_]*(20\d\d)", re.IGNORECASE)


def term_of(named: str | None, path: Path) -> tuple[SchoolTerm, int]:
    """The term that a file counts: as it is named, or else as the file or its folder is called. Raises PlainError."""
    found = (
        TERM.search(named) if named else TERM.search(path.name) or TERM.search(path.absolute().parent.name)
    )
    if not found:
        raise PlainError("Say which term is counted, with --term and words such as 'autumn 2024'.")
    term = found[1].lower()
    return next(known for known in get_args(SchoolTerm) if known == term), int(found[2])


MOST_SESSIONS = 400
"""Two a day for forty weeks: more than any school year holds."""


class SessionCounts:
    """Records counts with the children they are about. Rows of a pupil that do not follow each other are added to those before."""

    layout, reason_code = LAYOUT, "import sessions"

    def __init__(self, source: str, term: SchoolTerm, year: int, schools: Schools) -> None:
        self.source, self.term, self.year, self.schools = source, term, year, schools

    same = "the same pupil, school and code"

    def key(self, cells: Cells) -> str:
        """Whose sessions are counted, and under which code."""
        return f"{cells.needed(PUPIL)} {cells.text(SCHOOL)} {_code(cells)}"

    def together(self, row: Row) -> str:
        """The rows of a pupil at a school."""
        return f"{row.cells[PUPIL]} {row.cells.get(SCHOOL, '')}"

    def records(self, row: Row) -> dict[UUID, type[Record]]:
        """The child and the school."""
        school = self.schools.id_of(row.cells.get(SCHOOL, "").strip())
        return {child_id(self.source, row.cells[PUPIL].strip()): Child, school: Organisation}

    def bring_in(self, entry: list[Reading], writing: Writing) -> None:
        """Bring all rows of a pupil in with one command."""
        cells = entry[0].cells()
        id, school = child_id(self.source, cells.needed(PUPIL)), cells.text(SCHOOL)
        known = writing.as_imported(Child, id)
        if known is None:
            raise RowRefused(PUPIL, "this pupil is not known here", "Import the pupils first.")
        school_id = self.schools.there(school, writing) if school else None
        if school and school_id is None:
            raise RowRefused(SCHOOL, "this school is not known here", "Import the pupils first.")
        before = known.session_counts.get(TermAtSchool(school_id, self.term, self.year), {})
        counts: dict[str, int] = {}
        changed = [reading for reading in entry if _count(reading, id, counts, before)]
        if not changed:
            return
        writing.do(changed[0].outcome, "record_session_counts", id, {
            "school_id": school_id, "term": self.term, "year": self.year, "counts": {**before, **counts},
            "source_row": f"{self.source} sessions {changed[0].row.cells[NUMBER].strip()}",
        }, {"counts": "sessions"})  # fmt: skip
        for reading in changed:
            reading.outcome.changed = True


def _count(reading: Reading, id: UUID, counts: dict[str, int], before: Mapping[str, int]) -> bool:
    """Add a row's count; whether it says something new."""
    outcome = reading.outcome
    try:
        cells = reading.cells()
        cells.needed("sessions")
        sessions, code = cells.whole("sessions"), _code(cells)
        if sessions is not None and sessions > MOST_SESSIONS:
            raise RowRefused("sessions", "so many sessions are in no term", "Check the number.")
    except RowRefused as refused:
        outcome.refusals.append(refused)
        return False
    outcome.record_id, counts[code] = id, sessions or 0
    known = code_of(code)
    if known.retired:
        counted_as = known.kind.value.replace("_", " ")
        outcome.note(f"attendance code {code} is retired, is kept, and counts as {counted_as}")
    return before.get(code) != counts[code]


def _code(cells: Cells) -> str:
    try:
        return code_of(cells.needed("attendancereason")).code
    except UnknownAttendanceCode:
        message = "this was never a code of the attendance register"
        raise RowRefused("attendancereason", message, "Use a code such as I, M or O.") from None
