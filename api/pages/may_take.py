"""Whether somebody may take a step to which a duty leads: the table of permissions, asked of what a row of the due list says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from domain.child import Child
from domain.organisation import Organisation
from domain.people import Asker, OrganisationKind, Role
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record
from workflows.case import Case
from workflows.catalogue import COMMANDS
from workflows.permissions import WHO_MAY
from workflows.placement_moves import PLACEMENT

COLUMNS: dict[type[Record], str] = {
    Placement: "placement_id",
    Child: "child_id",
    Provider: "provider_id",
    Organisation: "file_id",
}
"""Which column of the due list names the record that a command is about."""


def may_take(command: str, row: Mapping[str, Any], me: Mapping[str, Any]) -> bool:
    """Whether `me` may give a command about what a duty is about, and the placement is at a stage at which it can be given."""
    kind = COMMANDS[command]
    if row[COLUMNS[kind.target]] is None:
        return False
    if kind.target is Placement and row["stage"] not in PLACEMENT.rows[command].source:
        return False
    # The questions of permissions look at the command's kind only, so an empty one does.
    return WHO_MAY[command](cast(Case, _case_of(row, kind.target, _asker(me))), kind.model_construct())


@dataclass(frozen=True, slots=True)
class _Roll:
    school_id: UUID | None


@dataclass(frozen=True, slots=True)
class _Child:
    authority_id: UUID | None
    roll: tuple[_Roll, ...]


@dataclass(frozen=True, slots=True)
class _Placement:
    provider_id: UUID | None
    commissioner_id: UUID | None
    home_school_id: UUID | None


@dataclass(frozen=True, slots=True)
class _Case:
    """As much of a case as the list tells: whose the records are, which is all that permissions ask about them."""

    asker: Asker
    target: Record | _Placement
    child: _Child

    @property
    def placement(self) -> Record | _Placement:
        return self.target

    def child_of(self, placement: _Placement) -> _Child:
        return self.child


def _case_of(row: Mapping[str, Any], kind: type[Record], asker: Asker) -> _Case:
    of = {name: _id(row[name]) for name in ("provider_id", "commissioner_id", "home_school_id")}
    target = _Placement(**of) if kind is Placement else kind(UUID(row[COLUMNS[kind]]))
    # A school owes a duty about a child because the child is, or was, on its roll.
    schools = {_id(row["home_school_id"]), _id(row["organisation_id"]) if _a_schools(row) else None} - {None}
    return _Case(asker, target, _Child(_id(row["authority_id"]), tuple(map(_Roll, schools))))


def _a_schools(row: Mapping[str, Any]) -> bool:
    return row["owner"] in ("school", "head", "governing_body")


def _asker(me: Mapping[str, Any]) -> Asker:
    kind = me["organisation_kind"]
    return Asker(
        me["person_id"],
        me["name"],
        _id(me["organisation_id"]),
        OrganisationKind(kind) if kind else None,
        frozenset(map(Role, me["roles"])),
        _id(me["provider_id"]),
    )


def _id(said: str | None) -> UUID | None:
    return UUID(said) if said else None
