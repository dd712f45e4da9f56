"""Attendance added up for each placement: by half-term, and over all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from domain.attendance import NOT_YET_KNOWN, Attendance
from domain.people import Scope
from projections.asking import PLACEMENT_IN_SCOPE, Asking, scope_parameters
from projections.paging import within
from projections.table import Row, Table


class AttendanceColumns(Row, frozen=True, kw_only=True):
    """The sessions of one placement in one half-term. A session is half a school day."""

    register_id: UUID
    recorded_at: datetime
    placement_id: UUID | None
    child_id: UUID | None
    half_term: str
    first_on: date | None
    last_on: date | None
    possible: int
    attended: int
    authorised: int
    unauthorised: int
    outside: int
    """Sessions that count neither way."""
    not_yet_coded: int
    """Absences of which the school has not decided the code: `N`, to be settled within five school days."""

    @property
    def rate(self) -> float | None:
        """The share attended, from 0 to 1; none where no session was possible."""
        return self.attended / self.possible if self.possible else None


class AttendanceOverall(msgspec.Struct, frozen=True, kw_only=True):
    """The sessions of one placement over all half-terms."""

    possible: int = 0
    attended: int = 0
    authorised: int = 0
    unauthorised: int = 0
    outside: int = 0
    not_yet_coded: int = 0

    @property
    def rate(self) -> float | None:
        """The share attended, from 0 to 1; none where no session was possible."""
        return self.attended / self.possible if self.possible else None


class AttendanceOfPlacement(msgspec.Struct, frozen=True, kw_only=True):
    """A placement's attendance, half-term by half-term and altogether."""

    half_terms: tuple[AttendanceColumns, ...]
    overall: AttendanceOverall


def rows_of(register: Attendance, position: int) -> Iterator[AttendanceColumns]:
    """One row."""
    totals = register.totals()
    yield AttendanceColumns(
        register_id=register.id,
        version=register.version,
        position=position,
        recorded_at=register.events[-1].recorded_at,
        placement_id=register.placement_id,
        child_id=register.child_id,
        half_term=register.half_term,
        first_on=register.first_on,
        last_on=register.last_on,
        possible=totals.possible,
        attended=totals.attended,
        authorised=totals.authorised,
        unauthorised=totals.unauthorised,
        outside=totals.outside,
        not_yet_coded=sum(code == NOT_YET_KNOWN for code in register.codes().values()),
    )


ATTENDANCE_TOTALS = Table(
    name="attendance_totals",
    of=Attendance,
    row=AttendanceColumns,
    rows=rows_of,
    key=("register_id",),
    record="register_id",
    create="""
        CREATE TABLE attendance_totals (
            register_id uuid PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            recorded_at timestamptz NOT NULL,
            placement_id uuid,
            child_id uuid,
            half_term text NOT NULL,
            first_on date,
            last_on date,
            possible integer NOT NULL,
            attended integer NOT NULL,
            authorised integer NOT NULL,
            unauthorised integer NOT NULL,
            outside integer NOT NULL,
            not_yet_coded integer NOT NULL
        ) WITH (fillfactor = 80)
    """,
    indexes="""
        CREATE INDEX ON attendance_totals (placement_id, first_on);
        CREATE INDEX ON attendance_totals (child_id)
    """,
)

OF_PLACEMENT: LiteralString = (
    "SELECT r.* FROM attendance_totals r JOIN caseload p USING (placement_id) WHERE"
    + PLACEMENT_IN_SCOPE
    + "AND r.placement_id = %(placement_id)s ORDER BY r.first_on"
)
OPEN_ON: LiteralString = """
    SELECT register_id FROM attendance_totals
    WHERE placement_id = ANY(%(placements)s) AND %(day)s BETWEEN first_on AND last_on
"""
UNDECIDED: LiteralString = (
    "SELECT r.register_id FROM attendance_totals r JOIN caseload p USING (placement_id) WHERE"
    + PLACEMENT_IN_SCOPE
    + """
    AND r.not_yet_coded > 0 AND (%(home_school_id)s::uuid IS NULL OR p.home_school_id = %(home_school_id)s)
    ORDER BY r.first_on, r.register_id LIMIT %(limit)s
"""
)
COUNTED = ("possible", "attended", "authorised", "unauthorised", "outside", "not_yet_coded")


class AttendanceTotals:
    """Attendance of the placements that a person may know of."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def of_placement(self, scope: Scope, placement_id: UUID) -> AttendanceOfPlacement:
        """A placement's attendance; nothing in it where the asker may not know of the placement. Raises Unavailable."""
        asked = {"placement_id": placement_id} | scope_parameters(scope)
        found = self._asking.rows(AttendanceColumns, OF_PLACEMENT, asked)
        sums = {name: sum(getattr(row, name) for row in found) for name in COUNTED}
        return AttendanceOfPlacement(half_terms=tuple(found), overall=AttendanceOverall(**sums))

    def open_on(self, placements: list[UUID], day: date) -> list[UUID]:
        """The registers of placements that have this day in them. Whether the asker may know of the placements is for the caller to ask
        first. Raises Unavailable."""
        rows = self._asking.plain_rows(OPEN_ON, {"placements": placements, "day": day})
        return [row["register_id"] for row in rows]

    def undecided(self, scope: Scope, home_school_id: UUID | None, limit: int) -> list[UUID]:
        """Registers in scope that have absences on which the school has not decided, the oldest half-term first. Raises Unavailable."""
        asked = {"home_school_id": home_school_id, "limit": within(limit)} | scope_parameters(scope)
        return [row["register_id"] for row in self._asking.plain_rows(UNDECIDED, asked)]
