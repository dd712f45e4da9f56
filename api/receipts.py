"""A receipt for one decision, for whoever may know of it. docs/bundle-format.md."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from api.asking import Asking
from api.desk import AtDesk
from api.freshness import FURTHEST
from api.looking import look
from api.taking_away import ANSWERS, AsZip, archive, note_taken
from domain.placement import Placement
from domain.reasons import NotFound
from projections.bundles.receipt import make_receipt
from projections.timeline import timeline
from workflows.who_reads import require_right_to_receipts

routes = APIRouter(tags=["bundles"])


@routes.get(
    "/placements/{id}/decisions/{position}/receipt",
    operation_id="give_receipt",
    response_model=None,
    responses=ANSWERS,
)
def give_receipt(
    id: UUID,
    position: Annotated[int, Path(ge=1, le=FURTHEST)],
    asker: Asking,
    form: AsZip,
    desk: AtDesk,
    named: Annotated[bool, Query(description="Say who decided by name.")] = False,
) -> Response:
    """A receipt for one decision about a placement, to give to a parent, a school or a provider."""
    require_right_to_receipts(asker)
    case = look(desk, asker, Placement, id)
    shown = timeline(desk.history, [id], provider_id=asker.provider_id)
    entry = next((entry for entry in shown if entry.position == position), None)
    if entry is None:
        raise NotFound("decision")
    note_taken(desk, asker, "placement", id, [case.placement.child_id])
    return archive(
        desk,
        f"receipt-{position}",
        lambda signer, _: make_receipt(desk.history, signer, position, named=named, entry=entry),
    )
