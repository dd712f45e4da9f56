"""Which tables the register keeps, and what is hashed of a row."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import LiteralString, NamedTuple

BEFORE_ALL = -1
"""The place before the first row of any table."""
NOTHING = bytes(32)
"""The chain before the first row."""


class Row(NamedTuple):
    """A row as it lies in the database: its place in the order of its table, and its columns as text."""

    place: int
    text: str

    def hash(self) -> bytes:
        """What the register keeps of it."""
        return sha256(self.text.encode()).digest()


@dataclass(frozen=True, slots=True)
class Kept:
    """A table to which rows are only added, in an order that a column has."""

    name: LiteralString
    place: LiteralString
    """The column: rows become visible in its order."""
    columns: LiteralString
    """All columns, in a form that no setting of a session changes."""

    @property
    def rows(self) -> LiteralString:
        """The query for the next rows."""
        return f"""
            SELECT {self.place}, jsonb_build_array({self.columns})::text FROM history.{self.name}
            WHERE {self.place} > %(after)s AND {self.place} <= %(last)s ORDER BY {self.place} LIMIT %(limit)s
        """  # noqa: S608 - all of it is written in this file


KEPT: tuple[Kept, ...] = (
    Kept(
        "receipts",
        "nth",
        "nth, actor, key, command, encode(body_sha256, 'hex'), position, record_id, record_version, answer,"
        " extract(epoch FROM recorded_at)",
    ),
    Kept(
        "ledger_checkpoints",
        "size",
        "size, extends, encode(tail, 'hex'), note, extract(epoch FROM sealed_at)",
    ),
    # Erasures take the turn of an append, so their numbers rise in the order in which they become visible.
    Kept(
        "erasures",
        "nth",
        "nth, child, approval, to_jsonb(categories), to_jsonb(keys), extract(epoch FROM carried_out_at)",
    ),
    # One process at a time gives checkpoints to witnesses.
    Kept("witnessed", "nth", "nth, witness, size, answer, extract(epoch FROM witnessed_at)"),
)
"""Every such table but those of the events and their hashes, which the ledger proves."""


def chained(chain: bytes, hashes: bytes) -> bytes:
    """The chain after these rows: each link hashes the one before it and the row's hash."""
    for at in range(0, len(hashes), 32):
        chain = sha256(chain + hashes[at : at + 32]).digest()
    return chain
