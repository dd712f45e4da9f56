"""The pupils of a school census: who they are, where they are on roll, their year and their special educational needs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from domain.child import Child
from domain.child_events import RollChanged
from domain.organisation import Organisation
from domain.record import Record
from service.imports.cells import Cells
from service.imports.outcomes import Outcome, RowRefused
from service.imports.pupil_cells import LAYOUT, NUMBER, SCHOOL, Pupil, Roll, read_pupil
from service.imports.schools import Schools
from service.imports.source_file import Row
from service.imports.taking import Reading
from service.imports.writing import Writing, id_of

COLUMNS = {
    "born_on": "dob", "given_names": "forename", "family_name": "surname", "sex": "sex", "year_group": "ncyearactual",
    "enrolment": "enrolstatus", "from_on": "entrydate", "provision": "senprovision",
}  # fmt: skip


def child_id(source: str, number: str) -> UUID:
    """The record of a pupil."""
    return id_of(source, "pupil", number)


class Pupils:
    """Registers children, and brings those up to date whose rows have changed."""

    layout, reason_code = LAYOUT, "import pupils"

    def __init__(self, source: str, schools: Schools) -> None:
        self.source, self.schools = source, schools

    same = "the same number"

    def key(self, cells: Cells) -> str:
        """The pupil's number."""
        return cells.needed(NUMBER)

    def together(self, row: Row) -> int:
        """Every row for itself."""
        return row.number

    def records(self, row: Row) -> dict[UUID, type[Record]]:
        """The child and the school."""
        number, school = row.cells[NUMBER].strip(), row.cells[SCHOOL].strip()
        return {child_id(self.source, number): Child, self.schools.id_of(school): Organisation}

    def bring_in(self, entry: list[Reading], writing: Writing) -> None:
        """Bring one row in."""
        reading = entry[0]
        outcome, id = reading.outcome, child_id(self.source, reading.key)
        pupil = read_pupil(reading.cells(), self.source)
        if pupil.details["born_on"] > writing.today.isoformat():
            raise RowRefused("dob", "the date of birth lies in the future", "Check the year.")
        outcome.record_id = id
        known = writing.as_imported(Child, id)
        if known is None:
            self._register(id, pupil, outcome, writing)
        else:
            self._update(known, pupil, outcome, writing)
        if pupil.roll is not None:
            self._put_on_roll(id, known, pupil.roll, outcome, writing)
        if pupil.sen and (known is None or known.sen_provision != pupil.sen):
            now = writing.look_at(Child, id)
            needs = [asdict(need) for need in now.sen_needs] if now else []
            writing.do(outcome, "record_sen", id, {"provision": pupil.sen, "needs": needs}, COLUMNS)

    def _register(self, id: UUID, pupil: Pupil, outcome: Outcome, writing: Writing) -> None:
        body: dict[str, Any] = {
            **pupil.details,
            "authority_id": self.schools.authority_id,
            "identifiers": pupil.identifiers,
        }
        writing.do(outcome, "register_child", id, {**body, "year_group": pupil.year_group}, COLUMNS)

    def _update(self, known: Child, pupil: Pupil, outcome: Outcome, writing: Writing) -> None:
        born = known.born_on.isoformat() if known.born_on else ""
        before = {
            "given_names": known.given_names,
            "family_name": known.family_name,
            "born_on": born,
            "sex": known.sex,
        }
        if before != pupil.details:
            writing.do(outcome, "change_details", known.id, pupil.details, COLUMNS)
        if pupil.year_group and pupil.year_group != known.year_group:
            writing.do(outcome, "set_year_group", known.id, {"year_group": pupil.year_group}, COLUMNS)
        for identifier in pupil.identifiers:
            if identifier not in known.identifiers:
                writing.do(outcome, "add_identifier", known.id, {"identifier": identifier})

    def _put_on_roll(
        self, id: UUID, known: Child | None, roll: Roll, outcome: Outcome, writing: Writing
    ) -> None:
        school_id = self.schools.found(roll.school, outcome, writing)
        before = [entry for entry in known.roll if entry.school_id == school_id] if known else []
        if any((entry.from_on, entry.enrolment) == (roll.from_on, roll.enrolment) for entry in before):
            return
        body = {"school_id": school_id, "enrolment": roll.enrolment, "from_on": roll.from_on}
        if known is None or not before or any(entry.from_on == roll.from_on for entry in before):
            writing.do(outcome, "change_roll", id, body, COLUMNS)
            return
        # The same school with another first day: what the return said before was wrong.
        wrong = [e for e in known.events if isinstance(e, RollChanged) and e.school_id == school_id][-1]
        writing.do(outcome, "correct_child", id, {
            "version": wrong.originator_version,
            "changes": {"from_on": roll.from_on.isoformat(), "enrolment": roll.enrolment},
            "why": "The school's return gives another first day on the roll.",
        })  # fmt: skip
