"""Says what was done to the first event that is not as it was sealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from history.ledger.stored import StoredEvent

Kind = Literal[
    "altered",
    "missing",
    "inserted",
    "moved",
    "root",
    "index",
    "hashes",
    "signature",
    "checkpoint",
    "unsealed",
]
"""What is wrong: an event; the root over some; the index; a stored hash; a signature; a checkpoint; or nothing was ever sealed."""


class Fault(NamedTuple):
    """Something that is not as it was."""

    kind: Kind
    position: int | None
    """The first wrong event, where it is events that are wrong."""
    size: int | None
    """The checkpoint that shows it, where one does."""
    words: str


def diagnose(at: int, events: Sequence[StoredEvent], sealed: Sequence[bytes]) -> tuple[Kind, str]:
    """What was done at a position, from the events there and after it, and the hashes sealed for them."""
    here, hash = events[0], sealed[0]
    wanted = next((event for event in events[1:] if event.leaf(at) == hash), None)
    if wanted is not None:
        if len(sealed) > wanted.position - at and here.leaf(wanted.position) == sealed[wanted.position - at]:
            return "moved", f"the events at {at} and {wanted.position} have changed places"
        return (
            "inserted",
            f"an event was put in at {at}: what was sealed there stands at {wanted.position} now",
        )
    later = next((at + n for n, hash in enumerate(sealed[1:], 1) if here.leaf(at + n) == hash), None)
    if later is not None:
        return "missing", f"the event that was sealed at {at} is gone: the one of {later} stands there now"
    return "altered", f"the event at {at} is not the one that was sealed"
