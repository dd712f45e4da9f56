"""Completes the description of the API: the bodies of all commands, and shapes that only we write by hand."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from api.answers import AnyShown, RecordShown, RowsShown
from api.changes import ChangesShown
from api.changes_of_lists import ListChangesShown
from api.descriptions import DoneShown
from api.feed import FeedShown
from api.lists import ListShown
from api.problem import ProblemShown
from workflows.catalogue import COMMANDS

ABOUT = """
Runs alternative provision placements: each is one record that moves from stage to stage, and remembers every decision.

* Read a placement to learn what may be done with it now. Each move says whether it is open to you and, if not, every reason.
* Every command has an address of its own. A write answers with the `position` that the history has reached; a list takes
  `at_least=<position>` and waits briefly for it.
* Send an `Idempotency-Key` with every write, and repeat it freely. Send `If-Match` with the version you saw, where it matters.
* Whatever goes wrong is answered as `application/problem+json`; the kinds are listed at `/problems`.
"""


def describe(app: FastAPI, version: str) -> None:
    """Let the application describe itself completely."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(app, version)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(app: FastAPI, version: str) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=version,
        description=ABOUT,
        routes=app.routes,
        openapi_version="3.1.0",
    )
    shapes = (
        AnyShown,
        ChangesShown,
        DoneShown,
        FeedShown,
        ListChangesShown,
        ListShown,
        ProblemShown,
        RecordShown,
        RowsShown,
    )
    kinds: list[Any] = [*COMMANDS.values(), *shapes]
    _, shared = models_json_schema(
        [(kind, "validation") for kind in kinds], ref_template="#/components/schemas/{model}"
    )
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name, schema in shared["$defs"].items():
        schemas.setdefault(name, schema)
    for path in document["paths"].values():
        for operation in path.values():
            # The framework would document its own answer to what does not fit; ours is another.
            _drop_foreign_422(operation)
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    return document


def _drop_foreign_422(operation: dict[str, Any]) -> None:
    content = operation.get("responses", {}).get("422", {}).get("content", {})
    if "HTTPValidationError" in str(content.get("application/json", "")):
        del operation["responses"]["422"]
