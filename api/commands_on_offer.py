"""Which commands a person may give about a record, so that nobody is shown a button that refuses them."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Response

from api.answers import rows_answer
from api.asking import Asking
from api.commands import NOT_OVER_HTTP
from api.descriptions import ALWAYS, SINGULAR, found, problems
from api.desk import AtDesk, Desk
from api.freshness import reached
from api.looking import look, look_at_child
from api.moves_on_offer import address_of, sentence_of, title_of
from api.wanted import JSON, in_form
from domain.agreement import Agreement
from domain.child import Child
from domain.events import Decision
from domain.organisation import Organisation
from domain.people import Asker
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record, Recording
from domain.school_days import london_day
from workflows.case import Case
from workflows.casework import actor_of
from workflows.catalogue import commands_about
from workflows.command import Command
from workflows.permissions import WHO_MAY

routes = APIRouter()
AsJson = Annotated[str, Depends(in_form(JSON))]

KINDS: dict[str, type[Record]] = {
    "placements": Placement,
    "children": Child,
    "providers": Provider,
    "agreements": Agreement,
    "organisations": Organisation,
}


@routes.get(
    "/commands",
    operation_id="list_commands",
    responses=problems(*ALWAYS),
    response_model=dict[str, Any],
    tags=["you"],
)
def list_commands(asker: Asking, form: AsJson, desk: AtDesk) -> Response:
    """The commands by which you may begin a record for your own organisation."""
    rows = [
        row
        for plural, kind in KINDS.items()
        for row in _offers(plural, _new_case(desk, asker, kind), opens=True)
    ]
    return rows_answer(rows, desk.history.head())


def _offers(plural: str, case: Case, opens: bool) -> list[dict[str, Any]]:
    """Only what the table of permissions allows: whether a rule forbids it now is told when it is weighed."""
    mine = case.asker.organisation_id
    at = f"/{plural}" if opens else f"/{plural}/{case.target.id}"
    return [
        {
            "name": name,
            "title": title_of(name),
            "sentence": sentence_of(command),
            "method": "POST",
            "href": at if opens else f"{at}/{address_of(name)}",
            "schema_href": f"/schemas/{address_of(name)}",
        }
        for name, command in commands_about(KINDS[plural]).items()
        if command.opens == opens and name not in NOT_OVER_HTTP and _may(case, command, mine)
    ]


def _may(case: Case, command: type[Command], mine: UUID | None) -> bool:
    return WHO_MAY[command.name()](case, _one_would_send(command, mine))


@lru_cache(maxsize=10_000)
def _one_would_send(command: type[Command], mine: UUID | None) -> Command:
    """A request that names one's own organisation. It holds nothing else, and nobody can change it."""
    named: dict[str, Any] = dict.fromkeys(("commissioner_id", "authority_id", "school_id"), mine)
    return command.model_construct(**named)


def _new_case(desk: Desk, asker: Asker, kind: type[Record]) -> Case:
    now = desk.clock()
    decision = Decision(by=actor_of(asker), command="look", correlation_id=uuid4())
    case = Case(
        desk.history, asker, Recording(decision, now, london_day(now)), published=desk.casework.published
    )
    case.open(kind, uuid4(), new=True)
    return case


def _route(plural: str, kind: type[Record]) -> None:
    @routes.get(
        f"/{plural}/{{id}}/commands",
        operation_id=f"list_commands_about_{SINGULAR[plural]}",
        response_model=None,
        responses=found("RowsShown"),
        tags=[plural],
    )
    def list_commands_about(id: UUID, asker: Asking, form: AsJson, desk: AtDesk) -> Response:
        """The commands that you may give about it. Whether a rule forbids one now is told by `?only_weigh=true`."""
        position = reached(desk.history.head, None)
        if kind is Child:
            case, _ = look_at_child(desk, asker, id, None, position)
        else:
            case = look(desk, asker, kind, id, None, position)
        return rows_answer(_offers(plural, case, opens=False), position)


for plural, kind in KINDS.items():
    _route(plural, kind)
