"""The database that a command works on: one it was given, or the private one, run for as long as it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from service.plain_error import PlainError
from service.postgres_binaries import OLDEST
from service.postgres_cluster import SERVICE
from service.private_postgres import PrivatePostgres, version_of_data
from service.settings import Settings


@contextmanager
def running_database(settings: Settings, *, may_be_new: bool = False) -> Iterator[Settings]:
    """The same settings, with a `database_url` that answers; `may_be_new` makes a private one where there is none. Raises PlainError."""
    if settings.database_url is not None:
        check_database(settings.database_url)
        yield settings
        return
    if not may_be_new and version_of_data(settings.data) is None:
        # Somebody forgot to name the folder: a second, empty database would only puzzle them.
        raise PlainError(
            f"There is no database in {settings.data} yet: start with `placements serve`, or name the folder that has one in "
            "PLACEMENTS_DATA."
        )
    server = PrivatePostgres(settings.data, binaries=settings.pg_bin)
    with server.running():
        yield settings.changed(**private_addresses(server))


def private_addresses(server: PrivatePostgres) -> dict[str, Any]:
    """The settings that name a private database: for the service's own role, and for the owner."""
    return {
        "database_url": server.dsn(user=SERVICE),
        "owner_url": server.dsn(),
        "private_database": True,
    }


def check_database(url: str) -> None:
    """Connect once, so that what is wrong is said plainly and at the start."""
    import psycopg

    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
    except psycopg.ProgrammingError:
        # Its own message would repeat what it was given, password included.
        raise PlainError(
            "The database address cannot be read: it looks like postgresql://user@host/name."
        ) from None
    except psycopg.Error as error:
        raise PlainError(f"The database cannot be reached: {first_line(str(error))}.") from None
    if version < OLDEST:
        raise PlainError(f"The database server is PostgreSQL {version}, and {OLDEST} or newer is needed.")


def first_line(message: str) -> str:
    """The first line of a message of several."""
    return message.strip().partition("\n")[0].rstrip(".")
