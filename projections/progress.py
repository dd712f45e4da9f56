"""Tells all in this process who wait how far the read models have come, in whatever process they are kept in step."""

from __future__ import annotations

from typing import ClassVar, LiteralString

from history.waking import Waking


class Progress(Waking):
    """Hears of every page that was taken in. Nobody polls."""

    channel: ClassVar[LiteralString] = "read_models"
    look: ClassVar[LiteralString] = (
        "SELECT coalesce(min(position), 0) FROM read_models.positions WHERE shape = wanted"
    )
