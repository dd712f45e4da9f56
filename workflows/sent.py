"""How a command comes to casework, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from domain.events import Triggered
from domain.people import Asker
from domain.reasons import ChangedMeanwhile, Reason
from history.tracing import correlation_now
from workflows.command import Command


@dataclass(frozen=True, slots=True)
class Sent:
    """How a command came: what belongs to the request and not to the decision."""

    correlation_id: UUID = field(default_factory=correlation_now)
    causation_id: str | None = None
    idempotency_key: str | None = None
    triggered: Triggered | None = None
    """Set where the service acts by itself: because of what, by which trigger."""
    if_version: int | None = None
    """Only if the record still has this version (`If-Match`)."""
    only_weigh: bool = False
    """Decide, and say what would come of it; nothing is saved."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a command."""

    record_id: UUID
    version: int
    position: int
    """How far the history has reached with it: ask a read model for `at_least` this."""
    warnings: tuple[Reason, ...] = ()
    again: bool = False
    """It had been done before, under the same idempotency key."""


class VersionMismatch(ChangedMeanwhile):
    """The record is not at the version that the caller saw."""


class Performs(Protocol):
    """The way in: casework."""

    def perform(
        self, command: Command, asker: Asker, on: UUID | None = None, sent: Sent | None = None
    ) -> Done: ...
