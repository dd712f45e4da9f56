"""The shape of an answer about one record."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Response
from pydantic import BaseModel, ConfigDict

from api.conditions import is_unchanged, tag_of_past
from api.looking_back import LookingBack
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
    """The position that was asked for, or that the moment stands for; null for now."""
    true_on: str | None
    """The day that was asked for, where one was."""


class AnyShown(BaseModel):
    """What was asked for, and how new it is."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow")

    position: int
    """The answer is at least as new as this position of the history."""


class RowsShown(AnyShown):
    """Everything there is, in the order in which it happened."""

    rows: list[dict[str, Any]]
    """Oldest first."""


def rows_answer(rows: list[dict[str, Any]], position: int, **more: Any) -> Response:
    """The rows, how new they are, and what else belongs to them."""
    body = {"rows": rows, "position": position, **more}
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def record_answer(
    record: Record,
    position: int,
    fields: dict[str, Any],
    if_none_match: str | None,
    back: LookingBack | None,
) -> Response:
    """The record, or 304 where the caller holds this already."""
    # A version says all about a record as it is. As it was, words may have been erased from it since, and its day is another.
    tag = str(record.version) if back is None else tag_of_past(record.version, fields)
    headers = {"ETag": f'"{tag}"', "X-Position": str(position), "Vary": "Accept, Authorization"}
    if is_unchanged(if_none_match, tag):
        return Response(status_code=304, headers=headers)
    body = {
        "id": str(record.id),
        "version": record.version,
        "position": position,
        "as_of": back.position if back else None,
        "true_on": back.true_on if back else None,
        **fields,
    }
    return Response(msgspec.json.encode(body), 200, headers, JSON)
