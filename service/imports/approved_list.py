"""A council's list of providers that it has approved: names, whether they are registered, and how far they were looked at."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from domain.facts.checks import Registration
from domain.provider import Provider
from domain.record import Record
from service.imports.cells import Cells
from service.imports.outcomes import Outcome, RowRefused
from service.imports.source_file import Layout, Row
from service.imports.taking import Reading
from service.imports.writing import Writing, id_of

NAME, REGISTERED, BY = "name", "registered", "approved_by"
LAYOUT = Layout("a list of approved providers", (NAME, REGISTERED, BY), ("qa_stage",))
UNREGISTERED = "OTH"
ANSWERS = {
    "no": "not_registered",
    "n": "not_registered",
    "yes": "registered_school",
    "y": "registered_school",
}


class ApprovedList:
    """Registers providers of which no more than the name is known, and records that they are approved."""

    layout, reason_code, same = LAYOUT, "import providers", "the same name and council"

    def __init__(self, looked_up_on: date | None) -> None:
        self.looked_up_on = looked_up_on

    def key(self, cells: Cells) -> str:
        """The council and the name: the list gives no number."""
        return f"{cells.needed(BY)}: {' '.join(cells.needed(NAME).split())}".casefold()

    def together(self, row: Row) -> int:
        """Every row for itself."""
        return row.number

    def records(self, row: Row) -> dict[UUID, type[Record]]:
        """The provider; its id follows from its key, which is not known before the row is read."""
        return {}

    def bring_in(self, entry: list[Reading], writing: Writing) -> None:
        """Bring one row in."""
        reading = entry[0]
        cells, outcome, id = reading.cells(), reading.outcome, id_of("approved list", "provider", reading.key)
        outcome.record_id = id
        name, by = cells.needed(NAME), cells.needed(BY)
        status = ANSWERS.get(cells.needed(REGISTERED).lower())
        if status is None:
            raise RowRefused(REGISTERED, "this is neither yes nor no", "Write yes or no.")
        known = writing.as_imported(Provider, id)
        if known is None:
            outcome.mend("neither URN nor UKPRN: the setting type became OTH", "other unregistered setting")
            outcome.note("no site: the list gives no address, and one is needed before a child is placed")
            body = {
                "provider_name": name,
                "setting_type": UNREGISTERED,
                "source_row": f"approved list of {by}"[:200],
            }
            writing.do(outcome, "register_provider", id, body, {"provider_name": NAME})
        elif known.name != name:
            writing.do(outcome, "rename_provider", id, {"new_name": name}, {"new_name": NAME})
        self._record_registration(id, known, status, by, outcome, writing)
        stage = cells.text("qa_stage")
        said = f"{by}: {stage}" if stage else by
        if known is None or known.approval != "approved" or _last_words(known) != said:
            writing.do(outcome, "move_approval", id, {"stage": "approved", "decision": {"words": said}})

    def _record_registration(
        self, id: UUID, known: Provider | None, status: str, by: str, outcome: Outcome, writing: Writing
    ) -> None:
        if known is not None and known.registration is not None and known.registration.status == status:
            return
        day = self.looked_up_on or writing.today
        if known is None:
            outcome.mend(
                "since when it is so is not said: the registration is recorded as seen on the day of the list"
            )
        seen: dict[str, Any] = {
            "status": status,
            "since_on": day,
            "checked_on": day,
            "source": f"Approved list of {by}",
        }
        writing.do(outcome, "record_registration", id, {"registration": asdict(Registration(**seen))})


def _last_words(known: Provider) -> str:
    """With what words it was approved last."""
    return next(
        (e.decision.words for e in reversed(known.events) if e.decision.command == "move_approval"), ""
    )
