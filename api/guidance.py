"""The numbers that rules, deadlines and triggers count with: every published version, and which holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Response

from api.answers import rows_answer
from api.asking import Asking
from api.descriptions import found
from api.desk import AtDesk, Desk
from api.freshness import AtLeast, reached
from api.looking_back import Back, LookingBack, day_at
from api.wanted import JSON, in_form
from domain.guidance import GUIDANCE, Guidance, Parameters, Version, guidance_id, guidance_of, versions_of
from domain.organisation import Organisation
from domain.parameter import Parameter
from domain.parameters.catalogue import PARAMETERS
from domain.people import Asker
from domain.reasons import NotFound

routes = APIRouter(tags=["guidance"])
AsJson = Annotated[str, Depends(in_form(JSON))]
Named = Annotated[
    str,
    Path(max_length=100, description="The name of the parameter, such as `expiry_warning_days`, or its id."),
]


@routes.get("/guidance", operation_id="list_guidance", responses=found("RowsShown"), response_model=None)
def list_guidance(
    asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
) -> Response:
    """Every parameter: what it means, what may be published, all its versions, and what holds for you today."""
    position = reached(desk.history.head, at_least)
    seen = _Seen(desk, asker, back)
    return rows_answer([seen.shown(parameter) for parameter in PARAMETERS.values()], position)


@routes.get("/guidance/{id}", operation_id="read_guidance", responses=found("AnyShown"), response_model=None)
def read_guidance(
    id: Named, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
) -> Response:
    """One parameter, with all its versions. Each is kept as it was published."""
    parameter = PARAMETERS.get(id) or next(
        (one for name, one in PARAMETERS.items() if str(guidance_id(name)) == id), None
    )
    if parameter is None:
        raise NotFound("guidance")
    position = reached(desk.history.head, at_least)
    body = {**_Seen(desk, asker, back).shown(parameter), "position": position}
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


class _Seen:
    """What was published, as it is or as it was, and how the asker's organisation stands to it."""

    def __init__(self, desk: Desk, asker: Asker, back: LookingBack | None) -> None:
        self.day: date = day_at(desk, back)
        mine: UUID | None = asker.organisation_id
        kinds = GUIDANCE if mine is None else {**GUIDANCE, mine: Organisation}
        records = desk.history.get_many(kinds, as_at=back.position if back else None)
        self.published: Mapping[str, Guidance] = guidance_of(records)
        organisation = records.get(mine) if mine else None
        self.here = organisation if isinstance(organisation, Organisation) else None

    def shown(self, parameter: Parameter) -> dict[str, Any]:
        name = parameter.name
        record = self.published.get(name)
        return {
            "id": str(guidance_id(name)),
            "name": name,
            "version": record.version if record else 0,
            "meaning": parameter.meaning,
            "unit": parameter.unit,
            "least": parameter.least,
            "most": parameter.most,
            "whole": parameter.whole,
            "tighter": parameter.tighter,
            "refuses": parameter.hard,
            "in_force": _as_facts(Parameters(self.published).version(name, self.day)),
            "for_you": _as_facts(Parameters(self.published, self.here).version(name, self.day)),
            "versions": [_as_facts(version) for version in versions_of(parameter, self.published)],
            "href": f"/guidance/{name}",
        }


def _as_facts(version: Version | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {
        "number": version.number,
        "value": version.value,
        "in_force_from": version.in_force_from.isoformat() if version.in_force_from else None,
        "source": version.source,
        "mark": version.mark,
        "tightened": version.own is not None,
    }
