"""What the description of the API says of requests and answers, so that nobody has to guess."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict

from api import problem as p
from api.problem import MEDIA_TYPE, ReasonShown
from workflows.command import Command
from workflows.examples import EXAMPLES

SCHEMAS = "#/components/schemas/"

SINGULAR = {
    "placements": "placement",
    "children": "child",
    "providers": "provider",
    "agreements": "agreement",
    "organisations": "organisation",
    "guidance": "guidance",
    "messages": "message",
    "undone": "undone",
}


class DoneShown(BaseModel):
    """What came of a command."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    id: str
    """The record."""
    version: int
    """Its version now: the next `If-Match`."""
    position: int
    """How far the history has reached: ask lists for `at_least` this."""
    warnings: list[ReasonShown]
    """What was done all the same, and ought to be looked at."""
    successor_id: str | None = None
    """The placement that takes the place of the one that was replaced."""
    stoppage_id: str | None = None
    """The operation that stops a provider's placements: `GET /stoppages/{id}` tells how far it has come."""


def problems(*kinds: p.Kind) -> dict[int | str, dict[str, Any]]:
    """These answers, documented."""
    by_status: dict[int | str, list[str]] = {}
    for kind in kinds:
        by_status.setdefault(kind.status, []).append(f"{kind.title} (`{kind.type}`).")
    content = {MEDIA_TYPE: {"schema": {"$ref": f"{SCHEMAS}ProblemShown"}}}
    return {
        status: {"description": " ".join(words), "content": content} for status, words in by_status.items()
    }


ALWAYS = (
    p.MALFORMED,
    p.NOT_SIGNED_IN,
    p.NOT_PERMITTED,
    p.NOT_ACCEPTABLE,
    p.TOO_MANY,
    p.FAILED,
    p.UNAVAILABLE,
)
"""What any route that needs a sign-in may answer."""
OF_COMMANDS = (
    *ALWAYS,
    p.NOT_FOUND,
    p.REFUSED,
    p.CHANGED_MEANWHILE,
    p.STALE,
    p.TOO_LARGE,
    p.NOT_JSON,
    p.INVALID,
    p.KEY_REUSED,
)
OF_RECORDS = (*ALWAYS, p.NOT_FOUND, p.BEHIND)
OF_LISTS = (*ALWAYS, p.BEHIND)


def header(words: str, kind: str = "string") -> dict[str, Any]:
    """A header of an answer."""
    return {"description": words, "schema": {"type": kind}}


WRITTEN = {
    "ETag": header("The record's version, in quotes."),
    "X-Position": header("How far the history has reached.", "integer"),
    "Location": header("Where the record is; for a replacement, where the successor is."),
    "Idempotency-Replayed": header("`true` where it had been done before, under the same key."),
}


def statuses_of(command: type[Command], links: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    """All answers of a command."""
    ref = {"schema": {"$ref": f"{SCHEMAS}DoneShown"}}
    status = 201 if command.opens else 200
    done = {
        "description": "It is done, and on record.",
        "content": {"application/json": ref},
        "headers": WRITTEN,
        "links": links,
    }
    return {status: done, **problems(*OF_COMMANDS)}


def links_from(plural: str) -> dict[str, Any]:
    """Where to go on from an answer that names a record."""
    if plural == "undone":
        return {"list": {"operationId": "list_undone", "description": "What still waits for a person."}}
    record = {"operationId": f"read_{SINGULAR[plural]}", "parameters": {"id": "$response.body#/id"}}
    return {"record": {**record, "description": "The record as it is now."}}


def body_of(command: type[Command]) -> dict[str, Any]:
    """The body of a command, with an example."""
    name = command.name()
    media = {
        "schema": {"$ref": f"{SCHEMAS}{command.__name__}"},
        "examples": {name: {"value": EXAMPLES[name]}},
    }
    return {"requestBody": {"required": True, "content": {"application/json": media}}}


def records_of(plural: str, **headers: Any) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that reads one record."""
    shown = {
        "description": "The record.",
        "content": {"application/json": {"schema": {"$ref": f"{SCHEMAS}RecordShown"}}},
        "headers": {"ETag": header("The record's version, in quotes."), **headers},
    }
    return {200: shown, 304: {"description": "You hold this version already."}, **problems(*OF_RECORDS)}


def found(shape: str) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that reads something about a record."""
    shown = {
        "description": "Found.",
        "content": {"application/json": {"schema": {"$ref": f"{SCHEMAS}{shape}"}}},
        "headers": {"X-Position": header("How far the history had reached.", "integer")},
    }
    return {200: shown, **problems(*OF_RECORDS)}
