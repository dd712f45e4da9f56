"""Which kinds of words about a child can still be read: what an erasure would find to erase."""

from __future__ import annotations

from domain.attendance import Attendance
from domain.personal import ERASED, Category
from history.marks import shape_of
from workflows.case import Case


def kinds_left(case: Case) -> set[Category]:
    """The categories of which something is left in the child's own record, in its placements, or in their registers."""
    found: set[Category] = set()

    def note(text: str, category: str, path: bytes) -> str:
        if text != ERASED:
            found.add(category)  # type: ignore[arg-type]
        return text

    registers = case.shelf.records_about(Attendance, case.child.id)
    case.fetch(dict.fromkeys(registers, Attendance))
    records = [case.child, *case.placements_of_child, *(case.loaded[id] for id in registers)]
    for event in (event for record in records for event in record.events):
        shape = shape_of(type(event))
        if shape is not None:
            shape.turn(event, None, b"", note, True)
    return found
