"""The due list: one row for each duty, with its day, what met it, and the instants at which it falls due. Made from whole files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from domain.confidence import Mark
from domain.deadlines.time_rule import Owner, Severity
from domain.duties.duty import Duty
from domain.guidance import Guidance
from domain.working_days import DAY, LONDON
from projections.table import Row, Table


class DueColumns(Row, frozen=True, kw_only=True):
    """A duty as it is kept. How it stands is counted against the day asked, so nothing is rewritten at midnight."""

    duty_id: UUID
    """The same for the same rule, subject and anchor, for ever."""
    file_id: UUID
    """The child, provider or organisation on whose file it lies."""
    rule: str
    rule_version: int
    severity: Severity
    mark: Mark
    owner: Owner
    subject_id: UUID
    about: str
    child_id: UUID | None
    placement_id: UUID | None
    provider_id: UUID | None
    organisation_id: UUID | None
    """Who owes it; none where that is the provider, a parent, or nobody that the service knows."""
    commissioner_id: UUID | None
    home_school_id: UUID | None
    authority_id: UUID | None
    anchor_on: date
    soon_on: date
    """The first day on which it counts as due soon."""
    due_on: date
    """The last day on which it is still met."""
    counted_by: str
    known_by: str
    """The event that made it known, as `record id/version`; its position is the row's."""
    known_at: datetime
    done_on: date | None
    done_by: str | None
    """The event that met it."""
    done_position: int | None
    lapsed_on: date | None
    soon_at: datetime
    due_at: datetime
    """When its last day begins in London, or when it became known, if that was later."""
    overdue_at: datetime
    """When its last day is over in London, or when it became known, if that was later."""


def row_of(
    duty: Duty, soon: timedelta, known: tuple[int, datetime], done_position: int | None, stale: bool
) -> DueColumns:
    """A duty as a row. `known` is the position and the instant of the event that made it known."""
    position, known_at = known
    soon_on = duty.due_on - soon
    return DueColumns(
        version=duty.known_by.version,
        position=position,
        stale=stale,
        duty_id=duty.id,
        file_id=duty.file_id,
        rule=duty.rule,
        rule_version=duty.version,
        severity=duty.severity,
        mark=duty.mark,
        owner=duty.owner,
        subject_id=duty.subject_id,
        about=duty.about,
        child_id=duty.child_id,
        placement_id=duty.placement_id,
        provider_id=duty.provider_id,
        organisation_id=duty.organisation_id,
        commissioner_id=duty.commissioner_id,
        home_school_id=duty.home_school_id,
        authority_id=duty.authority_id,
        anchor_on=duty.anchor_on,
        soon_on=soon_on,
        due_on=duty.due_on,
        counted_by=duty.counted_by,
        known_by=f"{duty.known_by.record_id}/{duty.known_by.version}",
        known_at=known_at,
        done_on=duty.done_on,
        done_by=f"{duty.done_by.record_id}/{duty.done_by.version}" if duty.done_by else None,
        done_position=done_position,
        lapsed_on=duty.lapsed_on,
        soon_at=max(midnight(soon_on), known_at),
        due_at=max(midnight(duty.due_on), known_at),
        overdue_at=max(midnight(duty.due_on + DAY), known_at),
    )


def midnight(day: date) -> datetime:
    """The instant at which a day begins in London, whatever the clocks do."""
    return datetime.combine(day, time(), LONDON)


def _none_of_its_own(record: Guidance, position: int) -> Iterator[DueColumns]:
    """Its rows are gathered from whole files: see `gathering.py`. A parameter only says which files are counted anew."""
    return iter(())


DUE = Table(
    name="due",
    of=Guidance,
    row=DueColumns,
    rows=_none_of_its_own,
    several=True,
    key=("duty_id",),
    record="file_id",
    gathered=True,
    # Absences on days without the child, after a breakdown, are owed no more.
    edition=2,
    leans_on=("children", "caseload", "attendance_totals", "agreements", "directory", "organisations"),
    create="""
        CREATE TABLE due (
            duty_id uuid PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            file_id uuid NOT NULL,
            rule text NOT NULL,
            rule_version integer NOT NULL,
            severity text NOT NULL,
            mark text NOT NULL,
            owner text NOT NULL,
            subject_id uuid NOT NULL,
            about text NOT NULL,
            child_id uuid,
            placement_id uuid,
            provider_id uuid,
            organisation_id uuid,
            commissioner_id uuid,
            home_school_id uuid,
            authority_id uuid,
            anchor_on date NOT NULL,
            soon_on date NOT NULL,
            due_on date NOT NULL,
            counted_by text NOT NULL,
            known_by text NOT NULL,
            known_at timestamptz NOT NULL,
            done_on date,
            done_by text,
            done_position bigint,
            lapsed_on date,
            ended_on date GENERATED ALWAYS AS (least(done_on, lapsed_on)) STORED,
            soon_at timestamptz NOT NULL,
            due_at timestamptz NOT NULL,
            overdue_at timestamptz NOT NULL
        ) WITH (parallel_workers = 0, autovacuum_vacuum_scale_factor = 0.02)
    """,
    # What is open is found by its instants: a tick costs what falls due in it, whatever else there is. A list finds it by its days, and
    # by `ended_on` what was still open on a day gone by. A child is named on its own file and on those of organisations. A page goes
    # through the days, and its index says by itself what is of another rule or owner or not due soon. Counts are taken from an index
    # alone, which PostgreSQL may do of what was vacuumed, and each by one process: others would have to weigh all placements once more. In
    # that index what nearly every count asks for stands before what few do, and texts last: who reads a column reads those before it.
    indexes="""
        CREATE INDEX ON due (file_id);
        CREATE INDEX ON due (placement_id) WHERE placement_id IS NOT NULL;
        CREATE INDEX ON due (soon_at, duty_id) WHERE done_on IS NULL;
        CREATE INDEX ON due (due_at, duty_id) WHERE done_on IS NULL;
        CREATE INDEX ON due (overdue_at, duty_id) WHERE done_on IS NULL;
        CREATE INDEX ON due (due_on, duty_id, soon_on, rule, organisation_id) WHERE ended_on IS NULL;
        CREATE INDEX ON due (soon_on, due_on) INCLUDE (
            commissioner_id, authority_id, home_school_id, placement_id, file_id, child_id, organisation_id, provider_id, owner, rule
        ) WHERE ended_on IS NULL;
        CREATE INDEX ON due (ended_on) WHERE ended_on IS NOT NULL;
        CREATE INDEX ON due (child_id) WHERE file_id = organisation_id;
        CREATE INDEX ON due (authority_id, due_on, duty_id);
        CREATE INDEX ON due (commissioner_id, due_on, duty_id);
        CREATE INDEX ON due (home_school_id, due_on, duty_id);
        CREATE INDEX ON due (organisation_id, due_on, duty_id, soon_on, owner);
        CREATE INDEX ON due (provider_id, due_on, duty_id);
        CREATE INDEX ON due (rule, anchor_on)
    """,
    # All of them take three times as long to make as it takes to copy the rows.
    indexes_of_the_past="""
        CREATE INDEX ON due (file_id);
        CREATE INDEX ON due (due_on, duty_id, soon_on, rule, organisation_id) WHERE ended_on IS NULL;
        CREATE INDEX ON due (soon_on, due_on) WHERE ended_on IS NULL;
        CREATE INDEX ON due (ended_on) WHERE ended_on IS NOT NULL
    """,
)
