"""Looks at a record on somebody's behalf: as it is, or as it was, and only if they may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

import structlog

from api.desk import Desk
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

log = structlog.get_logger("api.reads")


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


def look(desk: Desk, asker: Asker, kind: type[Record], id: UUID, as_of: int | None = None) -> Case:
    """The record with those around it. Raises NotFound, also for what the asker may not know of.

    Who looks back has to be allowed now and to have been concerned then: what was between others stays between them.
    """
    case = _open(desk, desk.history, asker, kind, id)
    if not may_see(case):
        raise NotFound(kind.__name__.lower())
    _tell(asker, case.target, as_of)
    if as_of is None:
        return case
    then = _open(desk, AsAt(desk.history, as_of), asker, kind, id)
    if not may_see(then):
        raise NotFound(kind.__name__.lower())
    return then


def look_at_child(desk: Desk, asker: Asker, id: UUID, as_of: int | None) -> tuple[Case, str]:
    """The same for a child, whom one may also know by a placement; with how one stands to the child."""
    try:
        return look(desk, asker, Child, id, as_of), "all"
    except NotFound:
        if as_of is not None or desk.read_models.children.get(scope_of(asker), id) is None:
            raise
    case = _open(desk, desk.history, asker, Child, id)
    _tell(asker, case.target, None)
    return case, "provider" if asker.provider_id else "all"


def _tell(asker: Asker, record: Record, as_of: int | None) -> None:
    """Reads of a child's records are logged: who, for whom and which record, and nothing of what is in it."""
    if isinstance(record, Placement | Child):
        log.info(
            "a record was read",
            record=type(record).__name__.lower(),
            record_id=str(record.id),
            person_id=asker.person_id,
            organisation_id=str(asker.organisation_id),
            as_of=as_of,
        )


def _open(desk: Desk, shelf: Shelf, asker: Asker, kind: type[Record], id: UUID) -> Case:
    now = desk.clock()
    decision = Decision(by=actor_of(asker), command="look", correlation_id=uuid4())
    case = Case(shelf, asker, Recording(decision, now, london_day(now)))
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
