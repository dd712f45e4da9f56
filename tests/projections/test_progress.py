"""Who waits for the read models is told how far all of them have come, whatever another release says in its notices."""

from collections.abc import Callable, Iterator

import psycopg
import pytest

from domain.people import Scope
from history.store import History
from projections.leading import Leading
from projections.progress import Progress
from projections.reading import ReadModels
from projections.tables import TABLES
from tests.projections.filling import Filling

EVERYTHING = Scope(everything=True)
BRIEFLY = 0.5
PATIENCE = 10.0


@pytest.fixture
def line(dsn: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """The connection of a worker of the release before."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        yield connection


def test_a_notice_that_says_too_much_is_not_believed(
    filling: Filling, history: History, read_models: ReadModels, line: psycopg.Connection[tuple[object, ...]]
) -> None:
    filling.child("Ann", "Other")
    head = history.head()
    told = f"{head} {head}"
    line.execute("SELECT pg_notify(%s, %s)", [Progress.channel, told])

    assert not read_models.wait_at_once(head, BRIEFLY)
    assert not read_models.wait_for(head, BRIEFLY)


def test_a_table_that_a_worker_of_the_release_before_leaves_is_waited_for(
    filling: Filling,
    history: History,
    caught_up: Callable[[], None],
    read_models: ReadModels,
    line: psycopg.Connection[tuple[object, ...]],
) -> None:
    filling.child("Bea", "Other")
    caught_up()
    # The new release has put its own table in the place of one, and the old worker, which does not know it, still leads.
    [kept] = line.execute("SELECT shape FROM positions WHERE name = 'children'").fetchall()
    line.execute("UPDATE positions SET shape = 'newer', wanted = 'newer' WHERE name = 'children'")
    child = filling.child("Ann", "Other")
    head = history.head()
    follow(line, history)

    assert read_models.position("caseload") == head
    assert read_models.children.get(EVERYTHING, child.id) is None
    assert not read_models.wait_at_once(head, BRIEFLY)
    assert not read_models.wait_for(head, BRIEFLY)

    # Of the new release is whoever leads next.
    line.execute("UPDATE positions SET shape = %s, wanted = %s WHERE name = 'children'", [*kept, *kept])
    follow(line, history)
    assert read_models.wait_at_once(head, PATIENCE)
    assert read_models.children.get(EVERYTHING, child.id) is not None


def follow(line: psycopg.Connection[tuple[object, ...]], history: History) -> None:
    """Lead until there is no news."""
    leading = Leading(line, history, TABLES)
    while leading.step():
        pass
