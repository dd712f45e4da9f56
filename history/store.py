"""The face of the history: records are got from it and saved to it, and followers read it page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar, cast
from uuid import UUID

from eventsourcing.persistence import PersistenceError

from domain.events import Event, stored_name
from domain.forgetting_events import ErasureApproved
from domain.reasons import ChangedMeanwhile, NotFound
from domain.record import Record
from history.appending import ReadChanged, VersionTaken
from history.application import Records
from history.connecting import check_ready, environment
from history.fingerprints import Fingerprints
from history.master_keys import MasterKeys
from history.patience import FAREWELL, patiently
from history.reading import STREAM, STREAMS, STREAMS_AS_AT, STREAMS_FROM_HERE, Reading
from history.receipts import Receipt, find_receipt

R = TypeVar("R", bound=Record)
POOL_SIZE = 16
RECORDS_ABOUT = """
    SELECT originator_id FROM history.events
    WHERE originator_version = 1 AND history.about_of(state) = %(person)s AND topic = ANY(%(topics)s)
        AND notification_id <= coalesce(%(as_at)s::bigint, notification_id)
    ORDER BY notification_id
"""
PATIENCE = 5.0
VERSIONS = """
    SELECT id, (SELECT coalesce(max(originator_version), 0) FROM history.events WHERE originator_id = id)
    FROM unnest(%(ids)s::uuid[]) AS asked (id)
