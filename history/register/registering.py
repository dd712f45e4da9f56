"""Takes the next rows of the tables into the register, a few seconds after they were written."""

from __future__ import annotations

from typing import Any

import psycopg

from history.ledger.notes import Signer
from history.register.kept import BEFORE_ALL, KEPT, NOTHING, Kept, Row, chained
from history.register.statement import Statement, read_statement

PAGE = 4_096
"""Rows in one row of the register, at most."""
NEWEST = "SELECT note FROM history.register WHERE of_table = %s ORDER BY last DESC LIMIT 1"
ADD = """
    INSERT INTO history.register (of_table, last, after, places, hashes, note) VALUES (%s, %s, %s, %s, %b, %s)
"""


class Registrar:
    """What the one who seals does beside that, on the same connection."""

    def __init__(self, connection: psycopg.Connection[Any], signer: Signer) -> None:
        """Goes on where the register ends. Raises NotSigned where its newest rows cannot be read."""
        self._connection, self._signer = connection, signer
        self._reached = {kept.name: self._newest(kept) for kept in KEPT}

    def step(self) -> int:
        """Take in what is new, and say how many rows. After an error, a new registrar is needed. Raises psycopg.Error."""
        return sum(self._take_in(kept) for kept in KEPT)

    def _newest(self, kept: Kept) -> Statement:
        found = self._connection.execute(NEWEST, [kept.name]).fetchone()
        return read_statement(found[0]) if found else Statement(kept.name, BEFORE_ALL, 0, NOTHING)

    def _take_in(self, kept: Kept) -> int:
        before = self._reached[kept.name]
        asked = {"after": before.last, "last": 2**63 - 1, "limit": PAGE}
        rows = [Row(*row) for row in self._connection.execute(kept.rows, asked)]
        if not rows:
            return 0
        hashes = b"".join([row.hash() for row in rows])
        now = Statement(kept.name, rows[-1].place, before.rows + len(rows), chained(before.chain, hashes))
        with self._connection.transaction():
            self._connection.execute("SET LOCAL synchronous_commit = on")
            # What it speaks of lies before it in the same log: no crash spares this and takes those.
            self._connection.execute(
                ADD,
                (
                    kept.name,
                    now.last,
                    before.last,
                    [row.place for row in rows],
                    hashes,
                    now.signed_by(self._signer),
                ),
            )
        self._reached[kept.name] = now
        return len(rows)
