"""The shape of an answer about one record."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Response
from pydantic import BaseModel, ConfigDict

from api.conditions import is_unchanged, tag_of
from api.wanted import JSON
from domain.record import Record


class RecordShown(BaseModel):
    """A record. Besides these fields it has those of its kind, named as in the commands that set them."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow")

    id: str
    """The record."""
    version: int
    """How many events it has: the value of `ETag`, and of the next `If-Match`."""
    position: int
    """How far the history had reached when this was read: say it as `decision.known_at` when you decide on it."""
    as_of: int | None
    """The moment that was asked for, where one was."""


class AnyShown(BaseModel):
    """What was asked for, and how new it is."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow")

    position: int
    """The answer is at least as new as this position of the history."""


class RowsShown(AnyShown):
    """Everything there is, in the order in which it happened."""

    rows: list[dict[str, Any]]
    """Oldest first."""


def rows_answer(rows: list[dict[str, Any]], position: int) -> Response:
    """The rows, and how new they are."""
    body = {"rows": rows, "position": position}
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def record_answer(
    record: Record, position: int, fields: dict[str, Any], if_none_match: str | None, as_of: int | None
) -> Response:
    """The record, or 304 where the caller holds this version already."""
    headers = {"ETag": tag_of(record.version), "X-Position": str(position), "Vary": "Accept, Authorization"}
    if is_unchanged(if_none_match, record.version):
        return Response(status_code=304, headers=headers)
    body = {
        "id": str(record.id),
        "version": record.version,
        "position": position,
        "as_of": as_of,
        **fields,
    }
    return Response(msgspec.json.encode(body), 200, headers, JSON)
