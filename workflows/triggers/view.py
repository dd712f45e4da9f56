"""What a trigger sees: the records as they were right after its cause, and the published numbers of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from domain.attendance import Attendance
from domain.child import Child
from domain.events import ParameterUsed
from domain.guidance import Guidance, Parameters, Version
from domain.organisation import Organisation
from domain.parameter import Number
from domain.placement import Placement
from domain.record import Record
from domain.school_days import SchoolDays, school_days_of
from workflows.published import Published

R = TypeVar("R", bound=Record)


class Past(Protocol):
    """What is needed of the history."""

    def get_many(
        self, kinds: Mapping[UUID, type[Record]], *, as_at: int | None = None
    ) -> dict[UUID, Record]: ...
    def records_about(self, kind: type[Record], person: UUID, *, as_at: int | None = None) -> list[UUID]: ...


class Shelf(Protocol):
    """Records as they were at one moment."""

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]: ...
    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]: ...


class AsAt:
    """The shelf of the real history at a position."""

    def __init__(self, history: Past, position: int) -> None:
        self._history, self._position = history, position

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]:
        """Those of the records that there were."""
        return self._history.get_many(kinds, as_at=self._position)

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """The records about a person that had begun."""
        return self._history.records_about(kind, person, as_at=self._position)


class View:
    """One cause's view. What is counted with is noted, so that the decision can name it."""

    def __init__(
        self,
        shelf: Shelf,
        published: Published | Mapping[str, Guidance],
        on: date,
        supposed: Mapping[str, Number] | None = None,
    ) -> None:
        self._shelf, self._published, self.on, self._supposed = shelf, published, on, supposed
        self._seen: dict[UUID, Record | None] = {}
        self.used: dict[str, ParameterUsed] = {}

    def find(self, kind: type[R], id: UUID | None) -> R | None:
        """A record as it was, or none."""
        if id is None:
            return None
        if id not in self._seen:
            self._seen[id] = self._shelf.get_many({id: kind}).get(id)
        found = self._seen[id]
        return found if isinstance(found, kind) else None

    def fetch(self, kinds: Mapping[UUID | None, type[Record]]) -> None:
        """Several in one go."""
        wanted = {id: kind for id, kind in kinds.items() if id is not None and id not in self._seen}
        if wanted:
            found = self._shelf.get_many(wanted)
            self._seen.update({id: found.get(id) for id in wanted})

    def child_of(self, placement: Placement) -> Child | None:
        """The child of a placement."""
        return self.find(Child, placement.child_id)

    def registers_of(self, placement: Placement) -> Sequence[Attendance]:
        """The placement's registers, one for each half-term, the oldest first."""
        if placement.child_id is None:
            return []
        ids = self._shelf.records_about(Attendance, placement.child_id)
        self.fetch(dict.fromkeys(ids, Attendance))
        found = [register for id in ids if (register := self.find(Attendance, id)) is not None]
        mine = [register for register in found if register.placement_id == placement.id]
        return sorted(mine, key=lambda register: (register.first_on or date.min, register.id))

    def days_of(self, placement: Placement) -> SchoolDays | None:
        """The school days of its home school, or else of its commissioner, or of the child's authority."""
        child = self.child_of(placement)
        whose = (placement.home_school_id, placement.commissioner_id, child.authority_id if child else None)
        self.fetch(dict.fromkeys(whose, Organisation))
        for id in whose:
            organisation = self.find(Organisation, id)
            if organisation is not None and organisation.calendar is not None:
                return school_days_of(organisation.calendar)
        return None

    def number(self, name: str, organisation_id: UUID | None) -> int:
        """A published number on the day of the cause, as an organisation holds itself to it."""
        published = self._published
        on_record = published.on(self.on) if isinstance(published, Published) else published
        numbers = Parameters(
            on_record, self.find(Organisation, organisation_id), self.on, self._supposed, note=self._note
        )
        return int(numbers.of(name))

    def is_chosen(self, trigger: str, *organisations: UUID | None) -> bool:
        """Whether one of these organisations has switched an unverified trigger on."""
        self.fetch(dict.fromkeys(organisations, Organisation))
        found = (self.find(Organisation, id) for id in organisations)
        return any(organisation is not None and trigger in organisation.warnings for organisation in found)

    def _note(self, name: str, version: Version) -> None:
        self.used[name] = ParameterUsed(
            parameter=name, version=version.number, value=version.value, own=version.own
        )
