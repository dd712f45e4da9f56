"""The one operation that stops a provider's placements: what it set out to do, how far it has come, and what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from domain import stoppage_events as e
from domain.events import Event
from domain.facts.provider_failing import ProviderFailure, Turned, WhichStop
from domain.record import Record, remembers


@dataclass(slots=True)
class Round:
    """One failure of the provider, and what was done about it."""

    number: int
    """The version of the event that began it."""
    begun: Event
    failure: ProviderFailure
    stop: WhichStop
    placements: tuple[UUID, ...]
    stopped: list[UUID] = field(default_factory=list)
    marked: list[UUID] = field(default_factory=list)
    refused: list[Turned] = field(default_factory=list)
    finished: bool = False

    @property
    def waiting(self) -> tuple[UUID, ...]:
        """The placements that nobody has noted yet, in the order in which they are taken."""
        seen = {*self.stopped, *self.marked, *(turned.placement_id for turned in self.refused)}
        return tuple(id for id in self.placements if id not in seen)


class Stoppage(Record):
    """One for each provider and commissioner, so that two people who begin at the same moment begin one and the same."""

    def begin(self) -> None:
        self.provider_id: UUID | None = None
        self.commissioner_id: UUID | None = None
        self.rounds: list[Round] = []

    @staticmethod
    def id_for(provider_id: UUID, commissioner_id: UUID | None) -> UUID:
        """The id of the operation of one commissioner, or of the service itself, at a provider."""
        return uuid5(provider_id, f"stoppage by {commissioner_id or 'the service'}")

    @property
    def running(self) -> Round | None:
        """The round that is not finished."""
        return self.rounds[-1] if self.rounds and not self.rounds[-1].finished else None

    @remembers
    def begun(self, event: e.StoppageBegun) -> None:
        self.provider_id, self.commissioner_id = event.provider_id, event.commissioner_id
        self.rounds.append(
            Round(event.originator_version, event, event.failure, event.stop, event.placements)
        )

    @remembers
    def went_on(self, event: e.StoppageWentOn) -> None:
        for round in self.rounds[-1:]:
            round.stopped += event.stopped
            round.marked += event.marked
            round.refused += event.refused

    @remembers
    def finished(self, event: e.StoppageFinished) -> None:
        for round in self.rounds[-1:]:
            round.finished = True
