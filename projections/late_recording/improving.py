"""Corrections that improve compliance: a duty was overdue or met late before them, and is not any more after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec
import psycopg

from domain.duties.duty import State, state_on
from domain.people import Scope
from domain.record import Record
from domain.time_rules import time_rule
from history.reading import Reading
from projections.asking import Asking
from projections.due import DueColumns
from projections.late_recording.entries import ENTRIES, MACHINE
from projections.late_recording.incidents import CAME_BETWEEN, DOUBTED, FALLS_UNDER
from projections.late_recording.report import INCIDENT, Incident
from projections.late_recording.wanted import FITS, Wanted, asked, told
from projections.loading_files import FileKind, Files
from projections.table import Row, Table, no_rows

MISSED = (State.OVERDUE, State.DONE_LATE)
MOST = 200
"""So many improvements, the newest, are told in one report."""

IMPROVEMENTS = Table(
    name="improvements",
    of=Record,
    row=Row,
    rows=no_rows,
    derived=True,
    several=True,
    key=("position", "duty_id"),
    record="record_id",
    leans_on=(*ENTRIES.leans_on, ENTRIES.name),
    create="""
        CREATE TABLE improvements (
            position bigint NOT NULL,
            duty_id uuid NOT NULL,
            record_id uuid NOT NULL,
            rule text NOT NULL,
            parties uuid[] NOT NULL,
            before jsonb NOT NULL,
            now jsonb NOT NULL,
            PRIMARY KEY (position, duty_id)
        )
    """,
    indexes="CREATE INDEX ON improvements (record_id)",
)


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a duty stood."""

    state: State | None
    """None where there was no such duty any more."""
    due_on: date | None
    done_on: date | None


class Improvement(msgspec.Struct, frozen=True, kw_only=True):
    """A correction after which a duty looks better."""

    position: int
    record_id: UUID
    kind: str
    corrects: int
    """The version of the event that was corrected."""
    fields: tuple[str, ...]
    recorded_at: datetime
    person_id: str
    person: str
    rule: str
    before: Standing
    now: Standing
    after: Incident | None
    """The incident between the corrected event and its correction, where there was one."""
    obligation: str = ""
    source: str = ""


