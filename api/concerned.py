"""At which decisions of a record's story who asks was concerned already: what was between others before has no page for them.

It is the rule of every look at the past, asked of a whole story at once: see `api/looking.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from api.desk import Desk
from domain.child import Child
from domain.events import Event
from domain.placement import Placement
from domain.record import Record
from history.reading import STREAMS_AS_AT
from projections.entries import Entry
from projections.telling import Teller, Told
from projections.timeline import LATEST
from workflows.case import Case
from workflows.relations import child_is_known_to, relations


def rows_with_decisions(desk: Desk, case: Case, entries: Sequence[Entry], of: str) -> list[dict[str, Any]]:
    """The entries as rows of a timeline; `decision` is the address of a decision's page, where the asker may read it."""
    own = with_pages(desk, case, entries)
    return [
        {
            **msgspec.to_builtins(entry),
            "decision": f"{of}/decisions/{entry.position}" if entry.position in own else None,
        }
        for entry in entries
    ]


def with_pages(desk: Desk, case: Case, entries: Iterable[Entry]) -> frozenset[int]:
    """The positions of those entries of the case's own record whose decisions the asker may read."""
    target = case.target
    own = [entry for entry in entries if entry.record_id == target.id]
    if isinstance(target, Placement | Child):
        # Most stories answer by themselves; only where they do not, the records around are asked as well.
        told = _versions_that_tell(case, target)
        if any(entry.version not in told for entry in own):
            return _together(desk, case) & {entry.position for entry in own}
    return frozenset(entry.position for entry in own)


def _versions_that_tell(case: Case, target: Placement | Child) -> set[int]:
    """The versions at which the record by itself says that the asker is concerned."""
    record = type(target)(target.id)
    found = set()
    for event in target.events:
        record.fold(event)
        if _concerned(case, [record]):
            found.add(event.originator_version)
    return found


def _together(desk: Desk, case: Case) -> frozenset[int]:
    """The positions at which the child's file and the placement, or any placement of the child, say so."""
    teller = Teller(desk.history, (Placement, Child), sealed=(Placement, Child))
    rows = desk.history.rows(STREAMS_AS_AT, {"ids": _around(case), "as_at": LATEST})
    told: dict[UUID, Told] = {}
    found = set()
    for one in sorted(teller.read_each(rows), key=lambda happened: happened.position):
        if one.id not in told:
            told[one.id] = teller.begin(one)
        told[one.id].add(one)
        records = [record for each in told.values() if (record := each.record)]
        if one.id == case.target.id and isinstance(one.event, Event) and _concerned(case, records):
            found.add(one.position)
    return frozenset(found)


def _around(case: Case) -> list[UUID]:
    target = case.target
    if isinstance(target, Placement):
        return [target.id, *([target.child_id] if target.child_id else [])]
    return [target.id, *case.shelf.records_about(Placement, target.id)]


def _concerned(case: Case, records: Iterable[Record]) -> bool:
    """Whether the asker stood in any relation to the case's record, as these stood."""
    found = {record.id: record for record in records}
    of_child = next((record for record in found.values() if isinstance(record, Child)), None)
    target = found[case.target.id]
    if isinstance(target, Placement):
        return bool(relations(case.asker, target, of_child))
    return of_child is not None and (
        child_is_known_to(case.asker, of_child)
        or any(relations(case.asker, one, of_child) for one in found.values() if isinstance(one, Placement))
    )
