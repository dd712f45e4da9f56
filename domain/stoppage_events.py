"""What can happen to the one operation that stops a provider's placements. The stored names are permanent."""

from __future__ import annotations

from uuid import UUID

from domain.events import Event
from domain.facts.provider_failing import ProviderFailure, Turned, WhichStop


class StoppageBegun(Event, frozen=True, kw_only=True, tag="stoppage.begun"):
    """Every placement that is there is to be marked at risk, and those that must are to stop (003 ¶41, ¶52)."""

    provider_id: UUID
    commissioner_id: UUID | None = None
    """Whose placements; none: those of every commissioner, which only the service itself may ask."""
    failure: ProviderFailure
    stop: WhichStop
    placements: tuple[UUID, ...]


class StoppageWentOn(Event, frozen=True, kw_only=True, tag="stoppage.went_on"):
    """Some more of its placements were seen to. What became of each is in the placement's own record."""

    stopped: tuple[UUID, ...] = ()
    marked: tuple[UUID, ...] = ()
    """At risk, and going on."""
    refused: tuple[Turned, ...] = ()


class StoppageFinished(Event, frozen=True, kw_only=True, tag="stoppage.finished"):
    """Every placement was seen to."""
