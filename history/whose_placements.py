"""Whose placements these are, by their first events. It never changes, so what was asked once is remembered."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID
from weakref import WeakKeyDictionary

from history.reading import Reading

MOST = 50_000
"""Placements that are remembered: ids alone, some 15 MB."""
# An event says near its beginning whom it is about; to unpack it whole takes several times as long. Where it does not, as in the referrals
# of an early edition, it is read on.
WHOSE = """
    SELECT originator_id, coalesce(history.about_of(substring(state FROM 1 FOR 512)), history.about_of(state))
    FROM history.events
    WHERE originator_id = ANY(%(ids)s) AND originator_version = 1 AND topic = 'placement.referred'
"""

THEIRS = """
    SELECT originator_id FROM history.events
    WHERE originator_version = 1 AND topic = 'placement.referred' AND history.about_of(state) = ANY(%(ids)s)
"""

_known: WeakKeyDictionary[Reading, dict[UUID, UUID]] = WeakKeyDictionary()


def children_of(history: Reading, placements: Collection[UUID]) -> dict[UUID, UUID]:
    """The child of each of these placements, as far as there are such. Raises Unavailable."""
    known = _known.setdefault(history, {})
    found = {id: child for id in placements if (child := known.get(id)) is not None}
    unknown = [id for id in placements if id not in found]
    if unknown:
        if len(known) > MOST:
            known.clear()
        more = {id: child for id, child in history.rows(WHOSE, {"ids": unknown}) if child is not None}
        known.update(more)
        found |= more
    return found


def placements_of(history: Reading, children: Collection[UUID]) -> list[UUID]:
    """Every placement of these children. Raises Unavailable."""
    return [id for (id,) in history.rows(THEIRS, {"ids": list(children)})] if children else []
