"""Records kept in memory, for one writer who comes back to the same ones command after command."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from domain.record import Record
from history.receipts import Receipt
from history.store import Saved
from workflows.casework import Store

R = TypeVar("R", bound=Record)

MOST = 2_000
"""Records kept at a time, so that memory stays the same however much is written."""


class KeptRecords:
    """A history that does not load a record again which it has just saved. For one thread.

    It is as safe as the history itself: what was kept too long is found out when it is saved, because the history
    compares versions, and the decision is then taken anew on records that are read afresh.
    """

    def __init__(self, history: Store, most: int = MOST) -> None:
        self.history, self.most = history, most
        self._kept: OrderedDict[UUID, Record] = OrderedDict()
        self._out: dict[UUID, Record] = {}

    def find(self, kind: type[R], id: UUID) -> R | None:
        """A record, or none."""
        record = self._taken(kind, id) or self.history.find(kind, id)
        if record is not None:
            self._out[id] = record
        return record

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]:
        """Those of the records that there are."""
        found = {id: record for id, kind in kinds.items() if (record := self._taken(kind, id)) is not None}
        missing = {id: kind for id, kind in kinds.items() if id not in found}
        if missing:
            found |= self.history.get_many(missing)
        self._out |= found
        return found

    def look_ahead(self, kinds: dict[UUID, type[Record]]) -> None:
        """Load the records of many commands to come in one query."""
        self._keep(self.history.get_many({id: kind for id, kind in kinds.items() if id not in self._kept}))

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved:
        """Save, and keep what was saved or only read."""
        out, self._out = self._out, {}
        saved = self.history.save(*records, read=read, receipt=receipt)
        as_read = {
            id: out[id] for id, version in (read or {}).items() if id in out and _clean(out[id], version)
        }
        self._keep(as_read | {record.id: record for record in records})
        return saved

    def receipt(self, actor: str, key: str) -> Receipt | None:
        """The receipt of a command that was carried out, if it was."""
        return self.history.receipt(actor, key)

    def _taken(self, kind: type[R], id: UUID) -> R | None:
        # A record that is out still belongs to a decision that came to nothing and may have left its marks on it.
        record = self._kept.pop(id, None)
        return record if isinstance(record, kind) else None

    def _keep(self, records: Mapping[UUID, Record]) -> None:
        for id, record in records.items():
            self._kept[id] = record
            self._kept.move_to_end(id)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)


def _clean(record: Record, version: int) -> bool:
    return record.version == version and not record.pending
