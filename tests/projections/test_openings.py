"""One opening of a page is told as one look; what is asked for later, by another or in another way is a look of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from projections.look_rows import LookRow
from projections.openings import A_MOMENT, how_of, openings, told_once, while_open

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
    correlation_id=UUID("5b0c5d0e-8a3c-4f0e-9a53-6a2d5c1f7e11"),
    batch=11,
    number=1,
)


def told(*rows: LookRow) -> list[list[LookRow]]:
    return [opening.rows for opening in openings(rows)]


def test_what_one_page_asks_for_is_one_look() -> None:
    placement = msgspec.structs.replace(
        LOOK, at=AT - A_MOMENT, record_id=uuid4(), route="GET /placements/{id}"
    )
    listed = msgspec.structs.replace(LOOK, how="listed", record_id=None, route="GET /due")
    assert told(LOOK, listed, placement) == [[LOOK, listed, placement]]
    assert how_of([listed, LOOK]) == "read"


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
        assert told(*rows) == [[row] for row in rows], other
    unnamed = msgspec.structs.replace(LOOK, correlation_id=None)
    assert told(unnamed, unnamed) == [[unnamed], [unnamed]]


def test_a_page_that_stays_open_belongs_to_its_opening_until_the_day_is_over() -> None:
    opened = msgspec.structs.replace(LOOK, correlation_id=uuid4())
    refreshed = [
        msgspec.structs.replace(
            opened, at=AT + timedelta(hours=n), correlation_id=while_open(opened.correlation_id)
        )
        for n in (26, 5, 3)
    ]
    assert while_open(refreshed[0].correlation_id) == refreshed[0].correlation_id
    assert told(*refreshed, opened) == [[refreshed[0]], [*refreshed[1:], opened]]
    again = msgspec.structs.replace(opened, at=AT - timedelta(hours=1))
    assert told(*refreshed[1:], opened, again) == [[*refreshed[1:], opened], [again]]


def test_no_record_and_no_other_child_is_hidden_behind_an_opening() -> None:
    child, other = uuid4(), uuid4()
    first = msgspec.structs.replace(LOOK, children=(child,), number=1)
    second = msgspec.structs.replace(LOOK, record_id=uuid4(), children=(child,), number=2)
    due = msgspec.structs.replace(
        LOOK, record_id=None, how="listed", children=(child,), number=3, route="GET /due"
    )
    one, two = told_once([due, second, first])
    assert {one.look.record_id, two.look.record_id} == {first.record_id, second.record_id}
    assert "GET /due" in one.routes + two.routes
    many = msgspec.structs.replace(due, children=(child, other))
    assert [set(row.look.children) for row in told_once([many, first])] == [{child, other}, {child}]
