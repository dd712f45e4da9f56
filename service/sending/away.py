"""Which carriers cannot be used now: all their letters wait together, and longer each time that nothing could be carried."""

from __future__ import annotations

import time

from service.sending.letter import Carrier, Letter

FIRST, LONGEST = 5.0, 60.0
"""Seconds that all letters of a carrier wait at first, and at most, after one could not be carried for a reason that concerns them all."""


class Away:
    """Remembered for this process only, by the clock of the computer."""

    def __init__(self) -> None:
        self._until: dict[str, tuple[float, float]] = {}
        """Until when, and how long that is."""

    def is_away(self, carrier: Carrier, letter: Letter | None = None) -> bool:
        """Whether this letter, or any letter to a person, need not be tried by this carrier now."""
        return time.monotonic() < self._until.get(_where(carrier, letter), (0.0, 0.0))[0]

    def wait_for(self, carrier: Carrier, letter: Letter) -> float:
        """It could not be used: all letters wait for so many seconds, twice as many as the last time."""
        where = _where(carrier, letter)
        longer = min(LONGEST, 2 * self._until.get(where, (0.0, FIRST / 2))[1])
        self._until[where] = (time.monotonic() + longer, longer)
        return longer

    def is_back(self, carrier: Carrier, letter: Letter) -> None:
        """It was used."""
        self._until.pop(_where(carrier, letter), None)


def _where(carrier: Carrier, letter: Letter | None) -> str:
    """A mail server is one for all letters; each endpoint is away by itself."""
    return f"webhook {letter.to}" if letter is not None and carrier.channel == "webhook" else carrier.channel
