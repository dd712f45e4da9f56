"""Keys destroyed behind the service's back, for tests of what is left: the service itself needs an approved erasure."""

from __future__ import annotations

from uuid import UUID

import psycopg

from history.store import History
from tests.support.postgres import as_owner

DESTROY = "DELETE FROM history.keys WHERE subject = %s AND category = coalesce(%s::text, category)"


def destroy_keys(history: History, subject: UUID, category: str | None = None) -> int:
    """Destroy a person's key of one category, or all of them, and say how many there were."""
    with psycopg.connect(as_owner(str(history.datastore.pool.conninfo)), autocommit=True) as database:
        gone = database.execute(DESTROY, (subject, category)).rowcount
    history.keys.let_go()
    return gone
