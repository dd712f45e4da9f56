"""A service's history with its read models, and somebody who follows."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import psycopg
import pytest

from history.setup import set_up as set_up_history
from history.store import History
from projections.comparing import differences
from projections.following import Following
from projections.reading import ReadModels
from projections.setup import set_up
from tests.projections.filling import Filling
from tests.support.postgres import as_owner
from tests.support.walk import MONDAY, Walk
from workflows.casework import Casework

MASTER_KEY = bytes(range(32))
PATIENCE = 20.0


@pytest.fixture
def dsn(database_url: str) -> str:
    """The DSN of a database in which nothing happened yet."""
    set_up_history(database_url)
    set_up(database_url)
    return database_url


@pytest.fixture
def history(dsn: str) -> Iterator[History]:
    """Its history."""
    history = History(dsn, master_key=MASTER_KEY)
    yield history
    history.close()


@pytest.fixture
def database(dsn: str) -> Iterator[psycopg.Connection]:
    """A plain connection of the owner, for a look behind the read models."""
    with psycopg.connect(as_owner(dsn), autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        yield connection


@pytest.fixture
def read_models(dsn: str) -> Iterator[ReadModels]:
    """The read models in it."""
    read_models = ReadModels(dsn, pool_size=2)
    yield read_models
    read_models.close()


class Clock:
    """A clock that a test may set."""

    def __init__(self, moment: datetime = MONDAY) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    """Monday morning, until a test sets it."""
    return Clock()


@pytest.fixture
def walk(history: History, clock: Clock) -> Walk:
    """Somebody who gives commands, after an authority, a school, a provider and a child were set up."""
    walk = Walk(Casework(history, clock))
    walk.set_up()
    return walk


@contextmanager
def followed(dsn: str, history: History, page: int = 500) -> Iterator[Following]:
    """Somebody follows in a thread of their own."""
    following, stop = Following(dsn, history, page=page), threading.Event()
    thread = threading.Thread(target=following.run, args=[stop])
    thread.start()
    try:
        yield following
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


@pytest.fixture
def caught_up(dsn: str, history: History, read_models: ReadModels) -> Callable[[], None]:
    """Let somebody follow until the read models have everything, and prove that they are what a rebuild gives."""

    def catch_up() -> None:
        with followed(dsn, history):
            assert read_models.wait_for(history.head(), PATIENCE)
        assert differences(history, dsn) == []

    return catch_up


@pytest.fixture
def filling(history: History) -> Filling:
    """Writes records straight into the history."""
    return Filling(history)
