"""After a correction the due list is what a rebuild gives, whatever was remembered of the rows that stood there."""

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.attendance import Attendance
from domain.events import Change, Corrected
from domain.placement import Placement
from history.store import History
from projections import gathering
from projections.comparing import differences
from projections.leading import Leading
from projections.tables import TABLES
from tests.projections.filling import Filling
from tests.support.walk import CHILD, PLACEMENT, PROVIDER, PROVIDER_STAFF, Walk

Follow = Callable[[], None]


@pytest.fixture
def line(dsn: str) -> Iterator[psycopg.Connection[Any]]:
    """The connection of the one who leads."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        yield connection


@pytest.fixture
def follow(line: psycopg.Connection[Any], history: History) -> Follow:
    """One who goes on leading, and remembers what it wrote."""
    leading = Leading(line, history, TABLES)

    def catch_up() -> None:
        while leading.step():
            pass

    return catch_up


def moved(filling: Filling, kind: type[Attendance | Placement], id: UUID, child: UUID) -> None:
    """A record is moved to another child. No command does so; that a history does not say it is no reason to mislead if it did."""
    change = Change(field="child_id", category="narrative", value=json.dumps(str(child)))
    filling.tell(filling.history.get(kind, id), Corrected, corrects=1, changes=(change,))


def files(line: psycopg.Connection[Any]) -> dict[UUID, int]:
    """How many rows there are of each child's file."""
    return dict(
        line.execute("SELECT file_id, count(*) FROM due WHERE file_id = child_id GROUP BY 1").fetchall()
    )


@pytest.mark.parametrize("kind", [Attendance, Placement])
@pytest.mark.parametrize("at_a_time", [1, gathering.AT_A_TIME])
def test_what_is_moved_to_another_child_is_in_the_due_list_of_that_child_alone(
    kind: type[Attendance | Placement],
    at_a_time: int,
    monkeypatch: pytest.MonkeyPatch,
    walk: Walk,
    filling: Filling,
    line: psycopg.Connection[Any],
    follow: Follow,
    history: History,
    dsn: str,
) -> None:
    # Whose file is made first must not matter: a duty that goes with the record is in one of them.
    monkeypatch.setattr(gathering, "AT_A_TIME", at_a_time)
    walk.live_until("start_placement")
    walk.do("report_day", PROVIDER, PROVIDER_STAFF)
    other = filling.child("Bea", "Other").id
    follow()
    before = files(line)
    [id] = history.records_about(kind, CHILD)

    moved(filling, kind, id, other)
    follow()
    assert files(line) != before
    assert differences(history, dsn) == []

    moved(filling, kind, id, CHILD)
    follow()
    assert files(line) == before
    assert differences(history, dsn) == []


def test_a_corrected_day_is_in_the_due_list_of_one_who_remembers_what_it_wrote(
    walk: Walk, line: psycopg.Connection[Any], follow: Follow, history: History, dsn: str
) -> None:
    walk.live_until("start_placement")
    follow()
    before = line.execute("SELECT * FROM due ORDER BY duty_id").fetchall()
    started = history.get(Placement, PLACEMENT).version
    walk.do("correct_record", PLACEMENT, version=started, changes={"on": "2026-11-20"})
    follow()
    assert line.execute("SELECT * FROM due ORDER BY duty_id").fetchall() != before
    assert differences(history, dsn) == []
