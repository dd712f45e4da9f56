"""The readable files of a bundle: the same events as sentences, as rows, and opened. Made from the history up to its position alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from domain.events import Event, stored_name
from domain.record import EVENT_KINDS
from history.ledger.stored import StoredEvent
from history.reading import Reading
from projections.bundles.contents import Contents
from projections.bundles.page import page_of_entries
from projections.bundles.withholding import withheld
from projections.entries import Entry, entries_of
from projections.naming import names_in
from projections.saying import Namer
from projections.spreadsheet import as_csv
from projections.telling import Happened, Teller

COLUMNS = (
    "position",
    "record_id",
    "version",
    "event",
    "true_on",
    "recorded_at",
    "by",
    "roles",
    "organisation",
    "on_behalf_of",
    "sentence",
    "said_first",
    "reason_code",
    "reason",
    "evidence",
    "rules",
    "known_at",
)


def happened_in(history: Reading, events: Sequence[StoredEvent]) -> list[Happened]:
    """The events with their words opened, as far as they can be read. Raises Unavailable."""
    rows = [(e.position, e.topic, e.state, e.record_id, e.version) for e in events]
    return Teller(history, ()).read_each(rows)


def namer(history: Reading, happened: Sequence[Happened], as_at: int) -> Namer:
    """What organisations were called at a position."""
    return names_in(history, (one.event for one in happened if isinstance(one.event, Event)), as_at)


def entries_in(history: Reading, events: Sequence[StoredEvent], as_at: int) -> list[Entry]:
    """The events as entries of a timeline. Raises Unavailable."""
    happened = happened_in(history, events)
    return entries_of(happened, namer(history, happened, as_at))


def readable(history: Reading, contents: Contents, title: str) -> dict[str, bytes]:
    """Timeline, spreadsheet, opened events and what their fields are. Raises Unavailable."""
    happened = happened_in(history, contents.events)
    if contents.without:
        happened = withheld(happened, contents.without)
    entries = entries_of(happened, namer(history, happened, contents.as_at))
    subtitle = f"As at position {contents.as_at} of the ledger {contents.sealed.head.origin}"
    return {
        "timeline.html": page_of_entries(title, subtitle, entries),
        "events.csv": as_csv(COLUMNS, map(row_of, entries)),
        "opened.jsonl": b"".join(map(_opened, happened)),
        "schema.json": schema_of({event.topic for event in contents.events}),
    }


def row_of(entry: Entry) -> dict[str, Any]:
    """A row of the spreadsheet."""
    who = entry.who
    return {
        "position": entry.position,
        "record_id": str(entry.record_id),
        "version": entry.version,
        "event": entry.name,
        "true_on": _iso(entry.true_on),
        "recorded_at": _iso(entry.recorded_at),
        "by": who.name if who else "",
        "roles": ", ".join(who.roles) if who else "",
        "organisation": who.organisation if who else "",
        "on_behalf_of": entry.on_behalf_of or "",
        "sentence": entry.sentence,
        "said_first": entry.said_first or "",
        "reason_code": entry.reason_code,
        "reason": entry.words,
        "evidence": "; ".join(f"{e.title} ({e.id})" for e in entry.evidence),
        "rules": "; ".join(f"{r.rule} v{r.version}: {r.verdict}" for r in entry.rules),
        "known_at": entry.known_at,
    }


def schema_of(topics: set[str]) -> bytes:
    """The JSON Schema of the stored events of some kinds."""
    kinds = [EVENT_KINDS[topic] for topic in sorted(topics) if topic in EVENT_KINDS]
    schemas, parts = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    named = {stored_name(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": named,
        "$defs": dict(sorted(parts.items())),
    }
    return msgspec.json.format(msgspec.json.encode(whole, order="deterministic"), indent=1) + b"\n"


def _opened(one: Happened) -> bytes:
    told = one.event if isinstance(one.event, Event) else None
    line = {"position": one.position, "record_id": one.id, "version": one.version, "event": told}
    return msgspec.json.encode(line) + b"\n"


def _iso(when: date | datetime | None) -> str:
    return when.isoformat() if when else ""
