"""Hears of every erasure the moment it is carried out, whoever did it, and has this process let go of keys and opened words."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, LiteralString

from history.keys import LIFE, UNWATCHED, Keys
from history.waking import Waking


class Forgotten(Waking):
    """Listens in a thread of its own. While the line is cut, keys are remembered for a moment only."""

    channel: ClassVar[LiteralString] = "history_forgotten"
    look: ClassVar[LiteralString] = "SELECT coalesce(max(nth), 0) FROM history.erasures"

    def __init__(self, dsn: str, keys: Keys, *others: Callable[[], None]) -> None:
        """`others` in this process who remember opened words are told, too, and let go of them."""
        self._keys, self._others = keys, others
        super().__init__(dsn)

    def _listen(self) -> None:
        try:
            super()._listen()
        finally:
            self._keys.life = UNWATCHED
            self._keys.let_go()

    def _reached(self, position: int) -> None:
        # Before those who wait are woken: they must not find what is to be forgotten.
        if position > self._position:
            self._keys.let_go()
            for let_go in self._others:
                let_go()
        # The first look is after LISTEN: from here on nothing is missed.
        self._keys.life = LIFE
        super()._reached(position)
