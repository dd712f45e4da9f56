"""One person at one record, from the command line: what they may see and do there, by the same rules as everywhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError

from api.json_body import reasons_of
from api.looking import AsAt, may_see
from api.looking_back import LookingBack
from api.moves_on_offer import ROWS
from domain.events import Decision
from domain.people import Asker
from domain.placement import Placement
from domain.reasons import Invalid, NotFound, NotPermitted, Reason, Refused
from domain.record import Recording
from domain.school_days import london_day
from service.desk import OpenDesk
from service.opening import now
from service.plain_error import PlainError
from workflows.access import THE_DOOR, RecordRefusal
from workflows.case import Case
from workflows.casework import actor_of
from workflows.catalogue import COMMANDS
from workflows.moves import Weighed
from workflows.permissions import WHO_MAY
from workflows.placement_moves import PLACEMENT
from workflows.published import Shelf
from workflows.sent import Done

SET_UP = Asker("set-up", "Set-up", None, None, machine=True)
"""Whoever runs the service, where nobody is there yet who could act."""
OF_THE_SET_UP = ("found_organisation", "grant_role", "publish_version")
"""What whoever runs the service may do at the terminal: the first organisation, its first administrator, the numbers for everybody."""


class Said(Exception):
    """No, with every reason."""

    def __init__(self, reasons: list[Reason]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reason.code for reason in reasons))


def perform(desk: OpenDesk, asker: Asker, name: str, on: UUID | None, body: dict[str, Any]) -> Done:
    """Perform a command as a person, or as the set-up. Raises Said with every reason why not."""
    try:
        return desk.casework.perform(COMMANDS[name].model_validate(body), asker, on)
    except ValidationError as problem:
        raise Said(reasons_of(problem)) from None
    except (Refused, Invalid) as problem:
        raise Said(list(problem.reasons)) from None
    except NotFound as problem:
        raise Said([Reason(code="not_found", message=f"There is no such {problem.what} here.")]) from None
    except NotPermitted as problem:
        # Whoever is turned away is remembered, by whatever way they came.
        refusal = RecordRefusal(
            why="not_permitted",
            code=problem.code,
            method="CLI",
            route=f"do {name}",
            person_id=asker.person_id,
            organisation_id=asker.organisation_id,
            record_id=on,
        )
        desk.casework.perform(refusal, THE_DOOR)
        raise Said([Reason(code=problem.code, message=problem.message)]) from None


def open_placement(desk: OpenDesk, asker: Asker, id: UUID, back: LookingBack | None = None) -> Case:
    """A placement with the records around it, as it is or as it was. Raises PlainError where there is none that this person may know of.

    Who looks back has to be allowed now, and to have been concerned then.
    """
    case = _open(desk.history, asker, id, now())
    if back is not None:
        case = _open(AsAt(desk.history, back.position, back.true_on), asker, id, back.at)
    return case


def _open(shelf: Shelf, asker: Asker, id: UUID, at: datetime) -> Case:
    decision = Decision(by=actor_of(asker), command="look", correlation_id=uuid4())
    case = Case(shelf, asker, Recording(decision, at, london_day(at)))
    try:
        case.open(Placement, id, new=False)
    except NotFound:
        raise PlainError(NOBODY_S) from None
    if not may_see(case):
        raise PlainError(NOBODY_S)
    return case


NOBODY_S = "There is no such placement here that this person may know of."


def moves_of(case: Case) -> dict[str, Weighed | None]:
    """Every move and what the rules say to it now; None where the person's roles do not allow it."""
    return {
        row.name: PLACEMENT.weigh(row.name, case) if WHO_MAY[row.name](case, asked) else None
        for row, _, asked in ROWS
    }
