"""The events of a record as they are stored, for those who have to see that nothing was added to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec

from domain.events import Event
from history.reading import STREAMS_AS_AT, Reading
from projections.telling import Teller
from projections.timeline import LATEST


class RawEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One stored event."""

    position: int
    version: int
    name: str
    """The stored name."""
    sealed: Any
    """The stored JSON, with personal words sealed."""
    opened: Any
    """The same with the words that can still be opened; none where the event cannot be read."""
    stored: str
    """The stored bytes themselves, as text."""


def raw_events(history: Reading, record_id: UUID, *, as_at: int | None = None) -> list[RawEvent]:
    """All events of a record, in order. Raises Unavailable."""
    rows = history.rows(STREAMS_AS_AT, {"ids": [record_id], "as_at": LATEST if as_at is None else as_at})
    happened = Teller(history, ()).read_each(rows)
    return [
        RawEvent(
            position=row[0],
            version=row[4],
            name=row[1],
            stored=row[2].decode(errors="replace"),
            sealed=_parsed(row[2]),
            opened=msgspec.to_builtins(one.event) if isinstance(one.event, Event) else None,
        )
        for row, one in zip(rows, happened, strict=True)
    ]


def _parsed(state: bytes) -> Any:
    try:
        return msgspec.json.decode(state)
    except msgspec.MsgspecError:
        return state.decode(errors="replace")
