"""The list that inspectors ask for at the call, frozen, with full stories of a sample."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.asking import Asking
from api.called_in_looks import places_called
from api.desk import AtDesk, Desk
from api.looking_back import day_at
from api.taking_away import ANSWERS, AsAt, AsZip, archive, note_taken, require_own_audit
from domain.people import Asker
from projections.bundles.inspection import make_pack

routes = APIRouter(tags=["bundles"])
NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9]+")
LONGEST = 80
"""Letters of an organisation's name that stand in the name of a file."""


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
        _name(desk, asker, id, day_at(desk, as_at)),
        lambda signer, at: make_pack(
            desk.history, signer, id, as_at=at, sample=sample, seed=seed, chosen=child or ()
        ),
        as_at,
    )


def _name(desk: Desk, asker: Asker, id: UUID, day: date) -> str:
    """Whose pack it is and of which day: `inspection-pack-Inventshire-Council-2026-11-01`."""
    called = str(places_called(desk, asker, {id}).get(str(id), {}).get("name", ""))
    return f"inspection-pack-{in_a_name(called) or id}-{day}"


def in_a_name(words: str) -> str:
    """Words as they stand in the name of a file: in letters that every computer takes."""
    letters = unicodedata.normalize("NFKD", words.replace("'", "")).encode("ascii", "ignore").decode()
    return NOT_IN_A_NAME.sub("-", letters)[:LONGEST].strip("-")
