"""Looks at a record on somebody's behalf: as it is, or as it was, and only if they may know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from api.desk import Desk
from api.looking_back import LookingBack
from api.noting import note
from domain.agreement import Agreement
from domain.child import Child
from domain.days_in_words import in_words
from domain.events import Decision
from domain.people import Asker, Scope
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import NotFound
from domain.record import Record, Recording
from domain.school_days import london_day
from domain.two_times import told_on
from history.store import History
from workflows.case import Case
from workflows.casework import actor_of
from workflows.permissions import may_know
from workflows.published import Shelf
from workflows.records_at_hand import R
from workflows.relations import relations
from workflows.who_reads import may_read, scope_of

BY_A_PLACEMENT = "child_by_a_placement"
"""The row of looks at a child whom the asker knows by a placement alone."""


class NothingThen(NotFound):
    """The record is there for who asks, but was not at the moment asked about. `field` says which parameter; `said` is for who asked."""

    def __init__(self, what: str, back: LookingBack) -> None:
        self.field = "as_of" if back.true_on is None else "true_on"
        if back.position == 0:
            self.said = "Nothing at all had been written down then."
        elif back.true_on is None:
            self.said = f"Nothing was known then of this {what}, or nothing that you may know of."
        else:
            self.said = f"Nothing that you may know of was true of this {what} on {in_words(back.true_on)}, as far as is known."
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class AsAt:
    """The records as they were when the history had reached a position, and what of that was true on a day."""

    history: History
    position: int
    true_on: date | None = None

    def find(self, kind: type[R], id: UUID) -> R | None:
        """The record as it was then, or none."""
        found = self.history.find(kind, id, as_at=self.position)
        return found if found is None or self.true_on is None else told_on(kind, found.events, self.true_on)

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """Those about a person that there were."""
        return self.history.records_about(kind, person, as_at=self.position)

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]:
        """Several of them."""
        found = self.history.get_many(kinds, as_at=self.position)
        if self.true_on is None:
            return found
        told = {id: told_on(kinds[id], record.events, self.true_on) for id, record in found.items()}
        return {id: record for id, record in told.items() if record is not None}


def look(
    desk: Desk,
    asker: Asker,
    kind: type[Record],
    id: UUID,
    back: LookingBack | None = None,
    position: int | None = None,
) -> Case:
    """The record with those around it, and a note that it was looked at. Raises NotFound, also for what the asker may not know of.

    Who looks back has to be allowed now and to have been concerned then: what was between others stays between them. `position` is how far
    the history had reached when the answer began; without it, it is asked.
    """
    case = open_case(desk, desk.history, asker, kind, id)
    if not may_see(case):
        raise NotFound(kind.__name__.lower())
    shown = case if back is None else _seen_then(desk, asker, kind, id, back, may_see)
    _note(desk, case, row_of(case), standing(case), back, position)
    return shown


def look_at_child(
    desk: Desk, asker: Asker, id: UUID, back: LookingBack | None, position: int | None = None
) -> tuple[Case, str]:
    """The same for a child, whom one may also know by a placement; with how one stands to the child."""
    try:
        return look(desk, asker, Child, id, back, position), "all"
    except NotFound:
        if desk.read_models.children.get(scope_of(asker), id) is None:
            raise
    if back is None:
        case = open_case(desk, desk.history, asker, Child, id)
    else:
        case = _seen_then(desk, asker, Child, id, back, placements_concerning)
    _note(desk, case, BY_A_PLACEMENT, {BY_A_PLACEMENT}, back, position)
    return case, "provider" if asker.provider_id else "all"


def _seen_then(
    desk: Desk, asker: Asker, kind: type[Record], id: UUID, back: LookingBack, seen: Callable[[Case], object]
) -> Case:
    """The record as it was, for who may see it now. Raises NothingThen."""
    with suppress(NotFound):
        case = case_then(desk, asker, kind, id, back)
        if seen(case):
            return case
    raise NothingThen(kind.__name__.lower(), back)


def placements_concerning(case: Case) -> list[Placement]:
    """Those of the child's placements to which the asker stands in any relation."""
    return [p for p in case.placements_of_child if relations(case.asker, p, case.child)]


def _note(
    desk: Desk, case: Case, row: str, relations: Iterable[str], back: LookingBack | None, position: int | None
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
        as_of=back.position if back else None,
        position=desk.history.head() if position is None else position,
    )


def case_then(desk: Desk, asker: Asker, kind: type[Record], id: UUID, back: LookingBack) -> Case:
    """The record with those around it as they were, before anybody has asked whether the asker may see it. Raises NotFound."""
    return open_case(desk, AsAt(desk.history, back.position, back.true_on), asker, kind, id, back.at)


def open_case(
    desk: Desk, shelf: Shelf, asker: Asker, kind: type[Record], id: UUID, at: datetime | None = None
) -> Case:
    """The record on the table, before anybody has asked whether the asker may see it; `at` is what counts as now. Raises NotFound."""
    now = at or desk.clock()
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
