"""A fresh database for each test that needs one, copied in milliseconds from one prepared once a run."""

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from service.postgres_cluster import SERVICE, USER
from service.private_postgres import PrivatePostgres
from service.settings import Settings

PREPARED = "prepared"
# Any number will do; every test process must use the same.
ONE_AT_A_TIME = 4_115_001


def as_owner(dsn: str) -> str:
    """The same database under the role that owns the history: for a test that does behind its back what nobody should."""
    return make_conninfo(dsn, user=USER)


class TestPostgres:
    """One throw-away server for all test processes of a run. It forgets everything when the machine stops."""

    __test__ = False

    def __init__(self, home: Path) -> None:
        self.server = PrivatePostgres(home, durable=False)
        self.numbers = itertools.count(1)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the server, which the processes share; the last one stops it."""
        with (
            self.server.running(),
            psycopg.connect(self.server.dsn("postgres"), autocommit=True) as connection,
        ):
            self.connection = connection
            yield

    def make_template(self) -> None:
        """Prepare the database that the tests' own are copies of, unless another process has done it."""
        from service.wiring import prepare_database

        self.connection.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        try:
            if not self.exists(PREPARED):
                self.execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", "unprepared")
                self.execute("CREATE DATABASE {}", "unprepared")
                prepare_database(
                    Settings(
                        database_url=self.server.dsn("unprepared", user=SERVICE),
                        owner_url=self.server.dsn("unprepared"),
                        private_database=True,
                        data=self.server.home,
                    )
                )
                self.execute("ALTER DATABASE {} RENAME TO {}", "unprepared", PREPARED)
        finally:
            self.connection.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])

    def exists(self, database: str) -> bool:
        """Whether there is a database of this name."""
        found = self.connection.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        return found.fetchone() is not None

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """The DSN of a new database under the service's own role, as in production.

        The database is gone afterwards even if somebody is still connected.
        """
        name = f"test_{os.getpid()}_{next(self.numbers)}"
        self.execute("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        # A right to the database itself is not copied with it.
        self.execute("GRANT CREATE ON DATABASE {} TO {}", name, SERVICE)
        try:
            yield self.server.dsn(name, user=SERVICE)
        finally:
            self.execute("DROP DATABASE {} WITH (FORCE)", name)

    def execute(self, statement: LiteralString, *names: str) -> None:
        """Run a statement about databases of these names."""
        self.connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
