"""Proof that a command was carried out. A client that did not hear the answer asks again with the same key, and hears it then."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was asked, by whom, and what came of it. It is kept for ever and in the clear: no personal words in the answer."""

    actor: str
    """Who asked: a person or a named part of the service; or a trigger, whose keys are its causes."""
    key: str
    """The name that the actor gave to this one request."""
    command: str
    body_sha256: bytes
    """SHA-256 of what was asked, 32 bytes."""
    record_id: UUID | None = None
    """The record that the answer is about."""
    record_version: int | None = None
    answer: dict[str, Any] = field(default_factory=dict)
    position: int = 0
    """How far the history reached with it. Filled in when it is stored."""


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
