"""The positions in which someone may stand to a record, and a record of each kind to which they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

from domain.agreement import Agreement
from domain.child import Child
from domain.events import Decision
from domain.facts.suitability import Proposal
from domain.facts.telling import About, Recipient
from domain.guidance import Guidance
from domain.message import Message
from domain.organisation import Organisation
from domain.people import Asker, OrganisationKind, Role
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record, Recording
from domain.schooling import OnRoll
from domain.trigger_events import CouldNotAct, Undone
from workflows.casework import actor_of

_SPACE = UUID(int=1)
COMMISSIONER, AUTHORITY, SCHOOL, OTHER, PROVIDER, OFFICE = (uuid5(_SPACE, n) for n in "CASOPF")
DAY = date(2026, 11, 23)
ASKER, ANOTHER = "asker", "another"
EVERYONE = "any local authority, school or trust"


@dataclass(frozen=True, slots=True)
class Position:
    """Where someone stands to a record."""

    words: str
    organisation_id: UUID
    provider: bool = False
    of_oneself: bool = False
    """Whether the request is about the very person who gives it."""

    def asker(self, role: Role) -> Asker:
        """Someone in this role who stands there."""
        kind = OrganisationKind.PROVIDER if self.provider else OrganisationKind.LOCAL_AUTHORITY
        provider = PROVIDER if self.provider else None
        return Asker(ASKER, "A", self.organisation_id, kind, frozenset({role}), provider_id=provider)

    @property
    def named(self) -> dict[str, Any]:
        """What a request from there names."""
        return {
            "commissioner_id": COMMISSIONER,
            "authority_id": AUTHORITY,
            "person_id": ASKER if self.of_oneself else ANOTHER,
            "record": About(kind="placement", id=COMMISSIONER),
            "to": Recipient(relation="parent"),
        }


_OF_A_PLACEMENT = (
    Position("the commissioner", COMMISSIONER),
    Position("the child's local authority", AUTHORITY),
    Position("the home school", SCHOOL),
)
POSITIONS: dict[type[Record], tuple[Position, ...]] = {
    Placement: (*_OF_A_PLACEMENT, Position("the provider", OFFICE, provider=True)),
    Child: (Position("the child's local authority", AUTHORITY), Position("a school of the child", SCHOOL)),
    Provider: (Position(EVERYONE, OTHER), Position("the provider itself", OFFICE, provider=True)),
    Agreement: (Position("the commissioner", COMMISSIONER), Position("the provider", OFFICE, provider=True)),
    Organisation: (
        Position("the organisation itself", COMMISSIONER),
        Position("the organisation itself, for themselves", COMMISSIONER, of_oneself=True),
        Position(EVERYONE, OTHER),
    ),
    Guidance: (Position("any local authority", AUTHORITY),),
    Message: _OF_A_PLACEMENT,
    Undone: (Position("the commissioner", COMMISSIONER),),
}
"""The positions in which anyone may be able to do something to a record. Each has an organisation of its own."""


def target_of(kind: type[Record]) -> Record:
    """A record of this kind, to which those organisations stand so."""
    return _TARGETS.get(kind, _record)(kind)


def child() -> Child:
    """The child whom everything is about."""
    child = Child(OTHER)
    child.authority_id = AUTHORITY
    child.roll = [OnRoll(SCHOOL, "C", DAY, None)]
    return child


def placement() -> Placement:
    """The placement that a message is about."""
    placement = Placement(COMMISSIONER)
    placement.commissioner_id, placement.home_school_id = COMMISSIONER, SCHOOL
    placement.proposal = Proposal(
        provider_id=PROVIDER, sites=("any",), sessions_per_week=1, hours_per_week=1, starts_on=DAY
    )
    return placement


def _record(kind: type[Record]) -> Record:
    return kind(PROVIDER if kind is Provider else COMMISSIONER)


def _agreement(kind: type[Record]) -> Agreement:
    agreement = Agreement(COMMISSIONER)
    agreement.commissioner_id, agreement.provider_id = COMMISSIONER, PROVIDER
    return agreement


def _message(kind: type[Record]) -> Message:
    message = Message(OTHER)
    message.placement_id, message.child_id = COMMISSIONER, OTHER
    return message


def _undone(kind: type[Record]) -> Undone:
    undone = Undone(OTHER)
    by = actor_of(Position("", COMMISSIONER).asker(Role.COMMISSIONER))
    decision = Decision(by=by, command="record_undone", correlation_id=OTHER)
    undone.under(Recording(decision, datetime(2026, 11, 23, tzinfo=UTC), DAY))
    undone.remember(
        CouldNotAct, trigger="any", version=1, cause="any", command="any", commissioner_id=COMMISSIONER
    )
    return undone


_TARGETS: dict[type[Record], Callable[[type[Record]], Record]] = {
    Placement: lambda kind: placement(),
    Child: lambda kind: child(),
    Agreement: _agreement,
    Message: _message,
    Undone: _undone,
}
