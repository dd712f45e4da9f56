"""How the event library is joined to a database that is named by one connection string."""

from __future__ import annotations

import psycopg
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict

from history.recorder import HistoryRecorder
from history.silence import Listened

DSN = "HISTORY_DSN"
PATIENCE = "HISTORY_PATIENCE"
PROCEDURE = (
    "history.append(uuid[],bigint[],text[],bytea[],uuid[],bigint[],bigint[],"
    "text[],text[],text[],bytea[],uuid[],bigint[],jsonb[],bigint[],bigint,jsonb)"
)
SECONDS_TO_CONNECT = 5
LEAST_OPEN = 2


class NotReady(Exception):
    """The database cannot be used as it is: the words say why, and what to do."""


class HistoryFactory(PostgresFactory):
    """Makes the library's parts for the schema `history`."""

    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        # The library knows five words of a connection string. Ours may say more, about TLS for one, or less,
        # so the pool is given the whole of it instead.
        pool = self.datastore.pool
        pool.conninfo = env[DSN]
        pool.connection_class = Listened
        pool.kwargs = {
            "connect_timeout": SECONDS_TO_CONNECT,
            "row_factory": pool.kwargs["row_factory"],  # type: ignore[index]
            # The append procedure must see what was committed while it waited for its turn.
            "options": " ".join([_options(env[DSN]), "-c default_transaction_isolation=read\\ committed"]),
        }
        pool.timeout = float(env[PATIENCE])
        # Ask again every second while the database is away, rather than ever more rarely.
        pool.reconnect_timeout = 1.0

    def application_recorder(self) -> HistoryRecorder:
        """The recorder of the one table of events."""
        return HistoryRecorder(self.datastore)


def environment(dsn: str, pool_size: int, patience: float) -> dict[str, str]:
    """What the library reads its settings from."""
    parts = conninfo_to_dict(dsn)
    least = min(LEAST_OPEN, pool_size)
    return {
        "PERSISTENCE_MODULE": "history.connecting:HistoryFactory",
        "POSTGRES_DBNAME": str(parts.get("dbname", "")),
        "POSTGRES_HOST": str(parts.get("host", "")),
        "POSTGRES_PORT": str(parts.get("port", "")),
        "POSTGRES_USER": str(parts.get("user", "")),
        "POSTGRES_PASSWORD": "",
        "POSTGRES_SCHEMA": "history",
        "POSTGRES_POOL_SIZE": str(least),
        "POSTGRES_MAX_OVERFLOW": str(pool_size - least),
        "CREATE_TABLE": "n",
        DSN: dsn,
        PATIENCE: str(patience),
    }


def check_ready(dsn: str) -> None:
    """Find out with a plain connection what is wrong: a pool can only say that it waited too long.

    Raises NotReady.
    """
    try:
        with psycopg.connect(dsn, connect_timeout=SECONDS_TO_CONNECT) as database:
            found = database.execute("SELECT to_regprocedure(%s)", (PROCEDURE,)).fetchone()
    except psycopg.Error as problem:
        raise NotReady(f"The database cannot be used: {problem}") from problem
    if found == (None,):
        raise NotReady(
            "The history in this database is missing, or older than this program: run the set-up command first."
        )


def _options(dsn: str) -> str:
    return str(conninfo_to_dict(dsn).get("options") or "")
