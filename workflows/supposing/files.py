"""The duties of a child's, provider's or organisation's file, counted on the records as they stand on a shelf."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.child import Child
from domain.duties.all_duties import WAYS
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.duties.organisation_file import OrganisationFile
from domain.duties.provider_file import ProviderFile
from domain.guidance import Guidance, Parameters
from domain.organisation import Organisation
from domain.parameter import Number
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record


class Shelf(Protocol):
    """Records as they were at one moment."""

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]: ...
    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]: ...


class Supposing(Counting):
    """Counts as ever, but with some numbers supposed to be others."""

    def __init__(
        self,
        organisations: Mapping[UUID, Organisation],
        published: Mapping[str, Guidance],
        supposed: Mapping[str, Number],
    ) -> None:
        super().__init__(organisations, published)
        self._supposed = dict(supposed)

    def parameters(self, organisation_id: UUID | None) -> Parameters:
        """The numbers as an organisation holds itself to them, but for the supposed ones."""
        numbers = super().parameters(organisation_id)
        return numbers.but(**self._supposed) if self._supposed else numbers


class Counted:
    """A file with its duties."""

    def __init__(self, duties: list[Duty], counting: Counting, records: Iterable[Record]) -> None:
        self.duties, self.counting = duties, counting
        self._records = {record.id: record for record in records}

    def known_at(self, duty: Duty) -> datetime:
        """When the duty became known."""
        known = duty.known_by
        record = self._records[known.record_id]
        return next(e.recorded_at for e in record.events if e.originator_version == known.version)


def counted(
    shelf: Shelf, file: UUID, rules: Iterable[str], published: Mapping[str, Guidance],
    supposed: Mapping[str, Number], agreements: Iterable[UUID] = (),
) -> Counted | None:  # fmt: skip
    """The duties of some rules on a file; none where there is no such file. `agreements` are those of a provider."""
    for kind in (Child, Provider, Organisation):
        mine = shelf.get_many({file: kind}).get(file)
        if mine is not None:
            break
    else:
        return None
    around: list[Record] = [mine, *_around(shelf, mine, agreements)]
    organisations = shelf.get_many(dict.fromkeys({id for one in around for id in _whose(one)}, Organisation))
    found = {id: one for id, one in organisations.items() if isinstance(one, Organisation)}
    counting = Supposing(found, published, supposed)
    duties = list({duty.id: duty for duty in _duties(mine, around, counting, rules)}.values())
    return Counted(duties, counting, around)


def _duties(mine: Record, around: list[Record], counting: Counting, rules: Iterable[str]) -> Iterator[Duty]:
    file: Any
    if isinstance(mine, Child):
        placements = [one for one in around if isinstance(one, Placement)]
        registers = [one for one in around if isinstance(one, Attendance)]
        file = ChildFile(mine, placements, registers, counting)
    elif isinstance(mine, Provider):
        file = ProviderFile(mine, [one for one in around if isinstance(one, Agreement)], counting)
    elif isinstance(mine, Organisation):
        file = OrganisationFile(mine, counting)
    wanted = set(rules)
    for way in dict.fromkeys(WAYS[rule] for rule in sorted(wanted) if rule in WAYS and _fits(rule, mine)):
        yield from (duty for duty in way.duties(file) if duty.rule in wanted)


def _fits(rule: str, mine: Record) -> bool:
    from domain.duties.all_duties import OF_CHILDREN, OF_ORGANISATIONS, OF_PROVIDERS

    ways: tuple[Any, ...] = OF_ORGANISATIONS
    if isinstance(mine, Child):
        ways = OF_CHILDREN
    elif isinstance(mine, Provider):
        ways = OF_PROVIDERS
    return any(rule in way.rules for way in ways)


def _around(shelf: Shelf, mine: Record, agreements: Iterable[UUID]) -> list[Record]:
    kinds: dict[UUID, type[Record]] = {}
    if isinstance(mine, Child):
        kinds |= dict.fromkeys(shelf.records_about(Placement, mine.id), Placement)
        kinds |= dict.fromkeys(shelf.records_about(Attendance, mine.id), Attendance)
    elif isinstance(mine, Provider):
        kinds |= dict.fromkeys(agreements, Agreement)
    return list(shelf.get_many(kinds).values()) if kinds else []


def _whose(record: Record) -> set[UUID]:
    found: set[UUID | None] = set()
    if isinstance(record, Child):
        found = {record.authority_id, *(entry.school_id for entry in record.roll)}
    elif isinstance(record, Placement):
        found = {record.commissioner_id, record.home_school_id}
    elif isinstance(record, Agreement):
        found = {record.commissioner_id}
    elif isinstance(record, Organisation):
        found = {record.id, record.authority_id}
    return {id for id in found if id is not None}
