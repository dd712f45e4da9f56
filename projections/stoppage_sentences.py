"""What is said of the operation that stops a provider's placements, and of a placement that takes over from another."""

from __future__ import annotations

from domain import stoppage_events as e
from domain.carrying_events import CarriedOver
from projections.saying import Namer, day, listed, plain, says

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


def _carried(event: CarriedOver, name: Namer) -> str:
    held = listed(dict.fromkeys(plain(one.what) for one in event.carried if one.holds))
    again = dict.fromkeys(plain(one.what) for one in event.carried if not one.holds)
    asked = f"; to be asked for again: {listed(again)}" if again else ""
    return f"carried over from the former placement: {held}{asked}"


says(CarriedOver, _carried)
says(e.StoppageBegun, _begun)
says(
    e.StoppageWentOn,
    lambda v, n: (
        f"went on: {len(v.stopped)} placements stopped, {len(v.marked)} marked and going on, {len(v.refused)} refused"
    ),
)
says(e.StoppageFinished, lambda v, n: "saw to the last of the placements")
