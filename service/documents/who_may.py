"""Who may give a command, in words: the table of permissions is asked about every role in every position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from domain.child import Child
from domain.people import Asker, Role
from domain.placement import Placement
from domain.record import Record
from service.documents.markdown import words
from service.documents.positions import EVERYONE, POSITIONS, Position, child, placement, target_of
from workflows import permissions, relations
from workflows.case import Case
from workflows.command import Command

OFFICERS = tuple(words(role) for role in relations.OFFICERS)
"""Roles that mostly go together."""


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

    def find(self, kind: type[Record], id: UUID | None) -> Record | None:
        """The record with this id: a message is about a placement and its child."""
        return {Placement: placement(), Child: self.child}.get(kind) if id else None


def who_may(command: type[Command]) -> str:
    """Who may give it, in words. The service itself may give any."""
    by_roles: dict[tuple[str, ...], list[str]] = {}
    for position, may in _positions(command).items():
        if may:
            by_roles.setdefault(tuple(words(role) for role in may), []).append(position.words)
    parts = [f"{', '.join(_grouped(roles))} of {_and(places)}" for roles, places in by_roles.items()]
    return "; ".join(parts) or "the service itself only"


def _grouped(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles, with `officers` for those that mostly go together."""
    if len(roles) == len(Role):
        return ("everyone",)
    if not set(OFFICERS) <= set(roles):
        return roles
    return ("officers", *(role for role in roles if role not in OFFICERS))


def _positions(command: type[Command]) -> dict[Position, list[Role]]:
    """Every position that matters, and the roles that may give the command there."""
    positions = {
        position: [role for role in Role if _may(command, position, role)]
        for position in POSITIONS.get(command.target, ())
    }
    if any(may for position, may in positions.items() if position.words == EVERYONE):
        return {p: may for p, may in positions.items() if p.provider or p.words == EVERYONE}
    by_role_alone = {p.organisation_id: may for p, may in positions.items() if not p.of_oneself}
    # To be the person in question is worth a word only where the role alone does not do.
    return {
        p: may
        for p, may in positions.items()
        if not (p.of_oneself and may == by_role_alone[p.organisation_id])
    }


def _may(command: type[Command], position: Position, role: Role) -> bool:
    question = permissions.WHO_MAY.get(command.name())
    if question is None:
        return False
    standing = Standing(target_of(command.target), position.asker(role), child())
    return question(cast(Case, standing), command.model_construct(**position.named))


def _and(places: list[str]) -> str:
    return " or ".join((", ".join(places[:-1]), places[-1])) if len(places) > 1 else places[0]
