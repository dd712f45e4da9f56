"""What leaned on a fact of a provider that does not hold: decisions, open placements, who could have known, who must be told."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response

from api import problem as p
from api.asking import Asking
from api.descriptions import found, problems
from api.desk import AtDesk
from api.lists import IN_SCOPE
from api.looking_back import Back
from api.noting import note
from api.wanted import JSON, in_form
from domain.people import Asker, OrganisationKind
from domain.reasons import NotPermitted
from projections.blast_radius import what_leaned_on
from projections.blast_radius_told import told
from workflows.who_reads import may_read, scope_of

routes = APIRouter(tags=["providers"])
FACT = (
    "What does not hold: `check:insurance` (or any kind of check), `registration`, `site:` with its name, `provider` where it is "
    "suspended or closed, `document:` with the id of a document."
)


@routes.get(
    "/providers/{id}/blast-radius",
    operation_id="read_blast_radius",
    responses=found("AnyShown") | problems(p.INVALID),
    response_model=None,
)
def read_blast_radius(
    id: UUID,
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    fact: Annotated[str, Query(max_length=320, description=FACT)],
    version: Annotated[
        int | None,
        Query(ge=1, description="An older entry of the provider's record; the one that stands, if left out."),
    ] = None,
    back: Back = None,
) -> Response:
    """Decisions and placements that you may know of. A decision that named another document for the same fact did not lean on this one."""
    require_right_to_blast_radius(asker)
    as_at = back.position if back else None
    position = back.position if back else desk.history.head()
    radius, placements = what_leaned_on(desk.history, id, fact, version, position)
    body: dict[str, Any] = {
        **told(desk.history, radius, placements, scope_of(asker), id, as_at),
        "position": position,
    }
    note(
        desk, asker, "read", IN_SCOPE, record_id=id, position=position, as_of=as_at,
        records=[UUID(one["placement_id"]) for one in body["placements"]],
        children=[UUID(one["child_id"]) for one in body["placements"]],
        asked_by=("fact",),
    )  # fmt: skip
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def require_right_to_blast_radius(asker: Asker) -> None:
    """Raises NotPermitted."""
    if not asker.machine and (asker.organisation_kind is OrganisationKind.PROVIDER or not may_read(asker)):
        message = "What leaned on a provider is for those who commission and oversee."
        raise NotPermitted(message, "may_not_see_blast_radius")
