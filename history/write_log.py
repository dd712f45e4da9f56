"""The database's own log of writes (WAL): what was erased stands in it until its files go."""

from __future__ import annotations

from typing import Literal

import psycopg

LogIs = Literal["emptied", "begun_anew", "kept"]
"""What became of the files in which erased words and keys were written: deleted; given a new name and not written over yet, so
that the words can still be read in them; or kept as they are, because the role may not do anything about it."""

MAY_NOT = (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported)


def begin_log_anew(dsn: str) -> LogIs:
    """Close the file of the log that is being written, and have the database let go of all before it. Raises psycopg.Error.

    It takes a role that may call `pg_switch_wal` and has `pg_checkpoint`. Whether files are deleted or used again is the server's
    setting `wal_recycle`.
    """
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
        try:
            connection.execute("SELECT pg_switch_wal()")
            connection.execute("CHECKPOINT")
        except MAY_NOT:
            return "kept"
        recycles = connection.execute("SHOW wal_recycle").fetchone() == ("on",)
        archives = connection.execute("SHOW archive_mode").fetchone() != ("off",)
        kept_back = connection.execute("SELECT FROM pg_replication_slots LIMIT 1").fetchone() is not None
    return "begun_anew" if recycles or archives or kept_back else "emptied"
