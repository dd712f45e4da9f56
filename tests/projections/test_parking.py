"""One record that cannot be followed is parked and marked, and stops no other."""

from uuid import uuid4

import psycopg
import pytest

from domain.events import Change, Corrected
from domain.people import Scope
from history.store import History
from projections.comparing import differences
from projections.reading import ReadModels
from projections.rebuilding import rebuild
from tests.projections.conftest import PATIENCE, followed
from tests.projections.filling import Filling

EVERYTHING = Scope(everything=True)
INSERT = "INSERT INTO history.events VALUES (%s, %s, %s, %s, (SELECT max(notification_id) + 1 FROM history.events))"


@pytest.mark.parametrize(
    ("topic", "state"),
    [("child.unheard_of", b"{}"), ("child.year_group_set", b"{}"), ("child.year_group_set", b"\xff")],
)
def test_an_event_that_cannot_be_read_parks_its_record(
    filling: Filling,
    dsn: str,
    history: History,
    read_models: ReadModels,
    database: psycopg.Connection,
    topic: str,
    state: bytes,
) -> None:
    bad, good = filling.child("Bad", "Record"), filling.child("Good", "Record")
    with followed(dsn, history):
        database.execute(INSERT, (bad.id, 2, topic, state))
        database.execute(INSERT, (uuid4(), 1, "unheard.of", b"{}"))
        position = filling.rename(good, "Better", "Record")
        assert read_models.wait_for(position, PATIENCE)

    rows = {row.child_id: row for row in read_models.children.page(EVERYTHING).rows}
    assert (rows[bad.id].stale, rows[bad.id].given_names, rows[bad.id].version) == (True, "Bad", 1)
    assert (rows[good.id].stale, rows[good.id].given_names) == (False, "Better")
    parked = read_models.parked()
    assert {(p.name, p.position, p.error) for p in parked if p.record_id == bad.id} == {
        ("children", 3, "Unreadable"),
    }
    assert [p.name for p in parked if p.record_id != bad.id] == [""]
    assert read_models.condition().parked == 2
    # A rebuild makes the same rows, stale ones included, and parks the same records.
    assert differences(history, dsn) == []
    assert rebuild(history, dsn).parked == 2
    assert len(read_models.parked()) == 2
    assert differences(history, dsn) == []


def test_what_the_database_does_not_take_is_parked_without_its_words(
    filling: Filling, dsn: str, history: History, read_models: ReadModels, caplog: pytest.LogCaptureFixture
) -> None:
    children = [filling.child("Child", f"Number {n}") for n in range(5)]
    with followed(dsn, history):
        assert read_models.wait_for(history.head(), PATIENCE)
        filling.rename(children[2], "Unmistakable\x00", "Name")
        position = filling.rename(children[3], "Renamed", "Name")
        assert read_models.wait_for(position, PATIENCE)
        rows = {row.child_id: row for row in read_models.children.page(EVERYTHING).rows}
        assert [rows[child.id].stale for child in children] == [False, False, True, False, False]
        assert rows[children[2].id].given_names == "Child"
        assert rows[children[3].id].given_names == "Renamed"
        assert {p.error for p in read_models.parked()} == {"UntranslatableCharacter"}
        assert "Unmistakable" not in caplog.text

        position = filling.rename(children[2], "Mended", "Name")
        assert read_models.wait_for(position, PATIENCE)
    assert read_models.parked() == []
    assert differences(history, dsn) == []


def test_a_correction_that_does_not_fit_leaves_the_record_as_it_was(
    filling: Filling, dsn: str, history: History, read_models: ReadModels
) -> None:
    child = filling.child("Ann", "Other", year_group="9")
    changes = (Change(field="year_group", category="narrative", value='"no such year"'),)
    first = child.events[-1]
    broken = Corrected(
        originator_id=child.id,
        originator_version=2,
        recorded_at=first.recorded_at,
        occurred_on=first.occurred_on,
        about=child.id,
        decision=first.decision,
        corrects=1,
        changes=changes,
    )
    child.pending.append(broken)
    child.version = 2
    with followed(dsn, history):
        position = history.save(child).position
        assert read_models.wait_for(position, PATIENCE)

    row = read_models.children.get(EVERYTHING, child.id)
    assert row is not None
    assert (row.stale, row.version, row.year_group, row.given_names) == (True, 1, "9", "Ann")
    assert differences(history, dsn) == []
