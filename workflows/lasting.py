"""A shelf for many decisions in a row that stand on the same records: those are read once, and after that only what is new of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar
from uuid import UUID

from domain.agreement import Agreement
from domain.organisation import Organisation
from domain.provider import Places, Provider
from domain.record import Record
from workflows.published import Shelf

R = TypeVar("R", bound=Record)
AROUND: tuple[type[Record], ...] = (Places, Provider, Agreement, Organisation)
"""What lies around many placements, and holds as many events as there are of these. No word about a child is in it."""


class GoesOn(Shelf, Protocol):
    """What is needed of the history."""

    def bring_up_to_date(
        self, kinds: Mapping[UUID, type[Record]], known: Mapping[UUID, Record]
    ) -> dict[UUID, Record]: ...


class Lasting:
    """For one thread, and as long as one operation takes. A record that a decision changed is read anew, for it may not have been saved."""

    def __init__(self, history: GoesOn) -> None:
        self._history = history
        self._kept: dict[UUID, tuple[Record, int]] = {}

    def find(self, kind: type[R], id: UUID) -> R | None:
        """The record, or none."""
        found = self.get_many({id: kind}).get(id)
        return found if isinstance(found, kind) else None

    def get_many(self, kinds: Mapping[UUID, type[Record]]) -> dict[UUID, Record]:
        """Those of the records that there are, as they are now."""
        known = {
            id: record
            for id, kind in kinds.items()
            if kind in AROUND and (record := self._as_read(id)) is not None and isinstance(record, kind)
        }
        found = self._history.bring_up_to_date(kinds, known)
        self._kept |= {id: (one, one.version) for id, one in found.items() if type(one) in AROUND}
        return found

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """The records about a person."""
        return self._history.records_about(kind, person)

    def _as_read(self, id: UUID) -> Record | None:
        record, version = self._kept.get(id, (None, 0))
        return record if record is not None and record.version == version and not record.pending else None
