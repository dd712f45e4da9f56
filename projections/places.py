"""The places taken at each provider over all commissioners, without names: what the directory counts."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import msgspec

from domain.provider import Places
from projections.table import Row, Table


class PlaceTaken(msgspec.Struct, frozen=True, kw_only=True):
    """One place, and what the registration rule has to know of it."""

    placement_id: UUID
    child_id: UUID
    hours_per_week: float
    ehc_plan: bool
    looked_after: bool
    compulsory_age: bool


class PlacesColumns(Row, frozen=True, kw_only=True):
    """One provider's places."""

    places_id: UUID
    """The id of the record, which follows from the provider's."""
    taken: int
    hours_per_week: float
    """Taught hours a week of all children together."""
    sessions_per_week: int
    children: tuple[PlaceTaken, ...]


def rows_of(places: Places, position: int) -> Iterator[PlacesColumns]:
    """One row."""
    yield PlacesColumns(
        places_id=places.id,
        version=places.version,
        position=position,
        taken=len(places.taken),
        hours_per_week=sum(place.hours_per_week for place in places.taken.values()),
        sessions_per_week=sum(place.sessions_per_week for place in places.taken.values()),
        children=tuple(
            PlaceTaken(
                placement_id=id,
                child_id=place.child_id,
                hours_per_week=place.hours_per_week,
                ehc_plan=place.ehc_plan,
                looked_after=place.looked_after,
                compulsory_age=place.compulsory_age,
            )
            for id, place in sorted(places.taken.items())
        ),
    )


PLACES = Table(
    name="places",
    of=Places,
    row=PlacesColumns,
    rows=rows_of,
    key=("places_id",),
    record="places_id",
    create="""
        CREATE TABLE places (
            places_id uuid PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            taken integer NOT NULL,
            hours_per_week double precision NOT NULL,
            sessions_per_week integer NOT NULL,
            children jsonb NOT NULL
        ) WITH (fillfactor = 80)
    """,
    indexes="",
)
