"""What was erased goes from the database's log of writes as well, where the role may see to it; else it is said."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from history.write_log import begin_log_anew
from service.postgres_cluster import SERVICE
from service.private_postgres import PrivatePostgres

WORD = "canary-in-the-log-of-writes"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivatePostgres]:
    """A private server in whose log a word stands that was deleted since."""
    server = PrivatePostgres(tmp_path_factory.mktemp("private") / "data", durable=False)
    with server.running() as dsn:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("CREATE TABLE words AS SELECT %s::text AS word", [WORD])
            connection.execute("DELETE FROM words")
            connection.execute("VACUUM (FULL) words")
        yield server


def in_the_log(server: PrivatePostgres) -> bool:
    """Whether the word can be read in any file of the log."""
    files = (path for path in (server.cluster.data / "pg_wal").iterdir() if path.is_file())
    return any(WORD.encode() in path.read_bytes() for path in files)


def test_the_services_own_role_may_not_and_it_is_said(server: PrivatePostgres) -> None:
    assert in_the_log(server)
    assert begin_log_anew(server.dsn(user=SERVICE)) == "kept"
    assert in_the_log(server)


def test_a_server_that_uses_its_files_again_is_not_said_to_have_deleted_them(server: PrivatePostgres) -> None:
    recycling = make_conninfo(server.dsn(), options="-c wal_recycle=on")
    assert begin_log_anew(recycling) == "begun_anew"


def test_the_owner_of_a_private_database_empties_it(server: PrivatePostgres) -> None:
    assert begin_log_anew(server.dsn()) == "emptied"
    assert not in_the_log(server)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute("GRANT pg_checkpoint TO placements_service")
        connection.execute("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO placements_service")
    assert begin_log_anew(server.dsn(user=SERVICE)) == "emptied"
