"""Every entry with its two clocks: a row for each event of the records that people decide about, written once and never again."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.child import Child
from domain.events import Corrected, Event, stored_name
from domain.organisation import Organisation
from domain.placement import Placement
from domain.placement_events import AgreementChosen
from domain.provider import Provider
from domain.record import Record
from domain.school_days import london_day
from projections.late_recording.duties import duty_held
from projections.late_recording.incidents import DOUBTED, doubts_cast, what_happened
from projections.late_recording.two_clocks import gap_of
from projections.table import Row, Table, no_rows

KINDS: dict[type[Record], str] = {
    Placement: "placement",
    Attendance: "attendance",
    Child: "child",
    Provider: "provider",
    Agreement: "agreement",
    Organisation: "organisation",
}
"""The records whose entries are weighed, and what they are called."""
MACHINE = "the_service"
"""The role of what no person wrote: imports and triggers."""


class EntryColumns(Row, frozen=True, kw_only=True):
    """What one event says of itself. To whom it belongs follows from other records: see `keeping.py`."""

    record_id: UUID
    kind: str
    """The kind of its record."""
    event: str
    occurred_on: date
    true_on: date
    true_at: datetime | None
    recorded_at: datetime
    recorded_on: date
    """The day in London."""
    days_late: int
    hours_late: float | None
    """Where the instant is known."""
    late: bool
    """Whether a person wrote it down later than it was true, by days or by hours."""
    person_id: str
    person: str
    roles: tuple[str, ...]
    """The roles held when it was written, as the event keeps them."""
    organisation_id: UUID | None
    """For whom the person wrote it."""
    incident: str | None
    """What it is, where it is something after which people may want the record to look better."""
    doubts: tuple[str, ...] | None
    """Whose entries such an event puts in doubt, where it says so itself and not its place does."""
    duty: str | None
    """The duty that its person held by it, of those that ought to lie apart."""
    on_behalf_of: UUID | None
    agreement_id: UUID | None
    """The standing contract that it chose."""
    corrects: int | None
    fields: tuple[str, ...] | None
    """What it corrected."""


def entry_of(record: Record, event: Event, position: int) -> EntryColumns | None:
    """The row of an event."""
    kind = KINDS.get(type(record))
    if kind is None:
        return None
    by, gap, correction = event.decision.by, gap_of(event), event if isinstance(event, Corrected) else None
    by_machine = by.kind == "machine"
    return EntryColumns(
        version=event.originator_version,
        position=position,
        record_id=event.originator_id,
        kind=kind,
        event=stored_name(type(event)),
        occurred_on=event.occurred_on,
        true_on=gap.true_on,
        true_at=gap.true_at,
        recorded_at=event.recorded_at,
        recorded_on=london_day(event.recorded_at),
        days_late=gap.days,
        hours_late=gap.hours,
        late=gap.late and not by_machine,
        person_id=by.id,
        person=by.name,
        roles=(MACHINE,) if by_machine else tuple(role for role in by.role.split(", ") if role),
        organisation_id=by.organisation_id,
        incident=what_happened(event),
        doubts=doubts_cast(event),
        duty=None if by_machine else duty_held(event),
        on_behalf_of=event.decision.on_behalf_of,
        agreement_id=event.agreement_id if isinstance(event, AgreementChosen) else None,
        corrects=correction.corrects if correction else None,
        fields=tuple(change.field for change in correction.changes) if correction else None,
    )


ENTRIES = Table(
    name="entries",
    of=Record,
    row=EntryColumns,
    rows=no_rows,
    of_event=entry_of,
    several=True,
    key=("record_id", "version"),
    record="record_id",
    leans_on=("children", "caseload", "attendance_totals", "agreements", "directory", "organisations"),
    # The last columns are whose it is: they follow when a placement or a child changes hands.
    create="""
        CREATE TABLE entries (
            record_id uuid NOT NULL,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            kind text NOT NULL,
            event text COLLATE "C" NOT NULL,
            occurred_on date NOT NULL,
            true_on date NOT NULL,
            true_at timestamptz,
            recorded_at timestamptz NOT NULL,
            recorded_on date NOT NULL,
            days_late integer NOT NULL,
            hours_late double precision,
            late boolean NOT NULL,
            person_id text COLLATE "C" NOT NULL,
            person text NOT NULL,
            roles text[] NOT NULL,
            organisation_id uuid,
            incident text,
            doubts text[],
            duty text,
            on_behalf_of uuid,
            agreement_id uuid,
            corrects bigint,
            fields text[],
            placement_id uuid,
            child_id uuid,
            provider_id uuid,
            owner_id uuid,
            audiences uuid[],
            after bigint[],
            PRIMARY KEY (record_id, version)
        ) WITH (fillfactor = 90)
    """,
    indexes="""
        CREATE UNIQUE INDEX ON entries (position);
        CREATE INDEX ON entries (days_late DESC, position) WHERE days_late > 0;
        CREATE INDEX ON entries (event, days_late DESC, position) WHERE days_late > 0;
        CREATE INDEX ON entries (person_id, recorded_on);
        CREATE INDEX ON entries (recorded_on);
        CREATE INDEX ON entries USING gin (audiences);
        CREATE INDEX ON entries (position) WHERE after IS NOT NULL;
        CREATE INDEX ON entries (position) WHERE corrects IS NOT NULL;
        CREATE INDEX ON entries (agreement_id) WHERE agreement_id IS NOT NULL;
        CREATE INDEX ON entries USING gin (("""
    + DOUBTED.replace("i.", "")
    + """)) WHERE incident IS NOT NULL
    """,
)
