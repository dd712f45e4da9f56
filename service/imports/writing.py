"""How an import writes: through the same commands as everyone, under its own name, with what it put right among the grounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from pydantic import ValidationError

from domain.events import Event
from domain.people import Asker
from domain.reasons import Invalid, NotFound, NotPermitted, Reason, Refused
from domain.record import Record
from domain.school_days import london_day
from service.imports.outcomes import Outcome, RowRefused
from service.out_tray import OutTray
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.typed_text import place_of

R = TypeVar("R", bound=Record)

IMPORT = Asker("import", "Import", None, None, machine=True)
"""The part of the service under whose name everything is taken in."""
IMPORTED = UUID("7b1de0a4-0000-5000-8000-1a9047ed0000")
"""The namespace of the ids of imported records."""


def id_of(source: str, kind: str, number: str) -> UUID:
    """The id of a record that another system knows under a number; the same every time."""
    return uuid5(IMPORTED, f"{source} {kind} {number}")


class Writing:
    """Performs commands for the row that is being taken in."""

    def __init__(self, tray: OutTray, casework: Casework, reason_code: str, now: datetime) -> None:
        self.tray, self.casework, self.reason_code = tray, casework, reason_code
        self.today = london_day(now)

    def look_at(self, kind: type[R], id: UUID) -> R | None:
        """A record as it is now."""
        return self.tray.peek(kind, id)

    def as_imported(self, kind: type[R], id: UUID) -> R | None:
        """A record as imports alone have told it.

        A row is compared with this and not with the record: what a caseworker has changed since is not changed back by
        the same old row.
        """
        record = self.look_at(kind, id)
        if record is None:
            return None
        return kind.replay(event for event in record.events if _is_ours(event))

    def do(
        self,
        outcome: Outcome,
        name: str,
        on: UUID,
        body: Mapping[str, Any],
        columns: Mapping[str, str] | None = None,
    ) -> None:
        """Perform a command for a row. `columns` says from which column each field comes.

        Raises RowRefused with the first reason; the others are written into the outcome.
        """
        words = "; ".join(str(mend) for mend in outcome.mends)[:8000]
        decision = {"reason_code": self.reason_code, "words": words or None, **body.get("decision", {})}
        try:
            command = COMMANDS[name].model_validate({**body, "decision": decision})
            done = self.casework.perform(command, IMPORT, on)
        except ValidationError as problem:
            raise _refused([_from_form(error) for error in problem.errors()], outcome, columns) from None
        except (Refused, Invalid) as problem:
            raise _refused(list(problem.reasons), outcome, columns) from None
        except (NotFound, NotPermitted) as problem:
            raise RowRefused("the row", str(problem)) from None
        outcome.changed = True
        for warning in done.warnings:
            outcome.note(warning.message)


def _is_ours(event: Event) -> bool:
    return event.decision.by.id == IMPORT.person_id


def _from_form(error: Any) -> Reason:
    said = error["msg"].removeprefix("Value error, ")
    return Reason(code="does_not_fit", message=said, field=".".join(map(str, place_of(error))))


def _refused(reasons: list[Reason], outcome: Outcome, columns: Mapping[str, str] | None) -> RowRefused:
    known = columns or {}
    refused = [
        RowRefused(
            known.get(r.field) or known.get(r.field.split(".")[0], r.field or "the row"),
            r.message.rstrip("."),
        )
        for r in reasons
    ]
    outcome.refusals += refused[:-1]
    return refused[-1]
