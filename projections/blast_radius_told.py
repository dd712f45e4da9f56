"""A blast radius ready for JSON, with no placement that the asker may not know of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.blast_radius import BlastRadius, Leaned
from domain.child import Child
from domain.leaning import End, Entry
from domain.must_be_told import must_be_told
from domain.people import Scope
from domain.placement import Placement
from domain.stages import Stage
from history.store import History


def told(
    history: History,
    radius: BlastRadius,
    placements: Mapping[UUID, Placement],
    scope: Scope,
    provider_id: UUID,
    as_at: int | None = None,
) -> dict[str, Any]:
    """What leaned on the fact, what of it is open, and who must be told of that."""
    wanted = {p.child_id: Child for p in placements.values() if p.child_id is not None}
    children = {id: c for id, c in history.get_many(wanted, as_at=as_at).items() if isinstance(c, Child)}
    seen = {
        id: placement
        for id, placement in placements.items()
        if placement.child_id in children and _in_scope(scope, placement, children[placement.child_id])
    }
    decisions = [_decision(one) for one in radius.decisions if one.placement_id in seen]
    leaned = {one.placement_id for one in radius.decisions}
    rows = [
        _placement(seen[id], children[child], provider_id)
        for id in sorted(leaned & set(seen))
        if (child := seen[id].child_id) is not None
    ]
    return {
        "fact": _entry(radius.entry),
        "ended": _end(radius.end),
        "decisions": decisions,
        "placements": rows,
        "open": sum(row["open"] for row in rows),
    }


def _in_scope(scope: Scope, placement: Placement, child: Child) -> bool:
    mine = {placement.commissioner_id, placement.home_school_id, child.authority_id} - {None}
    return scope.everything or not mine.isdisjoint(scope.organisations)


def _entry(entry: Entry) -> dict[str, Any]:
    event = entry.recorded.event
    return {
        "fact": entry.fact,
        "event": f"{event.originator_id}/{event.originator_version}",
        "recorded_by": event.decision.by.name,
        "recorded_at": event.recorded_at.isoformat(),
        "documents": sorted(entry.documents),
        "holds_until": entry.holds_until.isoformat() if entry.holds_until else None,
    }


def _end(end: End | None) -> dict[str, Any] | None:
    if end is None:
        return None
    known = end.known.event if end.known else None
    return {
        "since_on": end.since_on.isoformat(),
        "recorded_by": known.decision.by.name if known else None,
        "recorded_at": known.recorded_at.isoformat() if known else None,
    }


def _decision(one: Leaned) -> dict[str, Any]:
    return {
        "placement_id": str(one.placement_id),
        "event": f"{one.placement_id}/{one.version}",
        "position": one.position,
        "command": one.decision.command,
        "by": one.decision.by.name,
        "role": one.decision.by.role,
        "how": list(one.how),
        "rules": list(one.rules),
        "could_have_known": one.knew,
    }


def _placement(placement: Placement, child: Child, provider_id: UUID) -> dict[str, Any]:
    there = placement.provider_id == provider_id and placement.stage is not Stage.EXIT
    return {
        "placement_id": str(placement.id),
        "child_id": str(child.id),
        "commissioner_id": str(placement.commissioner_id) if placement.commissioner_id else None,
        "stage": placement.stage.value,
        "open": there,
        "must_be_told": [
            {"who": who, "organisation_id": str(id) if id else None, "source": source}
            for who, id, source in must_be_told(placement, child)
        ]
        if there
        else [],
    }
