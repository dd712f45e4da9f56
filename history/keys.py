"""The keys that seal personal words: one for each person and category, each wrapped by a master key."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.postgres import PostgresDatastore

from history.master_keys import MasterKeys, Wrapped, WrongMasterKey
from history.patience import rows

__all__ = ["Key", "Keys", "WrongMasterKey"]

LIFE = 60.0
"""Seconds for which a key is remembered by a process that hears at once of every erasure."""
UNWATCHED = 1.0
"""The same in a process that does not listen, or whose line is cut: so long may erasure take to reach it."""
MOST = 10_000
"""Keys remembered at a time."""

FIND_ALL = "SELECT id, subject, category, wrapped, master FROM history.keys WHERE id = ANY(%(ids)s)"
FIND_OR_MAKE = """
    SELECT id, subject, category, wrapped, master
    FROM history.find_or_make_keys(%(subjects)s::uuid[], %(categories)s::text[], %(wrapped)s::bytea[], %(master)s)
"""
CARRY_OUT = "SELECT history.carry_out_erasure(%(child)s, %(approval)s)"
OF_EACH_MASTER = """
    SELECT id, subject, category, wrapped, master FROM history.keys
    WHERE id IN (SELECT max(id) FROM history.keys GROUP BY master)
"""

N = TypeVar("N")
V = TypeVar("V")
Row = tuple[int, UUID, str, bytes, str]
Whose = tuple[UUID, str]
"""A person and a category."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key ready for use."""

    id: int
    cipher: AESGCM


class Keys:
    """Hands out keys, makes new ones, and destroys. Many threads may share it."""

    def __init__(self, datastore: PostgresDatastore, masters: MasterKeys, life: float = UNWATCHED) -> None:
        self.datastore, self.masters = datastore, masters
        self.life = life
        self._lock = Lock()
        self._times_let_go = 0
        self._sealing: dict[Whose, tuple[float, Key]] = {}
        self._opening: dict[int, tuple[float, AESGCM | None]] = {}

    def known(self, subject: UUID, category: str) -> Key | None:
        """The key for a person's words of a category, if this process remembers it."""
        found = self._sealing.get((subject, category))
        return found[1] if found and found[0] > time.monotonic() else None

    def for_sealing(self, wanted: Collection[Whose]) -> dict[Whose, Key]:
        """The keys for words of these persons and categories, found or made in one statement. Raises WrongMasterKey."""
        ready: dict[Whose, Key] = {}
        times = self._times_let_go
        # None may come back where one is destroyed at this very moment.
        while missing := [whose for whose in wanted if whose not in ready]:
            new = [AESGCM.generate_key(256) for _ in missing]
            master, wrapped = self.masters.wrap(new, [place_of(*whose) for whose in missing])
            asked = {
                "subjects": [subject for subject, _ in missing],
                "categories": [category for _, category in missing],
                "wrapped": wrapped,
                "master": master,
            }
            ready |= {(row[1], row[2]): self._ready(row) for row in rows(self.datastore, FIND_OR_MAKE, asked)}
        self._remember(times, self._sealing, ready)
        return ready

    def for_opening(self, ids: Collection[int]) -> dict[int, AESGCM]:
        """Those of the keys that still exist, found in one query. Raises WrongMasterKey."""
        now, times = time.monotonic(), self._times_let_go
        known = {id: kept[1] for id in ids if (kept := self._opening.get(id)) and kept[0] > now}
        missing = [id for id in ids if id not in known]
        if missing:
            found = {
                row[0]: self._ready(row).cipher for row in rows(self.datastore, FIND_ALL, {"ids": missing})
            }
            looked_up = {id: found.get(id) for id in missing}
            self._remember(times, self._opening, looked_up)
            known |= looked_up
        return {id: cipher for id, cipher in known.items() if cipher}

    def carry_out(self, child: UUID, approval: int) -> None:
        """Destroy the keys that the approved erasure at this version of the child's record names. Again, it does nothing."""
        rows(self.datastore, CARRY_OUT, {"child": child, "approval": approval})
        self.let_go()

    def let_go(self) -> None:
        """Remember nothing, and ask the database again."""
        with self._lock:
            self._times_let_go += 1
            self._sealing.clear()
            self._opening.clear()

    def check(self) -> None:
        """Raises WrongMasterKey when the newest key of some master key in the database cannot be unwrapped."""
        for row in rows(self.datastore, OF_EACH_MASTER, {}):
            self._ready(row)

    def opens(self, row: Row) -> bool:
        """Whether a row of the table of keys can be unwrapped, and belongs to its person and category."""
        try:
            self._ready(row)
        except (WrongMasterKey, ValueError):
            return False
        return True

    def _ready(self, row: Row) -> Key:
        id, subject, category, wrapped, master = row
        return Key(id, AESGCM(self.masters.unwrap(Wrapped(master, wrapped), place_of(subject, category))))

    def _remember(self, times: int, memory: dict[N, tuple[float, V]], found: dict[N, V]) -> None:
        until = time.monotonic() + self.life
        with self._lock:
            # What was read before an erasure and arrives after it must not be remembered.
            if times == self._times_let_go:
                if len(memory) + len(found) > MOST:
                    memory.clear()
                memory.update({name: (until, value) for name, value in found.items()})


def place_of(subject: UUID, category: str) -> bytes:
    """What a key is bound to: its person and category."""
    return subject.bytes + category.encode()
