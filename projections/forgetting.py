"""When words are erased, the read models that show them forget them too, and so does whoever keeps them in step."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import psycopg

from history.store import History
from projections.table import Table
from projections.tables import TABLES, teller_for
from projections.writing import Writer

# Whoever follows looks at this number under the same lock, before it writes anything.
MARK = "UPDATE positions SET forgotten = forgotten + 1 RETURNING name, position, shape"


def forget(history: History, dsn: str, records: Sequence[UUID], tables: Sequence[Table] = TABLES) -> None:
    """Make the rows of these records anew, after a key of theirs was destroyed: for a child, the child's own record.

    Raises psycopg.Error and Unavailable.
    """
    history.keys.let_go()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        with connection.transaction():
            found = {name: (position, shape) for name, position, shape in connection.execute(MARK)}
            built = [table for table in tables if found.get(table.name, (0, ""))[1] == table.shape]
            if built:
                position = min(found[table.name][0] for table in built)
                Writer(connection, built).write_or_park(teller_for(history, built).load(records, position))
