"""Proof that a command was carried out, so that who did not hear the answer may ask again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import args_row

FIND = """
    SELECT actor, key, command, body_sha256, record_id, record_version, answer, position
    FROM history.receipts WHERE actor = %s AND key = %s
"""
SETTLE = "SELECT history.settle()"
"""Waits until everything that can be seen is on disk."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was asked, by whom, and what came of it. Kept for ever, in the clear: no personal words in it."""

    actor: str
    """Who asked: a person or a named part of the service; or a trigger, whose keys are its causes."""
    key: str
    """The name that the actor gave to this one request."""
    command: str
    body_sha256: bytes
    """The fingerprint of what was asked, 32 bytes: `history.fingerprints`. In rows of early editions it is the bare SHA-256."""
    record_id: UUID | None = None
    """The record that the answer is about."""
    record_version: int | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    position: int = 0
    """How far the history reached with it. Filled in when it is stored."""

    def is_for(self, command: str, asked: bytes, fingerprint: Callable[[bytes], bytes]) -> bool:
        """Whether it is the receipt of this very request."""
        if command != self.command:
            return False
        return self.body_sha256 in (fingerprint(asked), sha256(asked).digest())


class AlreadyDone(Exception):
    """The same command was carried out before, under the same key. Its receipt holds the answer."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        super().__init__("the command was already carried out")


class KeyReused(Exception):
    """The key was used before, for something else."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        super().__init__("the key was used for another command")


def find_receipt(connection: Connection[Any], actor: str, key: str) -> Receipt | None:
    """A receipt that is on disk: to show it is to acknowledge the command."""
    with connection.cursor(row_factory=args_row(Receipt), binary=True) as cursor:
        found = cursor.execute(FIND, (actor, key), prepare=True).fetchone()
    if found:
        connection.execute(SETTLE)
    return found
