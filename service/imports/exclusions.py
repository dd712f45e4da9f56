"""The suspensions and exclusions of a school census: each starts its clock, and a row that changed corrects what it said."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.child import Child
from domain.codes import EXCLUSION_REASON, EXCLUSION_TYPE
from domain.record import Record
from service.imports.cells import Cells
from service.imports.outcomes import RowRefused
from service.imports.pupils import child_id
from service.imports.source_file import Layout, Row
from service.imports.taking import Reading
from service.imports.writing import Writing

NUMBER, PUPIL = "termlyexclusionsonrolltableid", "pupilonrolltableid"
REASONS = ("reason1", "reason2", "reason3")
LAYOUT = Layout("exclusions of pupils on roll", (PUPIL, NUMBER, "startdate", "category", "reason1"),
                ("sessions", "reason2", "reason3"))  # fmt: skip
COLUMNS = {
    "exclusion_type": "category",
    "from_on": "startdate",
    "decision.occurred_on": "startdate",
    "sessions": "sessions",
}
SATURDAY = 5
PERMANENT = "PERM"


class Exclusions:
    """Records exclusions with the children they are about."""

    layout, reason_code = LAYOUT, "import exclusions"

    def __init__(self, source: str) -> None:
        self.source = source

    same = "the same number"

    def key(self, cells: Cells) -> str:
        """The number of the exclusion."""
        return cells.needed(NUMBER)

    def together(self, row: Row) -> int:
        """Every row for itself."""
        return row.number

    def records(self, row: Row) -> dict[UUID, type[Record]]:
        """The child."""
        return {child_id(self.source, row.cells[PUPIL].strip()): Child}

    def bring_in(self, entry: list[Reading], writing: Writing) -> None:
        """Bring one row in."""
        reading = entry[0]
        cells, outcome = reading.cells(), reading.outcome
        id = child_id(self.source, cells.needed(PUPIL))
        said = _read(cells, writing.today)
        known = writing.as_imported(Child, id)
        if known is None:
            raise RowRefused(PUPIL, "this pupil is not known here", "Import the pupils first.")
        outcome.record_id, source_row = id, f"{self.source} exclusion {reading.key}"
        before = next((e for e in known.exclusions if e.source_row == source_row), None)
        if before is None:
            on = {"decision": {"occurred_on": said["from_on"]}}
            writing.do(outcome, "record_exclusion", id, {**said, **on, "source_row": source_row}, COLUMNS)
        else:
            changes = {
                field: _plain(value) for field, value in said.items() if getattr(before, field) != value
            }
            if not changes:
                return
            writing.do(outcome, "correct_child", id, {
                "version": before.originator_version, "changes": changes, "why": "The school's return says otherwise now.",
            })  # fmt: skip
        now = writing.look_at(Child, id)
        recorded = next((e for e in now.exclusions if e.source_row == source_row), None) if now else None
        if recorded is not None and recorded.education_due_on is not None:
            outcome.note("the sixth-day clock was started", f"education due by {recorded.education_due_on}")


def _read(cells: Cells, today: date) -> dict[str, Any]:
    cells.needed("startdate")
    from_on = cells.day("startdate")
    if from_on is not None and from_on > today:
        raise RowRefused("startdate", "the exclusion has not begun", "Import it when it has.")
    if from_on is not None and from_on.weekday() >= SATURDAY:
        cells.outcome.note("it begins at a weekend; the clock counts from the next school day")
    cells.needed("category")
    category = cells.code("category", EXCLUSION_TYPE, "category")
    sessions = cells.whole("sessions")
    if sessions is not None and category == PERMANENT:
        cells.outcome.mend("sessions were left out: a permanent exclusion has no length")
        sessions = None
    return {
        "exclusion_type": category,
        "from_on": from_on,
        "sessions": sessions or None,
        "reasons": _reasons(cells),
    }


def _reasons(cells: Cells) -> tuple[str, ...]:
    """Up to three, the main one first; what is empty in between is closed up."""
    found: list[str] = []
    for column in REASONS:
        code = cells.code(column, EXCLUSION_REASON, "reason")
        if code in found:
            cells.outcome.mend(f"reason {code} is given twice and kept once")
        elif code:
            found.append(code)
    return tuple(found)


def _plain(value: Any) -> Any:
    """As a correction takes it."""
    return (
        value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )
