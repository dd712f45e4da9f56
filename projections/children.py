"""Children: one row for each child, with what the law asks for them and what takes up their week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.child import Child
from domain.personal import ERASED
from projections.names import name_key
from projections.table import Row, Table


class RollEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A time on a school's roll."""

    school_id: UUID | None
    enrolment: str
    """DfE code: `C` current, `M` main and `S` subsidiary of two, and others."""
    from_on: date
    until_on: date | None


class IdentifierShown(msgspec.Struct, frozen=True, kw_only=True):
    """A number by which the child is known."""

    kind: str
    value: str
    issued_by: str | None


class PartOfTheWeek(msgspec.Struct, frozen=True, kw_only=True):
    """What one placement takes of the child's week."""

    placement_id: UUID
    provider_id: UUID
    sessions_per_week: int
    """Half-days."""
    hours_per_week: float


class ChildColumns(Row, frozen=True, kw_only=True):
    """What the child's own record tells."""

    child_id: UUID
    recorded_at: datetime
    given_names: str
    family_name: str
    name_key: str
    born_on: date | None
    sex: str
    year_group: str | None
    authority_id: UUID | None
    identifiers: tuple[IdentifierShown, ...]
    identifier_keys: tuple[str, ...]
    """The numbers as they are searched: capitals, without spaces and hyphens."""
    roll: tuple[RollEntry, ...]
    roll_school_ids: tuple[UUID, ...]
    """Every school on whose roll the child is or was: such a school may know of the child."""
    sen_provision: str | None
    sen_needs: tuple[str, ...]
    """DfE codes, the main need first."""
    ehc_plan: bool
    ehc_review_by: date | None
    looked_after: bool
    social_worker_plan: str | None
    """The plan the child is on with a social worker; none without one."""
    school_sessions: int
    """Half-days a week at the school."""
    week: tuple[PartOfTheWeek, ...]
    """What the placements take."""
    weekly_sessions: int
    """Half-days a week at the school and in all placements."""
    awaits: tuple[str, ...]
    """Decisions that somebody asked for and another person has to take: `erasure`."""


def identifier_key(value: str) -> str:
    """An identifier as it is compared."""
    return re.sub(r"[\s-]", "", value).upper()


def rows_of(child: Child, position: int) -> Iterator[ChildColumns]:
    """One row."""
    yield ChildColumns(
        child_id=child.id,
        version=child.version,
        position=position,
        recorded_at=child.events[-1].recorded_at,
        given_names=child.given_names,
        family_name=child.family_name,
        name_key=name_key(child.family_name, child.given_names),
        born_on=child.born_on,
        sex=child.sex,
        year_group=child.year_group,
        authority_id=child.authority_id,
        identifiers=tuple(
            IdentifierShown(kind=i.kind, value=i.value, issued_by=i.issued_by) for i in child.identifiers
        ),
        identifier_keys=tuple(identifier_key(i.value) for i in child.identifiers if i.value != ERASED),
        roll=tuple(
            RollEntry(school_id=r.school_id, enrolment=r.enrolment, from_on=r.from_on, until_on=r.until_on)
            for r in child.roll
        ),
        roll_school_ids=tuple(sorted({r.school_id for r in child.roll if r.school_id})),
        sen_provision=child.sen_provision,
        sen_needs=tuple(need.sen_type for need in sorted(child.sen_needs, key=lambda need: need.rank)),
        ehc_plan=child.ehc_plan is not None,
        ehc_review_by=child.ehc_plan.annual_review_by if child.ehc_plan else None,
        looked_after=child.looked_after is not None,
        social_worker_plan=child.social_worker.plan if child.social_worker else None,
        school_sessions=child.school_sessions,
        week=tuple(
            PartOfTheWeek(
                placement_id=id,
                provider_id=part.provider_id,
                sessions_per_week=part.sessions_per_week,
                hours_per_week=part.hours_per_week,
            )
            for id, part in child.week.items()
        ),
        weekly_sessions=child.weekly_sessions(),
        awaits=("erasure",) if any(one.state == "requested" for one in child.erasures) else (),
    )


CHILDREN = Table(
    name="children",
    of=Child,
    row=ChildColumns,
    rows=rows_of,
    shows_words=True,
    key=("child_id",),
    record="child_id",
    kept=True,
    create="""
        CREATE TABLE children (
            child_id uuid PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            recorded_at timestamptz NOT NULL,
            given_names text NOT NULL,
            family_name text NOT NULL,
            name_key text COLLATE "C" NOT NULL,
            born_on date,
            sex text NOT NULL,
            year_group text,
            authority_id uuid,
            identifiers jsonb NOT NULL,
            identifier_keys text[] NOT NULL,
            roll jsonb NOT NULL,
            roll_school_ids uuid[] NOT NULL,
            sen_provision text,
            sen_needs text[] NOT NULL,
            ehc_plan boolean NOT NULL,
            ehc_review_by date,
            looked_after boolean NOT NULL,
            social_worker_plan text,
            school_sessions integer NOT NULL,
            week jsonb NOT NULL,
            weekly_sessions integer NOT NULL,
            awaits text[] NOT NULL
        ) WITH (fillfactor = 80)
    """,
    indexes="""
        CREATE INDEX ON children (authority_id, name_key, child_id);
        CREATE INDEX ON children (name_key, child_id);
        CREATE INDEX ON children (child_id) WHERE awaits <> '{}';
        CREATE INDEX ON children USING gin (roll_school_ids);
        CREATE INDEX ON children USING gin (identifier_keys);
        -- The database's own statistics would keep some names after they were erased.
        ALTER TABLE children ALTER COLUMN given_names SET STATISTICS 0;
        ALTER TABLE children ALTER COLUMN family_name SET STATISTICS 0;
        ALTER TABLE children ALTER COLUMN name_key SET STATISTICS 0;
        ALTER TABLE children ALTER COLUMN born_on SET STATISTICS 0;
        ALTER TABLE children ALTER COLUMN identifiers SET STATISTICS 0;
        ALTER TABLE children ALTER COLUMN identifier_keys SET STATISTICS 0
    """,
)
