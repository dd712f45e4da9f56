"""What stays the same for everybody: codes, the table of moves, the bodies of commands, the kinds of problems."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from api.asking import Asking
from api.descriptions import ALWAYS, problems
from api.moves_on_offer import address_of, schema_of, sentence_of, title_of
from api.problem import KINDS, NOT_FOUND
from api.wanted import JSON, in_form
from domain.bibliography import DOCUMENTS
from domain.codes import CODE_SETS
from domain.confidence import IN_WORDS
from domain.reasons import NotFound
from domain.stages import Stage
from workflows.catalogue import COMMANDS
from workflows.moves import Move
from workflows.placement_moves import PLACEMENT

routes = APIRouter(tags=["reference"])
AsJson = Annotated[str, Depends(in_form(JSON))]


class KindShown(BaseModel):
    """One kind of problem."""

    type: str
    status: int
    title: str


@routes.get("/problems", operation_id="list_problems")
def list_problems() -> list[KindShown]:
    """Every way in which the service says no."""
    return [KindShown(type=kind.type, status=kind.status, title=kind.title) for kind in KINDS]


@routes.get("/codes", operation_id="list_codes", responses=problems(*ALWAYS), response_model=dict[str, Any])
def list_codes(asker: Asking, form: AsJson) -> Response:
    """The code sets of the official returns, with their sources, by name."""
    sets = {
        name: {
            "source": codes.source,
            "version": codes.version,
            "mark": codes.mark,
            "codes": [asdict(code) for code in codes],
        }
        for name, codes in CODE_SETS.items()
    }
    return Response(msgspec.json.encode(sets), media_type=JSON)


@routes.get(
    "/sources", operation_id="list_sources", responses=problems(*ALWAYS), response_model=dict[str, Any]
)
def list_sources(asker: Asking, form: AsJson) -> Response:
    """Every law and document that a rule cites, how sure we are of it, and how citations of it begin."""
    rows = [asdict(document) for document in DOCUMENTS]
    return Response(msgspec.json.encode({"rows": rows, "marks": IN_WORDS}), media_type=JSON)


@routes.get(
    "/schemas/{command}",
    operation_id="read_schema",
    responses=problems(*ALWAYS, NOT_FOUND),
    response_model=dict[str, Any],
)
def read_schema(command: str, asker: Asking, form: AsJson) -> Response:
    """The JSON Schema of a command's body, by the command's name as it stands in addresses."""
    name = command.replace("-", "_")
    if name not in COMMANDS or address_of(name) != command:
        raise NotFound("schema")
    return Response(msgspec.json.encode(schema_of(name)), media_type=JSON)


@routes.get("/moves", operation_id="list_moves", responses=problems(*ALWAYS), response_model=dict[str, Any])
def list_moves(asker: Asking, form: AsJson) -> Response:
    """The life of a placement as a table, and as a diagram for Mermaid."""
    table = {
        "stages": [stage.value for stage in Stage],
        "moves": [_row(row) for row in PLACEMENT.rows.values()],
        "mermaid": mermaid(),
    }
    return Response(msgspec.json.encode(table), media_type=JSON)


def _row(row: Move) -> dict[str, Any]:
    return {
        "name": row.name,
        "title": title_of(row.name),
        "sentence": sentence_of(COMMANDS[row.name]),
        "from": [stage.value for stage in row.source],
        "to": row.to.value if row.to else None,
        "opens": row.opens,
        "schema_href": f"/schemas/{address_of(row.name)}",
        "needs": [
            {
                "rule": rule.name,
                "version": rule.version,
                "sentence": rule.sentence,
                "source": rule.source,
                "mark": rule.mark,
                "may_be_overridden": rule.may_be_overridden,
                "warning": rule.warning,
                "chosen": rule.chosen,
            }
            for rule in row.needs
        ],
    }


def mermaid() -> str:
    """The moves that lead from stage to stage, as a state diagram."""
    lines = ["stateDiagram-v2"]
    for row in PLACEMENT.rows.values():
        if row.to is None:
            continue
        words = row.name.replace("_", " ")
        lines += [f"    {source.value} --> {row.to.value}: {words}" for source in row.source]
        if row.opens:
            lines.append(f"    [*] --> {row.to.value}: {words}")
    lines.append(f"    {Stage.EXIT.value} --> [*]")
    return "\n".join(lines)
