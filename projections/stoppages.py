"""How far the stopping of a provider's placements has come, ready for JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from domain.stoppage import Stoppage


def rounds_of(stoppage: Stoppage) -> list[dict[str, Any]]:
    """Each failure of the provider with what was done about it, the newest first."""
    return [
        {
            "number": round.number,
            "failure": msgspec.to_builtins(round.failure),
            "stop": round.stop,
            "begun_by": round.begun.decision.by.name,
            "begun_at": round.begun.recorded_at.isoformat(),
            "finished": round.finished,
            "placements": len(round.placements),
            "seen_to": len(round.placements) - len(round.waiting),
            "stopped": [str(id) for id in round.stopped],
            "marked": [str(id) for id in round.marked],
            "refused": [
                {"placement_id": str(turned.placement_id), "codes": list(turned.codes)}
                for turned in round.refused
            ],
            "waiting": [str(id) for id in round.waiting],
        }
        for round in reversed(stoppage.rounds)
    ]
