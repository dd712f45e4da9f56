"""The list that inspectors ask for at the call, frozen, with full stories of a sample."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.asking import Asking
from api.desk import AtDesk
from api.taking_away import ANSWERS, AsAt, AsZip, archive, note_taken, require_own_audit
from projections.bundles.inspection import make_pack

routes = APIRouter(tags=["bundles"])


@routes.get(
    "/organisations/{id}/inspection-pack",
    operation_id="make_inspection_pack",
    response_model=None,
    responses=ANSWERS,
)
def make_inspection_pack(
    id: UUID,
    asker: Asking,
    form: AsZip,
    desk: AtDesk,
    as_at: AsAt = None,
    sample: Annotated[int, Query(ge=0, le=200, description="Children whose stories are drawn.")] = 3,
    seed: Annotated[str, Query(max_length=200, description="What the draw depends on.")] = "",
    child: Annotated[
        list[UUID] | None, Query(description="Children whose stories are wanted as well.")
    ] = None,
) -> Response:
    """The list that inspectors ask for at the call, and full stories of a sample. The same position and seed give the same bytes."""
    require_own_audit(asker, id)
    note_taken(desk, asker, "organisation", id, child or ())
    return archive(
        desk,
        f"inspection-pack-{id}",
        lambda signer, at: make_pack(
            desk.history, signer, id, as_at=at, sample=sample, seed=seed, chosen=child or ()
        ),
        as_at,
    )
