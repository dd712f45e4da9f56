"""Tells all in this process who wait how far the read models have come, in whatever process they are kept in step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, LiteralString, Protocol

from history.waking import Waking


class HowFar(Protocol):
    """Says how far some tables have come."""

    @property
    def position(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """Tables that do not move on."""

    position: int


class Progress(Waking):
    """Hears of every page that was taken in. Nobody polls."""

    channel: ClassVar[LiteralString] = "read_models"
    look: ClassVar[LiteralString] = (
        "SELECT coalesce(min(position), 0) FROM read_models.positions WHERE shape = wanted"
    )