"""


@dataclass(frozen=True, slots=True)
class Saved:
    """The first and last position of what was saved. If nothing was, `first` is the one after `position`."""

    position: int
    first: int


class History(Reading):
    """The permanent record in one database. Many threads may share it."""

    def __init__(
        self,
        dsn: str,
        *,
        master_key: bytes | Callable[[], Sequence[bytes]],
        pool_size: int = POOL_SIZE,
        patience: float = PATIENCE,
    ) -> None:
        """`master_key`: one, or where to read those that there are, the one that wraps first.
        `patience`: seconds until who asks is told that the database is away.

        Raises NotReady when the database cannot be reached or was not set up, and WrongMasterKey."""
        check_ready(dsn)
        masters = MasterKeys(master_key if callable(master_key) else lambda: [master_key])
        self._records = Records(environment(dsn, pool_size, patience), masters)
        self.datastore, self.mapper = self._records.recorder.datastore, self._records.mapper
        self.keys = self.mapper.keys
        self._fingerprints = Fingerprints(self.keys)
        try:
            self.keys.check()
        except BaseException:
            self.close()
            raise

    def get(self, kind: type[R], id: UUID, *, as_at: int | None = None) -> R:
        """The record, as it is or as it was when the history had reached a position. Raises NotFound."""
        record = self.find(kind, id, as_at=as_at)
        if record is None:
            raise NotFound(kind.__name__.lower())
        return record

    def find(self, kind: type[R], id: UUID, *, as_at: int | None = None) -> R | None:
        """The record, or none when there is no such record of that kind."""
        if as_at is not None:
            return cast("R | None", self.get_many({id: kind}, as_at=as_at).get(id))
        stored: list[tuple[str, bytes]] = self.rows(STREAM, {"id": id})
        return _told(kind, self.mapper.read(stored))

    def get_many(self, kinds: Mapping[UUID, type[Record]], *, as_at: int | None = None) -> dict[UUID, Record]:
        """Those of the records that there are, in one query."""
        rows = self.rows(STREAMS if as_at is None else STREAMS_AS_AT, {"ids": list(kinds), "as_at": as_at})
        streams: dict[UUID, list[Event]] = {}
        for row, event in zip(rows, self.mapper.read((row[1], row[2]) for row in rows), strict=True):
            streams.setdefault(row[3], []).append(event)
        told = {id: _told(kinds[id], events) for id, events in streams.items()}
        return {id: record for id, record in told.items() if record}

    def bring_up_to_date(
        self, kinds: Mapping[UUID, type[Record]], known: Mapping[UUID, Record]
    ) -> dict[UUID, Record]:
        """Those of the records that there are, in one query; of `known` only what was written since, which they take in."""
        ids = list(kinds)
        versions = [known[id].version if id in known else 0 for id in ids]
        rows = self.rows(STREAMS_FROM_HERE, {"ids": ids, "versions": versions})
        streams: dict[UUID, list[Event]] = {}
        for row, event in zip(rows, self.mapper.read((row[1], row[2]) for row in rows), strict=True):
            if row[3] in known:
                known[row[3]].fold(event)
            else:
                streams.setdefault(row[3], []).append(event)
        told = {id: _told(kinds[id], events) for id, events in streams.items()}
        return {**known, **{id: record for id, record in told.items() if record}}

    def records_about(self, kind: type[Record], person: UUID, *, as_at: int | None = None) -> list[UUID]:
        """Every record of a kind whose first event says that it is about a person, oldest first."""
        topics = [stored_name(event) for event in kind.folds]
        asked = {"person": person, "topics": topics, "as_at": as_at}
        found: list[tuple[UUID]] = self.rows(RECORDS_ABOUT, asked)
        return [id for (id,) in found]

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved:
        """Write down what the records remember, all of it or nothing; it is on disk when this returns.

        `read` names the records that the decision rests on and does not change, with the versions that were
        seen, 0 for one that was not there; a record given without news counts as read. The receipt is stored
        with the events. A record that was refused has handed over its news: get it again and decide again.

        Raises ChangedMeanwhile when one of the records was changed, AlreadyDone or KeyReused when the key of
        the receipt was used, and Unavailable when the database is away: then it may be saved, and the receipt
        tells.
        """
        seen = {record.id: record.version - len(record.pending) for record in records}
        news = {record.id for record in records if record.pending}
        reads = {id: version for id, version in {**(read or {}), **seen}.items() if id not in news}
        # Not by way of the library's `save`: it asks of every record and event what protocols they follow, and
        # that takes longer than to seal them.
        events = [event for record in records for event in record.collect_events()]
        try:
            positions, _ = self._records.events.store(events, reads, receipt)
            self._carry_out(events)
            return Saved(positions.stop - 1, positions.start)
        except ReadChanged as changed:
            raise ChangedMeanwhile(changed.version) from changed
        except VersionTaken as conflict:
            raise ChangedMeanwhile(self._version_now(seen)) from conflict

    def _carry_out(self, events: Iterable[Event]) -> None:
        """Destroy the keys of every erasure that was approved, now that the approval is on disk.

        Should the database go away at this moment, who follows the history sees to it.
        """
        for event in events:
            if isinstance(event, ErasureApproved):
                with suppress(PersistenceError):
                    self.keys.carry_out(event.originator_id, event.originator_version)

    def receipt(self, actor: str, key: str) -> Receipt | None:
        """The receipt of a command that was carried out, if it was."""
        return patiently(self.datastore, lambda connection: find_receipt(connection, actor, key))

    def fingerprint(self, asked: bytes) -> bytes:
        """What a receipt keeps of a request: 32 bytes that tell nothing of it. Raises Unavailable."""
        return self._fingerprints.of(asked)

    def pool_stats(self) -> dict[str, int]:
        """How its connections are used, in the words of psycopg_pool."""
        return self.datastore.pool.get_stats()

    def close(self) -> None:
        """Let go of all connections."""
        self.datastore.pool.close(timeout=FAREWELL)
        self._records.close()

    def _version_now(self, seen: Mapping[UUID, int]) -> int | None:
        now = dict(self.rows(VERSIONS, {"ids": list(seen)}))
        return next((version for id, version in now.items() if version != seen[id]), None)


def _told(kind: type[R], events: Sequence[Event]) -> R | None:
    """Replay for one kind of record: events of another kind tell nothing."""
    return kind.replay(events) if events and type(events[0]) in kind.folds else None
