"""Loads the files that duties are read from, as the history had them at a position, with the place of every event."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any, Literal, LiteralString, TypeVar, cast
from uuid import UUID

import psycopg

from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.child import Child
from domain.duties.all_duties import duties_of_child, duties_of_organisation, duties_of_provider
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.duties.organisation_file import OrganisationFile
from domain.duties.provider_file import ProviderFile
from domain.guidance import GUIDANCE, Guidance, guidance_of
from domain.organisation import Organisation
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record
from history.reading import Reading
from projections.due import DueColumns, row_of
from projections.files_in_memory import FilesInMemory
from projections.telling import Teller

R = TypeVar("R", bound=Record)
FileKind = Literal["child", "provider", "organisation"]
KINDS: tuple[type[Record], ...] = (Child, Placement, Attendance, Provider, Agreement, Organisation, Guidance)

AROUND: dict[FileKind, LiteralString] = {
    "child": """
        SELECT child_id, placement_id FROM caseload WHERE child_id = ANY(%(ids)s)
        UNION ALL SELECT child_id, register_id FROM attendance_totals WHERE child_id = ANY(%(ids)s)
    """,
    "provider": "SELECT provider_id, agreement_id FROM agreements WHERE provider_id = ANY(%(ids)s)",
}


AsItWas = Callable[[Record], Record | None]
"""A record as it was at some moment; none where it had not begun."""


def as_it_is(record: Record) -> Record:
    """A record as its last event leaves it."""
    return record


@dataclass(slots=True)
class Loaded:
    """Records by their id, where each event stands, and which could not be told to their end."""

    records: dict[UUID, Record] = field(default_factory=dict)
    places: dict[UUID, dict[int, tuple[int, datetime]]] = field(default_factory=dict)
    stale: set[UUID] = field(default_factory=set)


class Files:
    """Reads files. Personal words stay sealed: no duty depends on one."""

    def __init__(self, connection: psycopg.Connection[Any], history: Reading) -> None:
        self._connection = connection
        self._memory = FilesInMemory(history, Teller(history, KINDS, sealed=KINDS))
        self._counted_by: frozenset[tuple[UUID, int]] = frozenset()
        self._last_counting = Counting({})

    def follow(self, rows: Sequence[Any], since: int) -> None:
        """Take in all that happened after a position, so that nobody has to ask for it."""
        self._memory.follow(rows, since)

    def rows(
        self,
        kind: FileKind,
        around: Mapping[UUID, Collection[UUID]],
        as_at: int,
        as_it_was: AsItWas = as_it_is,
    ) -> dict[UUID, list[DueColumns] | Exception]:
        """The due list's rows of each file, given what lies on it; an exception where they cannot be worked out."""
        loaded = self._load([*around, *chain.from_iterable(around.values())], as_at, as_it_was)
        counting = self._counting(kind, loaded, as_at, as_it_was)
        return {id: self._of_file(kind, id, others, loaded, counting) for id, others in around.items()}

    def around(self, kind: FileKind, ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
        """Which other records lie on these files."""
        around: dict[UUID, list[UUID]] = {id: [] for id in ids}
        if statement := AROUND.get(kind):
            for file_id, record_id in self._plain(statement, {"ids": list(around)}):
                around[file_id].append(record_id)
        return around

    def records(self, ids: Sequence[UUID], as_at: int) -> list[Record]:
        """Records as the history had them at a position, whatever kind they are."""
        return list(self._load(ids, as_at, as_it_is).records.values())

    def _of_file(
        self, kind: FileKind, id: UUID, around: Iterable[UUID], loaded: Loaded, counting: Counting
    ) -> list[DueColumns] | Exception:
        records = [loaded.records[i] for i in around if i in loaded.records]
        mine = loaded.records.get(id)
        stale = id in loaded.stale or any(record.id in loaded.stale for record in records)
        try:
            duties = _duties(kind, mine, records, counting) if mine is not None else []
            return [self._row(duty, loaded, counting, stale) for duty in duties]
        except Exception as problem:
            return problem

    def _row(self, duty: Duty, loaded: Loaded, counting: Counting, stale: bool) -> DueColumns:
        soon = counting.soon(duty.rule, duty.anchor_on, duty.organisation_id)
        done = duty.done_by
        return row_of(
            duty,
            soon,
            loaded.places[duty.known_by.record_id][duty.known_by.version],
            loaded.places[done.record_id][done.version][0] if done else None,
            stale,
        )

    def _load(self, ids: Sequence[UUID], as_at: int, as_it_was: AsItWas) -> Loaded:
        loaded = Loaded()
        for id, placed in self._memory.at(ids, as_at).items():
            record = as_it_was(placed.told.record) if placed.told.record is not None else None
            if record is not None:
                loaded.records[id] = record
            if placed.told.failure is not None:
                loaded.stale.add(id)
            loaded.places[id] = placed.places
        return loaded

    def _counting(self, kind: FileKind, loaded: Loaded, as_at: int, as_it_was: AsItWas) -> Counting:
        wanted: set[UUID] = set(GUIDANCE)
        for record in loaded.records.values():
            wanted |= _organisations_of(record)
        settled = {
            id: placed.told.record
            for id, placed in self._memory.at(wanted, as_at).items()
            if placed.told.record is not None
        }
        # The same calendars and numbers count for one event after the other.
        by = frozenset((id, record.version) for id, record in settled.items())
        if by == self._counted_by and as_it_was is as_it_is:
            return self._last_counting
        as_they_were = {
            id: found for id, record in settled.items() if (found := as_it_was(record)) is not None
        }
        organisations = {id: r for id, r in as_they_were.items() if isinstance(r, Organisation)}
        counting = Counting(organisations, guidance_of(settled))
        if as_it_was is as_it_is:
            self._counted_by, self._last_counting = by, counting
        return counting

    def _plain(self, statement: LiteralString, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            return cursor.execute(statement, parameters, prepare=True).fetchall()


def _duties(kind: FileKind, mine: Record, around: Sequence[Record], counting: Counting) -> list[Duty]:
    if kind == "child":
        placements, registers = _only(Placement, around), _only(Attendance, around)
        return duties_of_child(ChildFile(cast(Child, mine), placements, registers, counting))
    if kind == "provider":
        return duties_of_provider(ProviderFile(cast(Provider, mine), _only(Agreement, around), counting))
    return duties_of_organisation(OrganisationFile(cast(Organisation, mine), counting))


def _only(kind: type[R], records: Iterable[Record]) -> list[R]:
    return [record for record in records if isinstance(record, kind)]


def _organisations_of(record: Record) -> set[UUID]:
    """The organisations whose calendars and choices count for what is on a record."""
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
