"""How the service found itself at night, for auditors and those who run it. Nothing about a child."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict

from api.asking import Asking
from api.descriptions import ALWAYS, problems
from api.desk import AtDesk
from api.wanted import JSON, in_form
from projections.upkeep import MOST, checks, is_overdue

routes = APIRouter(tags=["running"])
AsJson = Annotated[str, Depends(in_form(JSON))]


class UpkeepShown(BaseModel):
    """The last nights."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    overdue: bool
    """Whether a night was missed, or none was ever done."""
    checks: list[dict[str, object]]
    """What each check found, the newest first: position, sealed events, root, tables, faults."""


@routes.get("/upkeep", operation_id="read_upkeep", responses=problems(*ALWAYS), response_model=UpkeepShown)
def read_upkeep(
    desk: AtDesk, asker: Asking, form: AsJson, limit: Annotated[int, Query(ge=1, le=MOST)] = 30
) -> Response:
    """The nightly checks of everything that is stored: when, up to where, and what was wrong."""
    found = checks(desk.history, limit)
    told = [
        {
            "night": one.night,
            "recorded_at": one.recorded_at,
            "sound": not one.faults,
            "position": one.position,
            "sealed": one.sealed,
            "root": one.root,
            "first_wrong": one.first_wrong,
            "tables": one.tables,
            "faults": one.faults,
            "more_faults": one.more,
            "seconds": one.seconds,
        }
        for one in found
    ]
    overdue = not found or is_overdue(found[0], desk.clock())
    return Response(msgspec.json.encode({"overdue": overdue, "checks": told}), media_type=JSON)
