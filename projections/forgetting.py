"""When words are erased, the read models that show them forget them too: in the same step in which they learn of the erasure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import LiteralString
from uuid import UUID

import psycopg
from psycopg import sql

from domain.forgetting_events import ErasureApproved
from history.reading import Reading
from projections import kept_rows
from projections.table import Table
from projections.tables import TABLES
from projections.telling import Happened, Teller, Told

# Whoever else keeps opened words, a past list or a rebuild on its way, looks at this number before it shows or writes anything.
MARK = "UPDATE positions SET forgotten = forgotten + 1"
ABOUT: LiteralString = """
    SELECT originator_id FROM history.events WHERE originator_version = 1 AND history.about_of(state) = ANY(%(children)s)
"""


def carry_out(history: Reading, page: Iterable[Happened]) -> list[UUID]:
    """Destroy the keys of every erasure that was approved in a page, should that not have been done, and name the children.

    Who approved it may have ended at that very moment. Raises Unavailable.
    """
    children = []
    for one in page:
        if isinstance(one.event, ErasureApproved):
            history.mapper.keys.carry_out(one.id, one.version)
            children.append(one.id)
    return children


def records_about(history: Reading, children: Sequence[UUID]) -> list[UUID]:
    """These children's records, and the others about them: their rows may show words that are erased. Raises Unavailable."""
    found = [id for (id,) in history.rows(ABOUT, {"children": list(children)})] if children else []
    return list(dict.fromkeys([*children, *found]))


def touched_as_well(teller: Teller, about: Sequence[UUID], touched: Sequence[Told], as_at: int) -> list[Told]:
    """Those of the records about erased children that nothing else has touched."""
    known = {told.id for told in touched}
    ids = [id for id in about if id not in known]
    return teller.load(ids, as_at) if ids else []


def write_anew(dsn: str, tables: Sequence[Table] = TABLES) -> None:
    """Write the files anew of the tables that show words: what is replaced in a table stays legible in its file for a while.

    Raises psycopg.Error, also when others use a table for longer than a moment: then ask again.
    """
    with psycopg.connect(dsn, autocommit=True, connect_timeout=5) as connection:
        connection.execute("SET lock_timeout = '2s'")
        for table in tables:
            if table.shows_words or table.borrowed:
                for name in kept_rows.names_of(table):
                    connection.execute(sql.SQL("VACUUM (FULL) read_models.{}").format(sql.Identifier(name)))
