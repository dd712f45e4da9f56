"""A letter: a message as one person or system gets it. And a carrier: whatever takes letters away."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.facts.telling import Channel


@dataclass(frozen=True, slots=True)
class Letter:
    """The same letter, under the same id, at each try: those who get it twice can tell."""

    id: UUID
    to: str = field(repr=False)
    """An e-mail address, a mobile number, or the address of an endpoint."""
    subject: str
    """Nothing about a child is in it."""
    body: str = field(repr=False)
    short: str = field(default="", repr=False)
    """The same for a text message."""
    reply_to: str | None = field(default=None, repr=False)
    secret: str = field(default="", repr=False)
    """For an endpoint: what signs."""
    ids: dict[str, Any] = field(default_factory=dict)
    """For an endpoint: which message about which record, and nothing else."""
    asked_at: datetime | None = None


class NotCarried(Exception):
    """It was not taken. The code is ours: what the other side says might quote an address."""

    def __init__(self, code: str, *, for_good: bool = False, away: bool = False) -> None:
        """`for_good`: another try would fail, too; `away`: nothing can be carried this way now."""
        self.code, self.for_good, self.away = code, for_good, away
        super().__init__(code)


class Carrier(Protocol):
    """A way of sending. Threads may share it."""

    channel: Channel

    def carry(self, letter: Letter) -> str:
        """Hand it over, and say by which reference it is known there. Raises NotCarried."""

    def find(self, letter: Letter) -> str | None:
        """The reference under which an earlier try was taken, where the other side can say. Raises NotCarried."""
