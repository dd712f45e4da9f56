"""One opening of a page is told as one look; what is asked for later, by another or in another way is a look of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from projections.look_rows import LookRow
from projections.openings import A_MOMENT, openings

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
LOOK = LookRow(
    at=AT,
    person_id="officer@example",
    organisation_id=UUID(int=1),
    how="read",
    outcome="shown",
    route="GET /children/{id}",
    record_id=UUID(int=2),
    children=(),
    records=(),
    not_told=0,
    roles=("commissioner",),
    relations=(),
    row="child",
    asked_by=(),
    as_of=None,
    position=10,
    times=1,
    correlation_id=UUID(int=3),
    batch=11,
    number=1,
)


def test_what_one_page_asks_for_is_one_look() -> None:
    placement = msgspec.structs.replace(
        LOOK, at=AT - A_MOMENT, record_id=uuid4(), route="GET /placements/{id}"
    )
    assert list(openings([LOOK, LOOK, placement])) == [LOOK]


def test_everything_else_is_a_look_of_its_own() -> None:
    later = AT + A_MOMENT + timedelta(seconds=1)
    for other in (
        {"person_id": "senior@example"},
        {"how": "exported"},
        {"outcome": "not_found"},
        {"correlation_id": uuid4()},
        {"at": later},
    ):
        rows = [LOOK, msgspec.structs.replace(LOOK, **other)]
        assert list(openings(rows)) == rows, other
    unnamed = msgspec.structs.replace(LOOK, correlation_id=None)
    assert list(openings([unnamed, unnamed])) == [unnamed, unnamed]
