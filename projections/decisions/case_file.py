"""The records that a decision rested on: which they are, and their stored events, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.child import Child
from domain.events import Corrected, Event
from domain.organisation import Organisation
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.record import Record
from history.reading import STREAMS_AS_AT, Reading
from projections.telling import Happened, Teller

LATEST = 2**63 - 1
KINDS: tuple[type[Record], ...] = (Placement, Child, Provider, Places, Agreement, Organisation, Attendance)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """The events of some records in the order of the history."""

    happened: tuple[Happened, ...]
    kinds: dict[UUID, type[Record]]

    def kind_of(self, id: UUID) -> str:
        """What a record is called."""
        return called(self.kinds.get(id))

    def as_at(self, id: UUID, position: int) -> Record | None:
        """A record as it was when the history had reached a position."""
        kind, record = self.kinds[id], None
        for one in self.happened:
            if one.id == id and one.position <= position and isinstance(one.event, Event):
                record = record or kind(id)
                if type(one.event) is Corrected or type(one.event) in kind.folds:
                    record.fold(one.event)
        return record


def called(kind: type[Record] | None) -> str:
    """What a kind of record is called."""
    return kind.__name__.lower() if kind else "record"


def kind_told_by(event: Event) -> str:
    """What the record of an event is called, as far as its kind of event tells."""
    return called(next((kind for kind in KINDS if type(event) in kind.folds), None))


def case_file(history: Reading, about: UUID, position: int) -> CaseFile:
    """The record of a decision, and those around it as they were when it was taken; with all that became of them since.

    Raises Unavailable.
    """
    target = _told(history, [about])
    kinds = _kinds(target)
    record = CaseFile(target, kinds).as_at(about, position) if about in kinds else None
    file = CaseFile(target, kinds)
    wanted = {near for near in _around(record) if near != about}
    while wanted:
        more = _told(history, wanted)
        file = CaseFile((*file.happened, *more), file.kinds | _kinds(more))
        found = [file.as_at(near, position) for near in wanted if near in file.kinds]
        # A placement leads to the child, and the child to its authority, whose calendar may be the one that counts.
        wanted = {next_to for one in found if isinstance(one, Child | Placement) for next_to in _around(one)}
        wanted -= {one.id for one in file.happened} | _schools(found)
    return CaseFile(tuple(sorted(file.happened, key=lambda one: one.position)), file.kinds)


def _schools(records: Iterable[Record | None]) -> set[UUID | None]:
    """Schools that the child was at matter to decisions about the child, and not to each of a placement."""
    return {entry.school_id for record in records if isinstance(record, Child) for entry in record.roll}


def _told(history: Reading, ids: Iterable[UUID]) -> tuple[Happened, ...]:
    rows = history.rows(STREAMS_AS_AT, {"ids": list(ids), "as_at": LATEST})
    return tuple(Teller(history, ()).read_each(rows))


def _kinds(happened: Iterable[Happened]) -> dict[UUID, type[Record]]:
    return {
        one.id: kind
        for one in happened
        if one.version == 1
        for kind in KINDS
        if type(one.event) in kind.folds
    }


def _around(record: Record | None) -> Iterator[UUID]:
    ids: tuple[UUID | None, ...] = ()
    match record:
        case Placement():
            places = Places.id_for(record.provider_id) if record.provider_id else None
            ids = (record.child_id, record.commissioner_id, record.home_school_id)
            ids += (record.provider_id, places, record.agreement_id)
        case Attendance():
            ids = (record.placement_id,)
        case Child():
            ids = (record.authority_id, *(entry.school_id for entry in record.roll))
        case Provider():
            ids = (Places.id_for(record.id),)
        case Agreement():
            ids = (record.commissioner_id, record.provider_id)
    yield from (id for id in ids if id is not None)
