"""Tells all in this process who wait how far the read models have come, in whatever process they are kept in step."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import ClassVar, LiteralString, Protocol

from history.waking import Waking

REACHED: LiteralString = """
    SELECT coalesce(min(position), 0) AS every, coalesce(min(position) FILTER (WHERE NOT later), 0) AS at_once
    FROM read_models.positions WHERE shape = wanted
"""
TELL: LiteralString = (
    "SELECT pg_notify('read_models_reached', concat_ws(' ', every, at_once)) FROM (" + REACHED + ") reached"
)
"""Wakes all who wait, whoever moved the tables; the release before believes the numbers."""


class HowFar(Protocol):
    """Says how far some tables have come."""

    @property
    def position(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Tables that do not move on."""

    position: int


class Progress(Waking):
    """Hears of every page that was taken in, and first of the tables for which nobody has to wait long. Nobody polls.

    A notice only wakes it: a worker of the release before tells of the tables that it knows, and those of this one may be behind them.
    """

    channel: ClassVar[LiteralString] = "read_models_reached"
    look: ClassVar[LiteralString] = REACHED
    asks: ClassVar[bool] = True

    def __init__(self, dsn: str) -> None:
        self.at_once = AtOnce()
        super().__init__(dsn)

    def wait_at_once(self, position: int, timeout: float) -> bool:
        """Wait until the tables that follow from one record have come beyond a position; whether they have."""
        return self._wait(lambda: self.at_once.position > position, timeout)

    def _heard(self, *positions: int) -> None:
        every, at_once = positions
        if at_once > self.at_once.position:
            with self._news:
                self.at_once.position = at_once
                self._news.notify_all()
        self._reached(every)


class AtOnce:
    """How far the tables have come that follow from one record each."""

    position = 0


def reached_in_words(reached: Mapping[str, int], later: Set[str]) -> str:
    """What a notice says, to readers of the release before: how far all have come, and those for which nobody has to wait long."""
    every = min(reached.values())
    return f"{every} {min((at for name, at in reached.items() if name not in later), default=every)}"
