"""Who may give a command, in words: the table of permissions is asked about every role in every position."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid5

from domain.agreement import Agreement
from domain.child import Child, OnRoll
from domain.facts.suitability import Proposal
from domain.guidance import Guidance
from domain.organisation import Organisation
from domain.people import Asker, OrganisationKind, Role
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record
from service.documents.markdown import words
from workflows import permissions, relations
from workflows.case import Case
from workflows.command import Command

_SPACE = UUID(int=1)
COMMISSIONER, AUTHORITY, SCHOOL, OTHER, PROVIDER, OFFICE = (uuid5(_SPACE, n) for n in "CASOPF")
NAMED: dict[str, Any] = {"commissioner_id": COMMISSIONER, "authority_id": AUTHORITY}
"""The organisations that a request names."""
DAY = date(2026, 11, 23)
OFFICERS = tuple(words(role) for role in relations.OFFICERS)
"""Roles that mostly go together."""
EVERYONE = "any local authority, school or trust"


@dataclass(frozen=True, slots=True)
class Position:
    """Where someone stands to a record."""

    words: str
    organisation_id: UUID
    provider: bool = False


POSITIONS: dict[type[Record], tuple[Position, ...]] = {
    Placement: (
        Position("the commissioner", COMMISSIONER),
        Position("the child's local authority", AUTHORITY),
        Position("the home school", SCHOOL),
        Position("the provider", OFFICE, provider=True),
    ),
    Child: (Position("the child's local authority", AUTHORITY), Position("a school of the child", SCHOOL)),
    Provider: (Position(EVERYONE, OTHER), Position("the provider itself", OFFICE, provider=True)),
    Agreement: (Position("the commissioner", COMMISSIONER), Position("the provider", OFFICE, provider=True)),
    Organisation: (Position("the organisation itself", COMMISSIONER), Position(EVERYONE, OTHER)),
    Guidance: (Position("any local authority", AUTHORITY),),
}
"""The positions in which anyone may be able to do something to a record. Each has an organisation of its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """As much of a case as a permission asks about."""

    target: Any
    asker: Asker
    child: Child

    @property
    def placement(self) -> Any:
        """The placement that is asked about."""
        return self.target

    def child_of(self, placement: Placement) -> Child:
        """The child of any placement."""
        return self.child


def who_may(command: type[Command]) -> str:
    """Who may give it, in words. The service itself may give any."""
    by_roles: dict[tuple[str, ...], list[str]] = {}
    for position in _positions(command):
        roles = tuple(words(role) for role in Role if _may(command, position, role))
        if roles:
            by_roles.setdefault(roles, []).append(position.words)
    parts = [f"{', '.join(_grouped(roles))} of {_and(places)}" for roles, places in by_roles.items()]
    return "; ".join(parts) or "the service itself only"


def _grouped(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles, with `officers` for those that mostly go together."""
    if not set(OFFICERS) <= set(roles):
        return roles
    return ("officers", *(role for role in roles if role not in OFFICERS))


def _positions(command: type[Command]) -> tuple[Position, ...]:
    positions = POSITIONS.get(command.target, ())
    anyone_at_all = next((p for p in positions if p.words == EVERYONE), None)
    if anyone_at_all and any(_may(command, anyone_at_all, role) for role in Role):
        return tuple(p for p in positions if p.provider or p is anyone_at_all)
    return positions


def _may(command: type[Command], position: Position, role: Role) -> bool:
    question = permissions.WHO_MAY.get(command.name())
    if question is None:
        return False
    kind = OrganisationKind.PROVIDER if position.provider else OrganisationKind.LOCAL_AUTHORITY
    provider = PROVIDER if position.provider else None
    asker = Asker("p", "P", position.organisation_id, kind, frozenset({role}), provider_id=provider)
    child = _child()
    standing = Standing(_target(command, child), asker, child)
    named = command.model_construct(**NAMED)
    return question(cast(Case, standing), named)


def _child() -> Child:
    child = Child(OTHER)
    child.authority_id = AUTHORITY
    child.roll = [OnRoll(SCHOOL, "C", DAY, None)]
    return child


def _target(command: type[Command], child: Child) -> Record:
    if command.target is Child:
        return child
    target = command.target(PROVIDER if command.target is Provider else COMMISSIONER)
    if isinstance(target, Placement):
        target.commissioner_id, target.home_school_id = COMMISSIONER, SCHOOL
        target.proposal = Proposal(
            provider_id=PROVIDER, sites=("any",), sessions_per_week=1, hours_per_week=1, starts_on=DAY
        )
    if isinstance(target, Agreement):
        target.commissioner_id, target.provider_id = COMMISSIONER, PROVIDER
    return target


def _and(places: list[str]) -> str:
    return " or ".join((", ".join(places[:-1]), places[-1])) if len(places) > 1 else places[0]
