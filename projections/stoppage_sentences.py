"""What is said of the operation that stops a provider's placements."""

from __future__ import annotations

from domain import stoppage_events as e
from projections.saying import Namer, day, plain, says

WHICH = {
    "those_that_must": "those that must stop",
    "all": "all of which stop",
    "none": "which go on for the time being",
}


def _begun(event: e.StoppageBegun, name: Namer) -> str:
    failure = event.failure
    return (
        f"began to mark {len(event.placements)} placements at {name(event.provider_id)} at risk, {WHICH[event.stop]}: "
        f"{plain(failure.kind)} ({failure.fact}) since {day(failure.since_on)}"
    )


says(e.StoppageBegun, _begun)
says(
    e.StoppageWentOn,
    lambda v, n: (
        f"went on: {len(v.stopped)} placements stopped, {len(v.marked)} marked and going on, {len(v.refused)} refused"
    ),
)
says(e.StoppageFinished, lambda v, n: "saw to the last of the placements")
