"""An out-tray: what one writer decides, command after command, lies there until all of it is posted to the history at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar
from uuid import UUID

from domain.events import Event
from domain.reasons import ChangedMeanwhile
from domain.record import Record
from history.receipts import Receipt
from history.store import Saved
from workflows.casework import Store

R = TypeVar("R", bound=Record)

MOST = 2_000
"""Records kept at a time, so that memory stays the same however much is written."""


class Handed(NamedTuple):
    """A record that was handed out, with the version at which it was."""

    record: Record
    version: int


class Overtaken(Exception):
    """Someone else changed a record meanwhile. Nothing of the tray was stored, and it is empty: decide all of it anew."""


class OutTray:
    """A history for one thread that writes much. It keeps the records in use, and stores nothing until `post`.

    It is as safe as the history itself, which compares versions: if someone else changed a record meanwhile, nothing of the
    tray is stored, and what was decided must be decided anew. Until it is posted nothing is acknowledged: the position that
    a command answers with is that of the last post.
    """

    def __init__(self, history: Store, most: int = MOST) -> None:
        self.history, self.most = history, most
        self.position = 0
        self.forget()

    def forget(self) -> None:
        """Throw away what was not posted, and everything that was kept."""
        self._kept: OrderedDict[UUID, Record] = OrderedDict()
        self._out: dict[UUID, Handed] = {}
        self._absent: set[UUID] = set()
        self._waiting: list[Event] = []
        self._read: dict[UUID, int] = {}

    def find(self, kind: type[R], id: UUID) -> R | None:
        """A record, or none."""
        return self.get_many({id: kind}).get(id)  # type: ignore[return-value]

    def get_many(self, kinds: Mapping[UUID, type[Record]]) -> dict[UUID, Record]:
        """Those of the records that there are."""
        if any(id in self._out for id in kinds):
            self._take_back()
        found = {id: record for id in kinds if (record := self._kept.pop(id, None)) is not None}
        missing = {id: kind for id, kind in kinds.items() if id not in found and id not in self._absent}
        if missing:
            found |= self.history.get_many(missing)
        self._out |= {id: Handed(record, record.version) for id, record in found.items()}
        # In the order in which the history gives them: the events of a decision follow it.
        return {id: found[id] for id in sorted(found) if isinstance(found[id], kinds[id])}

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        """Those that were posted."""
        return self.history.records_about(kind, person)

    def peek(self, kind: type[R], id: UUID) -> R | None:
        """A record as it stands with what is in the tray, to look at and not to decide on."""
        if id in self._out:
            self._take_back()
        if id not in self._kept:
            self.look_ahead({id: kind})
        record = self._kept.get(id)
        if record is not None:
            self._kept.move_to_end(id)
        return record if isinstance(record, kind) else None

    def look_ahead(self, kinds: Mapping[UUID, type[Record]]) -> None:
        """Load the records of many commands to come in one query, and note which there are not."""
        known = self._kept.keys() | self._out.keys() | self._absent
        unknown = {id: kind for id, kind in kinds.items() if id not in known}
        found = self.history.get_many(unknown) if unknown else {}
        self._absent |= unknown.keys() - found.keys()
        self._keep(found.values())

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved:
        """Put what the records remember into the tray. Raises TypeError for a receipt: it belongs to a post."""
        if receipt is not None:
            raise TypeError("a command in an out-tray has no key of its own")
        changed = {event.originator_id for event in self._waiting}
        self._read |= {id: version for id, version in (read or {}).items() if id not in changed}
        for record in records:
            self._waiting += record.collect_events()
            self._absent.discard(record.id)
            self._out.pop(record.id, None)
        self._keep(records)
        self._keep(self._out.pop(id).record for id in read or {} if id in self._out)
        self._take_back()
        return Saved(self.position, self.position + 1)

    def post(self, receipt: Receipt | None = None) -> int:
        """Store what waits, in the order in which it was decided, and say how far the history has reached.

        Raises Overtaken; and AlreadyDone and KeyReused, as the history does.
        """
        waiting, read, self._waiting, self._read = self._waiting, self._read, [], {}
        if waiting or receipt:
            try:
                saved = self.history.save(*map(_Waiting, waiting), read=read, receipt=receipt)
            except ChangedMeanwhile as changed:
                self.forget()
                raise Overtaken from changed
            except BaseException:
                self.forget()
                raise
            self.position = saved.position
        self._absent.clear()
        # Not before: what waits in the tray is in no other place.
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)
        return self.position

    def head(self) -> int:
        """How far the history has come, without what waits in the tray: no screen has shown that."""
        return self.history.head()

    def fingerprint(self, asked: bytes) -> bytes:
        """As the history keeps it."""
        return self.history.fingerprint(asked)

    def receipt(self, actor: str, key: str) -> Receipt | None:
        """The receipt of what was posted under a key."""
        return self.history.receipt(actor, key)

    def _take_back(self) -> None:
        """What was handed out to a decision that came to nothing may bear its marks: tell it anew as it was before."""
        out, self._out = self._out, {}
        told = (type(record).replay(record.events[:version]) for record, version in out.values())
        self._keep(record for record in told if record is not None)

    def _keep(self, records: Iterable[Record]) -> None:
        for record in records:
            self._kept[record.id] = record
            self._kept.move_to_end(record.id)


class _Waiting(Record):
    """One event on its way: the history stores events in the order in which it is given their records."""

    def __init__(self, event: Event) -> None:
        super().__init__(event.originator_id)
        self.version, self.pending = event.originator_version, [event]
