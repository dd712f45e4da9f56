"""A page of the history is taken in by two turns: rows of one record first, then rows of whole files. Nobody is misled between."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH

from domain.people import Scope
from domain.placement import Placement
from history.store import History
from projections.comparing import differences
from projections.forgetting import MARK
from projections.late_recording.keeping import RENEW_AND_COUNT
from projections.leading import Leading
from projections.progress import Progress
from projections.reading import ReadModels
from projections.tables import TABLES
from projections.telling import Told
from service.soundness.bookkeeping import faults_of_bookkeeping
from tests.projections.filling import Filling
from tests.support.walk import PLACEMENT, Walk

PATIENCE = 10.0
EVERYTHING = Scope(everything=True)
WHERE_ROWS_LIE = "SELECT duty_id, ctid FROM due ORDER BY 1"
LATER = {table.name for table in TABLES if table.later}


class Killed(Exception):
    """The process that led is gone."""


class KilledBetween(Leading):
    """Leads, and is killed when the first turn is on disk."""

    def _write(self, turn: set[str], touched: list[Told], rows: list[Any], singly: bool) -> bool:  # type: ignore[override]
        if turn == LATER:
            raise Killed
        return super()._write(turn, touched, rows, singly)


class ForgettingMeanwhile(Leading):
    """Leads, and elsewhere words are erased when its page is read and not yet written."""

    def _write(self, turn: set[str], touched: list[Told], rows: list[Any], singly: bool) -> bool:  # type: ignore[override]
        if turn != LATER and not self.forgotten:
            with psycopg.connect(self.connection.info.dsn, autocommit=True) as another:
                another.execute("SET search_path = read_models")
                another.execute(MARK)
        return super()._write(turn, touched, rows, singly)


class LosingASecondTurn(Leading):
    """Leads, and what it wrote in a second turn is lost just before it would have been on disk."""

    losing = True

    def _write(self, turn: set[str], touched: list[Told], rows: list[Any], singly: bool) -> bool:  # type: ignore[override]
        holds = super()._write(turn, touched, rows, singly)
        if turn == LATER and self.losing:
            raise Killed
        return holds


@pytest.fixture
def line(dsn: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The connection of the one who leads."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        yield connection


def caught_up(line: psycopg.Connection[tuple[object, ...]], history: History) -> None:
    leading = Leading(line, history, TABLES)
    while leading.step():
        pass


def killed_between(line: psycopg.Connection[tuple[object, ...]], history: History) -> None:
    with pytest.raises(Killed):
        KilledBetween(line, history, TABLES).step()


def test_what_is_put_together_from_whole_files_has_a_turn_of_its_own() -> None:
    assert {"due", "entries", "improvements"} <= LATER
    assert not LATER & {"children", "caseload", "directory", "grants", "outbox"}


def test_a_list_is_there_before_the_due_list(
    filling: Filling, history: History, line: psycopg.Connection, read_models: ReadModels
) -> None:
    child = filling.child("Ann", "Other")
    killed_between(line, history)

    assert read_models.wait_at_once(child_position := history.head(), PATIENCE)
    assert not read_models.wait_for(child_position, 0.1)
    assert read_models.children.get(EVERYTHING, child.id) is not None
    assert (read_models.position("children"), read_models.position("due")) == (child_position, 0)
    caught_up(line, history)
    assert read_models.wait_for(child_position, PATIENCE)


def test_who_leads_next_makes_up_for_what_a_killed_one_left(
    filling: Filling, history: History, line: psycopg.Connection, dsn: str
) -> None:
    child = filling.child("Ann", "Other")
    filling.placement(child, uuid4())
    killed_between(line, history)
    # News that came meanwhile are not taken in by one table before another that it leans on.
    filling.rename(child, "Bea", "Other")
    filling.placement(child, uuid4())

    caught_up(line, history)

    positions: dict[str, int] = dict(line.execute("SELECT name, position FROM positions").fetchall())
    assert set(positions.values()) == {history.head()}
    assert differences(history, dsn) == []


def test_what_is_read_again_because_words_were_erased_is_read_again_for_both_turns(
    filling: Filling, history: History, line: psycopg.Connection, dsn: str
) -> None:
    child = filling.child("Ann", "Other")
    filling.placement(child, uuid4())

    leading = ForgettingMeanwhile(line, history, TABLES)
    leading.step()

    # Had the second turn been written, it would have leaned on tables in which nothing stands yet.
    positions: dict[str, int] = dict(line.execute("SELECT name, position FROM positions").fetchall())
    assert set(positions.values()) == {0}
    while leading.step():
        pass
    assert differences(history, dsn) == []


def test_who_goes_on_after_a_lost_turn_writes_all_of_it_again(
    filling: Filling, history: History, line: psycopg.Connection, dsn: str
) -> None:
    child = filling.child("Ann", "Other")
    filling.placement(child, uuid4())
    leading = LosingASecondTurn(line, history, TABLES)
    with pytest.raises(Killed):
        leading.step()
    leading.losing = False
    filling.rename(child, "Ann", "Another")

    while leading.step():
        pass

    assert line.execute("SELECT count(*) FROM entries").fetchone() == (history.head(),)
    assert differences(history, dsn) == []


def test_what_was_written_into_a_table_is_forgotten_with_the_table(
    walk: Walk, history: History, line: psycopg.Connection
) -> None:
    walk.live_until("start_placement")
    leading = Leading(line, history, TABLES)
    while leading.step():
        pass
    assert line.execute("DELETE FROM due").rowcount
    # As a rebuild does that puts another table in its place.
    line.execute("UPDATE positions SET built_at = clock_timestamp() WHERE name = 'due'")
    walk.do("log_contact")

    while leading.step():
        pass

    file_id = history.get(Placement, PLACEMENT).child_id
    assert line.execute("SELECT count(*) > 0 FROM due WHERE file_id = %s", [file_id]).fetchone() == (True,)


def test_what_stays_as_it_is_is_not_written_again(
    walk: Walk, history: History, line: psycopg.Connection, dsn: str
) -> None:
    walk.live_until("start_placement")
    leading = Leading(line, history, TABLES)
    while leading.step():
        pass
    before = line.execute(WHERE_ROWS_LIE).fetchall()
    assert before
    for _ in range(2):
        walk.do("log_contact")
        while leading.step():
            pass
        assert line.execute(WHERE_ROWS_LIE).fetchall() == before
    walk.do("call_review")
    walk.do("record_review")
    while leading.step():
        pass
    assert line.execute(WHERE_ROWS_LIE).fetchall() != before
    assert differences(history, dsn) == []


def test_what_is_asked_with_every_event_is_short_enough_to_be_kept_ready() -> None:
    assert len(RENEW_AND_COUNT) <= MAX_CACHED_STATEMENT_LENGTH


def test_between_the_turns_everything_is_as_it_should_be(
    filling: Filling, history: History, line: psycopg.Connection, dsn: str
) -> None:
    child = filling.child("Ann", "Other")
    caught_up(line, history)
    filling.placement(child, uuid4())
    killed_between(line, history)

    assert differences(history, dsn) == []
    assert list(faults_of_bookkeeping(dsn)) == []
    line.execute("UPDATE positions SET position = position - 1 WHERE name = 'caseload'")
    assert [fault.where for fault in faults_of_bookkeeping(dsn)] == ["the read model caseload"]


def test_a_notice_says_how_far_both_have_come(
    filling: Filling, history: History, line: psycopg.Connection, dsn: str
) -> None:
    with psycopg.connect(dsn, autocommit=True) as listening:
        listening.execute(f"LISTEN {Progress.channel}")
        filling.child("Ann", "Other")
        caught_up(line, history)
        told = [notice.payload for notice in listening.notifies(timeout=1, stop_after=2)]
    assert told == [f"0 {history.head()}", f"{history.head()} {history.head()}"]


def test_a_table_that_was_put_back_between_two_pages_is_brought_up_again(
    filling: Filling, history: History, line: psycopg.Connection, dsn: str
) -> None:
    child = filling.child("Ann", "Other")
    leading = Leading(line, history, TABLES)
    while leading.step():
        pass
    # The page after a good one is read without a look at the tables.
    line.execute("UPDATE positions SET position = 0 WHERE name = 'caseload'")
    filling.placement(child, uuid4())

    while leading.step():
        pass

    assert set(line.execute("SELECT position FROM positions").fetchall()) == {(history.head(),)}
    assert differences(history, dsn) == []


def test_what_begins_on_a_file_that_is_known_counts_for_it(
    walk: Walk, history: History, line: psycopg.Connection, dsn: str
) -> None:
    # The child is there, and no placement is.
    leading = Leading(line, history, TABLES)
    while leading.step():
        pass
    walk.live_until("start_placement")

    while leading.step():
        pass

    found = line.execute("SELECT count(*) > 0 FROM due WHERE placement_id = %s", [PLACEMENT]).fetchone()
    assert found == (True,)
    assert differences(history, dsn) == []
