"""The national register of schools (GIAS): each school as a provider, with its site and its registration, closed ones too."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from domain.facts.checks import Registration
from domain.provider import Provider
from domain.record import Record
from service.imports.cells import Cells
from service.imports.outcomes import Outcome
from service.imports.register_cells import LAYOUT, URN, School, read_school
from service.imports.source_file import Row
from service.imports.taking import Reading
from service.imports.writing import Writing, id_of

SOURCE = "Get information about schools"
COLUMNS = {
    "provider_name": "EstablishmentName", "urn": URN, "ukprn": "UKPRN", "local_authority_code": "LA (code)",
    "postcode": "Postcode", "site.address": "Street", "registration.since_on": "OpenDate",
}  # fmt: skip


class SchoolRegister:
    """Registers schools as providers, and brings those up to date whose rows have changed."""

    layout, reason_code, same = LAYOUT, "import providers", "the same URN"

    def __init__(self, looked_up_on: date | None) -> None:
        """`looked_up_on`: the day of the extract, where it is known; otherwise the day of the first import counts."""
        self.looked_up_on = looked_up_on

    def key(self, cells: Cells) -> str:
        """The URN."""
        return cells.needed(URN)

    def together(self, row: Row) -> int:
        """Every row for itself."""
        return row.number

    def records(self, row: Row) -> dict[UUID, type[Record]]:
        """The provider."""
        return {id_of(SOURCE, "URN", row.cells[URN].strip()): Provider}

    def bring_in(self, entry: list[Reading], writing: Writing) -> None:
        """Bring one row in."""
        reading = entry[0]
        outcome, id = reading.outcome, id_of(SOURCE, "URN", reading.key)
        school = read_school(reading.cells())
        outcome.record_id = id
        known = writing.as_imported(Provider, id)
        if known is None:
            body = {
                **school.numbers,
                "provider_name": school.name,
                "urn": reading.key,
                "source_row": f"GIAS URN {reading.key}",
            }
            writing.do(outcome, "register_provider", id, body, COLUMNS)
        else:
            self._update(known, school, outcome, writing)
        if school.site is not None and (known is None or known.sites.get(school.site.name) != school.site):
            writing.do(outcome, "add_site", id, {"site": asdict(school.site)}, COLUMNS)
        self._record_registration(id, known, school, outcome, writing)
        if school.closed_because and (known is None or not known.removed):
            writing.do(outcome, "remove_provider", id, {"why": school.closed_because, "closed": True})

    def _update(self, known: Provider, school: School, outcome: Outcome, writing: Writing) -> None:
        if known.name != school.name:
            writing.do(outcome, "rename_provider", known.id, {"new_name": school.name}, COLUMNS)
        changes = {field: value for field, value in school.numbers.items() if getattr(known, field) != value}
        if changes:
            why = "The national register of schools says otherwise now."
            body: dict[str, Any] = {
                "version": known.events[0].originator_version,
                "changes": changes,
                "why": why,
            }
            writing.do(outcome, "correct_provider", known.id, body)
        if known.removed and not school.closed_because:
            outcome.note(
                "the register shows the school open again; it stays removed until a person decides otherwise"
            )

    def _record_registration(
        self, id: UUID, known: Provider | None, school: School, outcome: Outcome, writing: Writing
    ) -> None:
        held = known.registrations if known else []
        for status, since in school.registrations:
            same = [r for r in held if (r.status, r.since_on, r.source) == (status, since, SOURCE)]
            looked_again = self.looked_up_on is not None and all(
                r.checked_on < self.looked_up_on for r in same
            )
            if same and not looked_again:
                continue
            seen = Registration(
                status=status, since_on=since, checked_on=self.looked_up_on or writing.today, source=SOURCE
            )
            writing.do(outcome, "record_registration", id, {"registration": asdict(seen)}, COLUMNS)
