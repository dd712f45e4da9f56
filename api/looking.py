"""Looks at a record on somebody's behalf: as it is, or as it was, and only if they may know of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from api.desk import Desk
from api.noting import note
from domain.agreement import Agreement
from domain.child import Child
from domain.events import Decision
from domain.people import Asker, Scope
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import NotFound
from domain.record import Record, Recording
from domain.school_days import london_day
from history.store import History
from workflows.case import Case, R, Shelf
from workflows.casework import actor_of
from workflows.permissions import may_know, may_read, scope_of
from workflows.relations import relations

BY_A_PLACEMENT = "child_by_a_placement"
"""The row of looks at a child whom the asker knows by a placement alone."""


@dataclass(frozen=True, slots=True)
class AsAt:
    """The records as they were when the history had reached a position."""

    history: History
    position: int

    def find(self, kind: type[R], id: UUID) -> R | None:
        """The record as it was then, or none."""
        return self.history.find(kind, id, as_at=self.position)

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]:
        """Several of them."""
        return self.history.get_many(kinds, as_at=self.position)


def look(
    desk: Desk,
    asker: Asker,
    kind: type[Record],
    id: UUID,
    as_of: int | None = None,
    position: int | None = None,
) -> Case:
    """The record with those around it, and a note that it was looked at. Raises NotFound, also for what the asker may not know of.

    Who looks back has to be allowed now and to have been concerned then: what was between others stays between them. `position` is how far
    the history had reached when the answer began; without it, it is asked.
    """
    case = open_case(desk, desk.history, asker, kind, id)
    if not may_see(case):
        raise NotFound(kind.__name__.lower())
    shown = case
    if as_of is not None:
        shown = open_case(desk, AsAt(desk.history, as_of), asker, kind, id)
        if not may_see(shown):
            raise NotFound(kind.__name__.lower())
    _note(desk, case, row_of(case), standing(case), as_of, position)
    return shown


def look_at_child(
    desk: Desk, asker: Asker, id: UUID, as_of: int | None, position: int | None = None
) -> tuple[Case, str]:
    """The same for a child, whom one may also know by a placement; with how one stands to the child."""
    try:
        return look(desk, asker, Child, id, as_of, position), "all"
    except NotFound:
        if as_of is not None or desk.read_models.children.get(scope_of(asker), id) is None:
            raise
    case = open_case(desk, desk.history, asker, Child, id)
    _note(desk, case, BY_A_PLACEMENT, {BY_A_PLACEMENT}, None, position)
    return case, "provider" if asker.provider_id else "all"


def _note(
    desk: Desk, case: Case, row: str, relations: Iterable[str], as_of: int | None, position: int | None
) -> None:
    target = case.target
    child = (
        target.child_id if isinstance(target, Placement) else target.id if isinstance(target, Child) else None
    )
    note(
        desk,
        case.asker,
        "read",
        row,
        record_id=target.id,
        children=[child] if child else (),
        relations=relations,
        as_of=as_of,
        position=desk.history.head() if position is None else position,
    )


def open_case(desk: Desk, shelf: Shelf, asker: Asker, kind: type[Record], id: UUID) -> Case:
    """The record on the table, before anybody has asked whether the asker may see it. Raises NotFound."""
    now = desk.clock()
    decision = Decision(by=actor_of(asker), command="look", correlation_id=uuid4())
    published = desk.casework.published if shelf is desk.history else None
    case = Case(shelf, asker, Recording(decision, now, london_day(now)), published=published)
    case.open(kind, id, new=False)
    return case


def may_see(case: Case) -> bool:
    """Whether the asker may read the record at all."""
    asker, target = case.asker, case.target
    if not may_read(asker):
        return False
    if isinstance(target, Placement | Child) and scope_of(asker) == Scope():
        return False
    if isinstance(target, Agreement):
        return asker.organisation_id == target.commissioner_id or concerns_own_provider(
            asker, target.provider_id
        )
    return may_know(case)


def row_of(case: Case) -> str:
    """The question that `may_see` asks of the record, by the name under which looks keep it."""
    return type(case.target).__name__.lower()


def standing(case: Case) -> frozenset[str]:
    """How the asker stands to the record, as looks keep it."""
    asker, target = case.asker, case.target
    if not isinstance(target, Child):
        return relations_to(case)
    schools = {entry.school_id for entry in target.roll}
    mine = {
        "authority": asker.organisation_id == target.authority_id,
        "school": asker.organisation_id in schools,
    }
    return frozenset(relation for relation, holds in mine.items() if holds)


def concerns_own_provider(asker: Asker, provider_id: UUID | None) -> bool:
    """Whether it is the provider that the asker works for."""
    return provider_id is not None and asker.provider_id == provider_id


def relations_to(case: Case) -> frozenset[str]:
    """How the asker stands to the record: decides what they see of it."""
    asker, target = case.asker, case.target
    if isinstance(target, Placement):
        return relations(asker, target, case.child_of(target))
    if isinstance(target, Provider):
        works_elsewhere = asker.provider_id is not None and asker.provider_id != target.id
        return frozenset({"another_provider"} if works_elsewhere else {"all"})
    if isinstance(target, Agreement):
        return frozenset({"provider"} if concerns_own_provider(asker, target.provider_id) else {"all"})
    return frozenset({"all"} if asker.organisation_id == target.id else {"outsider"})
