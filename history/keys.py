"""The keys that seal personal words: one for each person and category, wrapped by a master key."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.postgres import PostgresDatastore
from psycopg import Connection
from psycopg.rows import tuple_row

from history.patience import patiently

LIFE = 60.0
"""Seconds for which a process remembers a key; so long may erasure take to reach all of them."""
MOST = 10_000
"""Keys remembered at a time."""
NONCE = 12

FIND = "SELECT id, subject, category, wrapped, master FROM history.keys WHERE subject = %s AND category = %s"
FIND_ALL = "SELECT id, subject, category, wrapped, master FROM history.keys WHERE id = ANY(%s)"
CREATE = """
    INSERT INTO history.keys (subject, category, wrapped, master) VALUES (%s, %s, %s, %s)
    ON CONFLICT (subject, category) DO NOTHING
    RETURNING id, subject, category, wrapped, master
"""
FORGET = """
    DELETE FROM history.keys WHERE subject = %(subject)s AND category = coalesce(%(category)s::text, category)
    RETURNING id
"""
NEWEST = "SELECT id, subject, category, wrapped, master FROM history.keys ORDER BY id DESC LIMIT 1"

Row = tuple[int, UUID, str, bytes, str]


class WrongMasterKey(Exception):
    """The keys in this database were wrapped by another master key than the one given."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key ready for use."""

    id: int
    cipher: AESGCM


class Keys:
    """Hands out keys, makes new ones, and forgets. Many threads may share it."""

    def __init__(self, datastore: PostgresDatastore, master_key: bytes, life: float = LIFE) -> None:
        """Raises ValueError unless the master key has 32 bytes."""
        if len(master_key) != 32:
            raise ValueError("the master key must have 32 bytes")
        self.datastore = datastore
        self.life = life
        self._master = AESGCM(master_key)
        # Says which master key it was without telling anything about it; a later one can live beside it.
        self.master_id = hashlib.sha256(b"placements master key\0" + master_key).hexdigest()[:16]
        self._sealing: dict[tuple[UUID, str], tuple[float, Key]] = {}
        self._opening: dict[int, tuple[float, AESGCM | None]] = {}

    def for_sealing(self, subject: UUID, category: str) -> Key:
        """The key for a person's words of a category; made, in its own transaction, when there is none."""
        found = self._sealing.get((subject, category))
        if found and found[0] > time.monotonic():
            return found[1]
        key = self._ready(
            patiently(self.datastore, lambda connection: self._find_or_create(connection, subject, category))
        )
        _remember(self._sealing, (subject, category), (time.monotonic() + self.life, key))
        return key

    def for_opening(self, ids: Collection[int]) -> dict[int, AESGCM]:
        """Those of the keys that still exist, found in one query."""
        now = time.monotonic()
        known = {id: found for id in ids if (found := self._opening.get(id)) and found[0] > now}
        missing = [id for id in ids if id not in known]
        if missing:
            rows = patiently(self.datastore, lambda connection: _rows(connection, FIND_ALL, (missing,)))
            ciphers = {row[0]: self._ready(row).cipher for row in rows}
            for id in missing:
                known[id] = (now + self.life, ciphers.get(id))
                _remember(self._opening, id, known[id])
        return {id: cipher for id, (_, cipher) in known.items() if cipher}

    def forget(self, subject: UUID, category: str | None = None) -> int:
        """Destroy a person's key of one category, or all of them, and say how many.

        Other processes follow within a minute.
        """
        gone = patiently(
            self.datastore,
            lambda connection: _rows(connection, FORGET, {"subject": subject, "category": category}),
        )
        self.let_go()
        return len(gone)

    def let_go(self) -> None:
        """Remember nothing, and ask the database again."""
        self._sealing.clear()
        self._opening.clear()

    def check(self) -> None:
        """Raises WrongMasterKey when the newest key in the database cannot be unwrapped."""
        for row in patiently(self.datastore, lambda connection: _rows(connection, NEWEST, ())):
            self._ready(row)

    def _find_or_create(self, connection: Connection[Any], subject: UUID, category: str) -> Row:
        while True:
            rows = _rows(connection, FIND, (subject, category))
            if not rows:
                wrapped = self._wrap(AESGCM.generate_key(256), subject, category)
                rows = _rows(connection, CREATE, (subject, category, wrapped, self.master_id))
            # Nothing was made when another writer was quicker: then theirs is the key.
            if rows:
                row: Row = rows[0]
                return row

    def _wrap(self, key: bytes, subject: UUID, category: str) -> bytes:
        nonce = os.urandom(NONCE)
        return nonce + self._master.encrypt(nonce, key, subject.bytes + category.encode())

    def _ready(self, row: Row) -> Key:
        id, subject, category, wrapped, master = row
        if master != self.master_id:
            raise WrongMasterKey(f"key {id} was wrapped by the master key {master}, not by {self.master_id}")
        try:
            key = self._master.decrypt(wrapped[:NONCE], wrapped[NONCE:], subject.bytes + category.encode())
        except InvalidTag as problem:
            raise WrongMasterKey(f"key {id} does not belong to its row") from problem
        return Key(id, AESGCM(key))


def _rows(connection: Connection[Any], statement: Any, parameters: Any) -> list[Any]:
    with connection.cursor(row_factory=tuple_row, binary=True) as cursor:
        return cursor.execute(statement, parameters, prepare=True).fetchall()


def _remember(memory: dict[Any, Any], name: Hashable, found: object) -> None:
    if len(memory) >= MOST:
        memory.clear()
    memory[name] = found
