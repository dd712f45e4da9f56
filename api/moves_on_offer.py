"""What may be done with a placement now, by this person; and if not, every reason why not."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any

from api.problem import shown
from domain.reasons import Reason
from workflows.case import Case
from workflows.catalogue import COMMANDS
from workflows.command import Command
from workflows.moves import Move
from workflows.permissions import WHO_MAY
from workflows.placement_moves import PLACEMENT
from workflows.relations import the_service_itself

ROWS: tuple[tuple[Move, type[Command], Command], ...] = tuple(
    # The questions of permissions look at the command's kind only, so an empty one does.
    (row, COMMANDS[name], COMMANDS[name].model_construct())
    for name, row in PLACEMENT.rows.items()
    # What only the service itself may do has no address, and is no offer.
    if not row.opens and WHO_MAY[name] is not the_service_itself
)


def address_of(name: str) -> str:
    """A command's name as it stands in addresses."""
    return name.replace("_", "-")


def title_of(name: str) -> str:
    """A command's name as it stands on a button."""
    return name.replace("_", " ").capitalize()


@cache
def sentence_of(command: type[Command]) -> str:
    """What the command does, in one sentence."""
    return (inspect.getdoc(command) or "").split("\n\n")[0].replace("\n", " ")


def moves_on_offer(case: Case, with_schemas: bool) -> list[dict[str, Any]]:
    """Every row of the table of moves, weighed on one case. Nothing is saved."""
    return [_offer(case, row, kind, asked, with_schemas) for row, kind, asked in ROWS]


def _offer(case: Case, row: Move, kind: type[Command], asked: Command, with_schemas: bool) -> dict[str, Any]:
    permitted = WHO_MAY[row.name](case, asked)
    if permitted:
        weighed = PLACEMENT.weigh(row.name, case)
        reasons, warnings = weighed.refusals, weighed.warnings
    else:
        # Why a rule forbids it may tell of what this person does not see, so they hear the first reason only.
        message = f"Your roles do not let you do this here: {row.name.replace('_', ' ')}."
        reasons, warnings = (Reason(code="not_permitted", message=message),), ()
    offer: dict[str, Any] = {
        "name": row.name,
        "title": title_of(row.name),
        "sentence": sentence_of(kind),
        "open": not reasons,
        "permitted": permitted,
        "leads_to": row.to.value if row.to else None,
        "reasons": [shown(reason) for reason in reasons],
        "warnings": [shown(warning) for warning in warnings],
        "method": "POST",
        "href": f"/placements/{case.target.id}/{address_of(row.name)}",
        "schema_href": f"/schemas/{address_of(row.name)}",
    }
    if with_schemas:
        offer["schema"] = schema_of(row.name)
    return offer


_SCHEMAS: dict[str, dict[str, Any]] = {}


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema of a command's body."""
    if name not in _SCHEMAS:
        schema = COMMANDS[name].model_json_schema()
        _SCHEMAS[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return _SCHEMAS[name]