class Better(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the table."""

    position: int
    duty_id: UUID
    record_id: UUID
    rule: str
    parties: list[UUID]
    """Who may know of the duty."""
    before: Standing
    now: Standing


class _Correction(NamedTuple):
    position: int
    record_id: UUID
    on: date
    kind: FileKind
    file_id: UUID


WHICH: LiteralString = """
    SELECT position, record_id, recorded_on,
        CASE WHEN child_id IS NOT NULL THEN 'child' WHEN provider_id IS NOT NULL THEN 'provider' ELSE 'organisation' END,
        coalesce(child_id, provider_id, record_id)
    FROM entries WHERE corrects IS NOT NULL AND (%(all)s OR position = ANY(%(positions)s) OR child_id = ANY(%(children)s))
    ORDER BY position
"""
FORGET: LiteralString = "DELETE FROM improvements WHERE position = ANY(%(positions)s)"
PUT: LiteralString = (
    "INSERT INTO improvements SELECT * FROM json_populate_recordset(NULL::improvements, %(rows)s::json)"
)


class Weighing:
    """Weighs corrections by the duties on their file just before and just after them, on one connection."""

    def __init__(self, connection: psycopg.Connection[Any], history: Reading) -> None:
        self._connection, self._files = connection, Files(connection, history)

    def weigh(self, positions: Sequence[int], children: Sequence[UUID] = (), every: bool = False) -> None:
        """Write down what some corrections improved; of children, all of theirs: words in them were erased. Raises Unavailable."""
        question = {"positions": list(positions), "children": list(children), "all": every}
        with self._connection.cursor(row_factory=psycopg.rows.tuple_row) as cursor:
            corrections = [_Correction(*row) for row in cursor.execute(WHICH, question).fetchall()]
        rows = [row for one in corrections for row in self._better(one)]
        self._connection.execute(FORGET, {"positions": [one.position for one in corrections]})
        if rows:
            self._connection.execute(PUT, {"rows": msgspec.json.encode(rows).decode()})

    def _better(self, one: _Correction) -> Iterator[Better]:
        before, now = self._duties(one, one.position - 1), self._duties(one, one.position)
        for duty in before:
            if _state(duty, one.on) in MISSED:
                same = _same(duty, now)
                if same is None or _state(same, one.on) not in MISSED:
                    yield Better(
                        position=one.position,
                        duty_id=duty.duty_id,
                        record_id=one.record_id,
                        rule=duty.rule,
                        parties=_parties(duty),
                        before=_standing(duty, one.on),
                        now=_standing(same, one.on),
                    )

    def _duties(self, one: _Correction, position: int) -> list[DueColumns]:
        around = self._files.around(one.kind, [one.file_id])
        found = self._files.rows(one.kind, around, position)[one.file_id]
        return [] if isinstance(found, Exception) else found


def _same(duty: DueColumns, others: Iterable[DueColumns]) -> DueColumns | None:
    """The same duty afterwards: its anchor may be what was corrected, and the event that made it known tells it then."""
    others = list(others)
    by_id = next((one for one in others if one.duty_id == duty.duty_id), None)
    known = (duty.rule, duty.known_by, duty.about)
    return by_id or next((one for one in others if (one.rule, one.known_by, one.about) == known), None)


def _state(duty: DueColumns, day: date) -> State:
    return state_on(day, duty.due_on, duty.done_on, duty.lapsed_on)


def _standing(duty: DueColumns | None, day: date) -> Standing:
    if duty is None:
        return Standing(state=None, due_on=None, done_on=None)
    return Standing(state=_state(duty, day), due_on=duty.due_on, done_on=duty.done_on)


def _parties(duty: DueColumns) -> list[UUID]:
    parties = {duty.organisation_id, duty.commissioner_id, duty.home_school_id, duty.authority_id}
    return sorted(party for party in parties if party is not None)


# A correction is made on its day; what it tells anew is of the day of the event that it corrects.
NEWEST: LiteralString = (
    """
    SELECT e.position, e.record_id, e.kind, e.corrects, e.fields, e.recorded_at, e.person_id, e.person, b.rule, b.before, b.now,
        first.incident AS after
    FROM improvements b JOIN (
        SELECT c.position, c.record_id, c.kind, c.event, c.corrects, c.fields, c.recorded_at, c.recorded_on, c.person_id, c.person,
            c.roles, c.placement_id, c.child_id, c.provider_id, c.owner_id, c.organisation_id, c.audiences,
            since.day AS true_on, NULL::timestamptz AS true_at, c.recorded_on - since.day AS days_late
        FROM entries c LEFT JOIN entries w ON w.record_id = c.record_id AND w.version = c.corrects
        CROSS JOIN LATERAL (SELECT coalesce(w.true_on, c.true_on)) AS since (day)
    ) AS e USING (position)
    LEFT JOIN LATERAL (
        SELECT """
    + INCIDENT
    + """ FROM entries i WHERE i.incident IS NOT NULL AND %(machine)s <> ALL(e.roles) AND e.days_late > 0 AND """
    + DOUBTED
    + " && "
    + FALLS_UNDER
    + " AND "
    + CAME_BETWEEN
    + " AND "
    + told("i")
    + """ ORDER BY i.position LIMIT 1
    ) AS first ON true
    WHERE """
    + told("e")
    + """ AND (%(everything)s OR cardinality(b.parties) = 0 OR b.parties && %(organisations)s::uuid[]) AND """
    + FITS
    + " ORDER BY e.position DESC, b.duty_id LIMIT %(limit)s"
)
"""Of a duty those are told who are a party to it, or who may know of the record where it has none."""


def improvements(asking: Asking, scope: Scope, wanted: Wanted) -> list[Improvement]:
    """The corrections that improve compliance, the newest first. Raises Unavailable."""
    question = asked(scope, wanted) | {"limit": MOST, "machine": MACHINE}
    found = asking.rows(Improvement, NEWEST, question)
    return [_in_words(one) for one in found]


def _in_words(one: Improvement) -> Improvement:
    rule = time_rule(one.rule)
    return msgspec.structs.replace(one, obligation=rule.obligation, source=rule.source)
