"""The caseload: one row for each placement, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from domain.away import away
from domain.placement import Placement
from domain.routes import Route
from domain.stages import Stage
from projections.table import Borrowed, Row, Table


class PlacementColumns(Row, frozen=True, kw_only=True):
    """What the placement's own record tells."""

    placement_id: UUID
    recorded_at: datetime
    """When the last event of the record was written down."""
    stage: Stage
    child_id: UUID | None
    commissioner_id: UUID | None
    home_school_id: UUID | None
    provider_id: UUID | None
    """The provider proposed or used; none before one is proposed."""
    agreement_id: UUID | None
    route: Route | None
    reason: str | None
    """DfE code."""
    referred_on: date | None
    starts_on: date | None
    """The first day as agreed, or as proposed."""
    started_on: date | None
    ends_by: date | None
    """The end of the maximum period."""
    ended_on: date | None
    outcome: str
    """`ended`, `replaced` or `withdrawn`; empty while it goes on."""
    hours_per_week: float | None
    sessions_per_week: int | None
    """Half-days."""
    next_review_on: date | None
    tomorrow_where: str | None
    """During a breakdown: where the child is. `no_education` is a day that is counted."""
    tomorrow_since: date | None
    safeguarding_open: bool
    override_until: date | None
    """The last day of the approved override that runs longest; look whether it has passed."""
    predecessor_id: UUID | None
    successor_id: UUID | None
    awaits: tuple[str, ...]
    """Decisions that somebody prepared and another person has to take: `override`, `risk`."""
    half_days: tuple[str, ...] | None
    """Those of the week with the provider by the plan's timetable, as `monday am`; none where the plan has no timetable."""
    away: tuple[str, ...]
    """After a breakdown: the days without the child, as `2026-11-24/2026-11-30`; the second is the day of coming back, and `..` stands
    where none is known (ISO 8601-2)."""


class CaseloadRow(PlacementColumns, frozen=True, kw_only=True):
    """A placement as it is listed, with names and what matters about the child."""

    given_names: str
    family_name: str
    name_key: str
    year_group: str | None
    authority_id: UUID | None
    ehc_plan: bool
    looked_after: bool
    commissioner_name: str | None
    home_school_name: str | None
    provider_name: str | None


def rows_of(placement: Placement, position: int) -> Iterator[PlacementColumns]:
    """One row."""
    breakdown = placement.tomorrow if placement.stage is Stage.BREAKDOWN else None
    agreed = placement.commission or placement.proposal
    yield PlacementColumns(
        placement_id=placement.id,
        version=placement.version,
        position=position,
        recorded_at=placement.events[-1].recorded_at,
        stage=placement.stage,
        child_id=placement.child_id,
        commissioner_id=placement.commissioner_id,
        home_school_id=placement.home_school_id,
        provider_id=placement.provider_id,
        agreement_id=placement.agreement_id,
        route=placement.route,
        reason=placement.reason,
        referred_on=placement.referred_on,
        starts_on=agreed.starts_on if agreed else None,
        started_on=placement.started_on,
        ends_by=placement.ends_by,
        ended_on=placement.ended_on,
        outcome=placement.outcome,
        hours_per_week=placement.hours_per_week,
        sessions_per_week=placement.sessions_per_week,
        next_review_on=placement.next_review_on,
        tomorrow_where=breakdown.where if breakdown else None,
        tomorrow_since=breakdown.from_on if breakdown else None,
        safeguarding_open=placement.safeguarding_open,
        override_until=max((o.until for o in placement.overrides if o.state == "approved"), default=None),
        predecessor_id=placement.predecessor_id,
        successor_id=placement.successor_id,
        awaits=tuple(_awaits(placement)),
        half_days=_half_days(placement),
        away=tuple(f"{one.from_on}/{one.back_on or '..'}" for one in away(placement)),
    )


def _half_days(placement: Placement) -> tuple[str, ...] | None:
    timetable = placement.plan.timetable if placement.plan else ()
    at_the_provider = tuple(f"{one.day} {one.half}" for one in timetable if one.where == "provider")
    return at_the_provider if timetable else None


def _awaits(placement: Placement) -> Iterator[str]:
    if placement.stage is Stage.EXIT:
        return
    if any(one.state == "requested" for one in placement.overrides):
        yield "override"
    if placement.risk is not None and not placement.risk_accepted_by:
        yield "risk"


CASELOAD = Table(
    name="caseload",
    of=Placement,
    row=PlacementColumns,
    rows=rows_of,
    key=("placement_id",),
    record="placement_id",
    kept=True,
    borrowed=Borrowed(
        lender="children",
        key="child_id",
        columns={
            "given_names": "coalesce(l.given_names, '')",
            "family_name": "coalesce(l.family_name, '')",
            "name_key": "coalesce(l.name_key, '')",
            "year_group": "l.year_group",
            "authority_id": "l.authority_id",
            "ehc_plan": "coalesce(l.ehc_plan, false)",
            "looked_after": "coalesce(l.looked_after, false)",
        },
    ),
    create="""
        CREATE TABLE caseload (
            placement_id uuid PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            recorded_at timestamptz NOT NULL,
            stage text NOT NULL,
            child_id uuid,
            commissioner_id uuid,
            home_school_id uuid,
            provider_id uuid,
            agreement_id uuid,
            route text,
            reason text,
            referred_on date,
            starts_on date,
            started_on date,
            ends_by date,
            ended_on date,
            outcome text NOT NULL,
            hours_per_week double precision,
            sessions_per_week integer,
            next_review_on date,
            tomorrow_where text,
            tomorrow_since date,
            safeguarding_open boolean NOT NULL,
            override_until date,
            predecessor_id uuid,
            successor_id uuid,
            awaits text[] NOT NULL,
            half_days text[],
            away text[] NOT NULL,
            given_names text NOT NULL,
            family_name text NOT NULL,
            name_key text COLLATE "C" NOT NULL,
            year_group text,
            authority_id uuid,
            ehc_plan boolean NOT NULL,
            looked_after boolean NOT NULL
        ) WITH (fillfactor = 80)
    """,
    indexes="""
        CREATE INDEX ON caseload (child_id);
        CREATE INDEX ON caseload (placement_id) WHERE awaits <> '{}';
        -- Whose placements they are is asked by any of four columns at once, so none of them gives the rows in the order of names.
        CREATE INDEX ON caseload (name_key, placement_id);
        CREATE INDEX ON caseload (commissioner_id);
        CREATE INDEX ON caseload (authority_id);
        CREATE INDEX ON caseload (home_school_id);
        CREATE INDEX ON caseload (provider_id);
        -- How many there are in each stage is counted from this alone, without the rows.
        CREATE INDEX ON caseload (stage) INCLUDE (commissioner_id, authority_id, home_school_id, provider_id);
        -- Those that may have left a child nowhere are a few of all.
        CREATE INDEX ON caseload (child_id) WHERE stage = 'breakdown';
        CREATE INDEX ON caseload (child_id) WHERE outcome IN ('replaced', 'withdrawn');
        -- The database's own statistics would keep some names after they were erased.
        ALTER TABLE caseload ALTER COLUMN given_names SET STATISTICS 0;
        ALTER TABLE caseload ALTER COLUMN family_name SET STATISTICS 0;
        ALTER TABLE caseload ALTER COLUMN name_key SET STATISTICS 0
    """,
)
