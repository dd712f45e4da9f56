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

from history.patience import rows

LIFE = 60.0
"""Seconds for which a process remembers a key; so long may erasure take to reach all of them."""
MOST = 10_000
"""Keys remembered at a time."""
NONCE = 12

FIND = """
    SELECT id, subject, category, wrapped, master FROM history.keys
    WHERE subject = %(subject)s AND category = %(category)s
"""
FIND_ALL = "SELECT id, subject, category, wrapped, master FROM history.keys WHERE id = ANY(%(ids)s)"
CREATE = """
    INSERT INTO history.keys (subject, category, wrapped, master)
    VALUES (%(subject)s, %(category)s, %(wrapped)s, %(master)s)
    ON CONFLICT (subject, category) DO NOTHING
    RETURNING id, subject, category, wrapped, master
"""
FORGET = "SELECT history.destroy_keys(%(subject)s, %(category)s::text)"
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
        key = self._ready(self._find_or_create(subject, category))
        _remember(self._sealing, (subject, category), (time.monotonic() + self.life, key))
        return key

    def for_opening(self, ids: Collection[int]) -> dict[int, AESGCM]:
        """Those of the keys that still exist, found in one query."""
        now = time.monotonic()
        known = {id: kept for id in ids if (kept := self._opening.get(id)) and kept[0] > now}
        missing = [id for id in ids if id not in known]
        if missing:
            found = rows(self.datastore, FIND_ALL, {"ids": missing})
            ciphers = {row[0]: self._ready(row).cipher for row in found}
            for id in missing:
                known[id] = (now + self.life, ciphers.get(id))
                _remember(self._opening, id, known[id])
        return {id: cipher for id, (_, cipher) in known.items() if cipher}

    def forget(self, subject: UUID, category: str | None = None) -> int:
        """Destroy a person's key of one category, or all of them, and say how many.

        Other processes follow within a minute.
        """
        gone = rows(self.datastore, FORGET, {"subject": subject, "category": category})
        self.let_go()
        return len(gone)

    def let_go(self) -> None:
        """Remember nothing, and ask the database again."""
        self._sealing.clear()
        self._opening.clear()

    def check(self) -> None:
        """Raises WrongMasterKey when the newest key in the database cannot be unwrapped."""
        for row in rows(self.datastore, NEWEST, {}):
            self._ready(row)

    def _find_or_create(self, subject: UUID, category: str) -> Row:
        wanted: dict[str, Any] = {"subject": subject, "category": category, "master": self.master_id}
        found: list[Row] = rows(self.datastore, FIND, wanted)
        # Nothing is made when another writer is quicker: then theirs is the key.
        while not found:
            wanted["wrapped"] = self._wrap(AESGCM.generate_key(256), subject, category)
            found = rows(self.datastore, CREATE, wanted) or rows(self.datastore, FIND, wanted)
        return found[0]

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


def _remember(memory: dict[Any, Any], name: Hashable, found: object) -> None:
    if len(memory) >= MOST:
        memory.clear()
    memory[name] = found
