"""Entries of a story in short, as the page of a decision mentions them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from domain.events import Event
from domain.provider import Places
from history.reading import Reading
from projections.decisions.case_file import CaseFile, kind_told_by
from projections.decisions.shapes import Mention
from projections.entries import Entry, entries_of
from projections.naming import names_in
from projections.telling import Happened


def mentions_of(file: CaseFile, entries: Iterable[Entry]) -> list[Mention]:
    """These entries, without those of a provider's places: who else was given one is other commissioners' business."""
    return [
        _mention(file.kind_of(entry.record_id), entry)
        for entry in entries
        if file.kinds.get(entry.record_id) is not Places
    ]


def also_written(history: Reading, happened: Sequence[Happened], as_at: int) -> list[Mention]:
    """Other events of the same decision, in whatever record they stand. Raises Unavailable."""
    events = {one.position: one.event for one in happened if isinstance(one.event, Event)}
    entries = entries_of(happened, names_in(history, events.values(), as_at))
    return [_mention(kind_told_by(events[entry.position]), entry) for entry in entries]


def _mention(kind: str, entry: Entry) -> Mention:
    return Mention(
        position=entry.position,
        kind=kind,
        record_id=entry.record_id,
        version=entry.version,
        event=entry.name,
        sentence=entry.sentence,
        true_on=entry.true_on,
        recorded_at=entry.recorded_at,
    )
