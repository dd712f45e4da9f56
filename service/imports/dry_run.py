"""A history that keeps nothing: an import on it says what it would do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from domain.events import Event
from domain.organisation_events import OrganisationFounded
from domain.record import Record
from history.receipts import Receipt
from history.store import Saved
from workflows.casework import Store

R = TypeVar("R", bound=Record)


MOST = 5_000
"""Records that are remembered; organisations, which all rows refer to, are always."""


class DryRun:
    """Reads from the real history, and remembers for a while what would have been written, so that later rows see it."""

    def __init__(self, history: Store) -> None:
        self.history = history
        self.would_be: dict[UUID, list[Event]] = {}

    def find(self, kind: type[R], id: UUID) -> R | None:
        """A record as it would be."""
        return self.get_many({id: kind}).get(id)  # type: ignore[return-value]

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]:
        """Records as they would be."""
        found = self.history.get_many(kinds)
        for id, kind in kinds.items():
            new = self.would_be.get(id)
            if new:
                before = found[id].events if id in found else []
                told = kind.replay([*before, *new])
                if told is not None:
                    found[id] = told
        return found

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved:
        """Write nothing down."""
        for record in records:
            self.would_be.setdefault(record.id, []).extend(record.collect_events())
        if len(self.would_be) > MOST:
            organisations = {i: e for i, e in self.would_be.items() if isinstance(e[0], OrganisationFounded)}
            self.would_be = organisations | dict(list(self.would_be.items())[-MOST // 2 :])
        return Saved(0, 1)

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """Those that there really are."""
        return self.history.records_about(kind, person)

    def head(self) -> int:
        """How far the history has really come."""
        return self.history.head()

    def fingerprint(self, asked: bytes) -> bytes:
        """As it would be kept."""
        return self.history.fingerprint(asked)

    def receipt(self, actor: str, key: str) -> Receipt | None:
        """The receipt of what was really done."""
        return self.history.receipt(actor, key)
