"""Who am I, and what may I do here?"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict

from api.answers import rows_answer
from api.asking import Asking, SigningIn
from api.descriptions import ALWAYS, found, problems
from api.desk import AtDesk
from api.wanted import JSON, in_form
from domain.school_days import london_day
from workflows.who_reads import scope_of

routes = APIRouter(tags=["you"])


class MeShown(BaseModel):
    """The person who is signed in."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    person_id: str
    """As the sign-in service names them."""
    name: str
    """As the organisation calls them."""
    organisation_id: str | None
    """For whom they act."""
    organisation_kind: str | None
    """What kind of body that is."""
    provider_id: str | None
    """For a provider's people: whose placements they see."""
    roles: list[str]
    """What the organisation's record grants them now."""
    sees: list[str]
    """The organisations whose children they may know of."""


@routes.get("/me", operation_id="read_me", response_model=MeShown, responses=problems(*ALWAYS))
async def read_me(asker: Asking, form: Annotated[str, Depends(in_form(JSON))]) -> Response:
    """The person who is signed in, with the roles they hold at this moment."""
    known: dict[str, Any] = {
        "organisation_id": asker.organisation_id,
        "provider_id": asker.provider_id,
    }
    me = MeShown(
        person_id=asker.person_id,
        name=asker.name,
        organisation_kind=asker.organisation_kind,
        roles=sorted(asker.roles),
        sees=sorted(str(id) for id in scope_of(asker).organisations),
        **{name: str(id) if id else None for name, id in known.items()},
    )
    return Response(me.model_dump_json(), 200, media_type=JSON)


@routes.get(
    "/me/organisations",
    operation_id="list_my_organisations",
    response_model=None,
    responses=found("RowsShown"),
)
def list_my_organisations(
    person: SigningIn, form: Annotated[str, Depends(in_form(JSON))], desk: AtDesk
) -> Response:
    """The organisations at which you hold a role now, with those roles: for each of them there may be a token of its own."""
    mine: dict[str, dict[str, Any]] = {}
    for grant in desk.read_models.grants.of_person(person.person_id, london_day(desk.clock())):
        id = str(grant.organisation_id)
        row = mine.setdefault(id, {"organisation_id": id, "name": grant.organisation_name, "roles": []})
        row["roles"].append(grant.role)
    return rows_answer(list(mine.values()), desk.read_models.position())
