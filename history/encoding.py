"""Turns events into the bytes that are stored, and back: plain JSON, with personal words sealed in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from eventsourcing.persistence import JSONTranscoder, Mapper, MapperDeserialisationError, StoredEvent

from domain.events import Event, stored_name
from domain.record import EVENT_KINDS
from history.decoding import decoder_of
from history.keys import Key, Keys, Whose
from history.marks import shape_of
from history.opened import MOST, OPENED
from history.sealing import Opening, SealBroken, Sealing, Words, is_token, key_ids, keys_of
from history.shapes import Fields

SEALED = b'"enc:'


class Unreadable(MapperDeserialisationError):
    """A stored event cannot be read: its kind is unknown, its bytes do not fit, or a seal is broken."""

    def __init__(self, topic: str, why: str, position: int = 0) -> None:
        self.topic, self.why, self.position = topic, why, position
        super().__init__(
            f"an event stored as {topic} at position {position or 'unknown'} cannot be read: {why}"
        )


class Kind(NamedTuple):
    """What is needed to read and write one kind of event, worked out once."""

    topic: str
    decode: Callable[[bytes], Event]
    shape: Fields | None


class StructMapper(Mapper[UUID]):
    """The library's mapper, for events that are structs. Many threads may share it."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(JSONTranscoder())
        self.keys = keys
        self._encode = msgspec.json.Encoder().encode
        self._by_topic: dict[str, Kind] = {}

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """The event as it is stored."""
        return self.seal(domain_event, set())

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """The event that was stored. Raises Unreadable."""
        return self.read([(stored_event.topic, stored_event.state)])[0]

    def seal(self, event: Event, used: set[int]) -> StoredEvent:
        """One event as it is stored. See `seal_all`."""
        return self.seal_all([event], used)[0]

    def seal_all(self, events: Sequence[Event], used: set[int]) -> list[StoredEvent]:
        """Events as they are stored; the caller's stay as they were. `used` gains the ids of their keys.

        Keys that are not to hand are found or made together, all that these events need at once.
        Raises TypeError for an event that is not of a known kind.
        """

        def key_for(subject: UUID, category: str) -> Key:
            known = self.keys.known(subject, category) or ready.get((subject, category))
            if known is None:
                ready.update(self.keys.for_sealing(self._keys_of(events)))
                known = ready[subject, category]
            return known

        ready: dict[Whose, Key] = {}
        return [self._seal(event, key_for, used) for event in events]

    def _keys_of(self, events: Iterable[Event]) -> set[Whose]:
        return {
            whose
            for event in events
            if (shape := self._kind(stored_name(type(event))).shape)
            for whose in keys_of(event, shape)
        }

    def _seal(self, event: Event, key_for: Callable[[UUID, str], Key], used: set[int]) -> StoredEvent:
        kind = self._kind(stored_name(type(event)))
        sealed: Event = event
        if kind.shape:
            sealing = Sealing(event, key_for)
            sealed = kind.shape.turn(event, None, b"", sealing, True)
            used |= sealing.used
        return StoredEvent(event.originator_id, event.originator_version, kind.topic, self._encode(sealed))

    def read(self, stored: Iterable[tuple[str, bytes]]) -> list[Event]:
        """Many events from their topics and bytes, whose keys are looked up together. Raises Unreadable."""
        opened = OPENED.get()
        if opened is None:
            return self._read(stored)
        rows = list(stored)
        unknown = [row for row in rows if row[1] not in opened]
        new = {state: event for (_, state), event in zip(unknown, self._read(unknown), strict=True)}
        found = [new[state] if state in new else opened[state] for _, state in rows]
        if len(opened) + len(new) <= MOST:
            opened.update(new)
        return found

    def _read(self, stored: Iterable[tuple[str, bytes]]) -> list[Event]:
        events = []
        sealed = []
        kinds = self._by_topic
        for topic, state in stored:
            kind = kinds.get(topic) or self._kind(topic)
            try:
                event = kind.decode(state)
            except msgspec.MsgspecError as problem:
                raise Unreadable(topic, f"its bytes do not fit ({type(problem).__name__})") from problem
            events.append(event)
            if kind.shape and SEALED in state:
                sealed.append((event, kind.shape, topic, state))
        if sealed:
            ciphers = self.keys.for_opening(key_ids(state for _, _, _, state in sealed))
            for event, shape, topic, _ in sealed:
                _open(event, shape, topic, ciphers)
        return events

    def words_of(
        self, stored: Sequence[tuple[str, bytes]], without: Collection[str] = ()
    ) -> list[dict[str, Words]]:
        """For each event: the sealed texts in it that can still be opened, with what is in them. Raises Unreadable.

        Texts of the categories in `without` stay closed.
        """
        ciphers = self.keys.for_opening(key_ids(state for _, state in stored))
        return [self._words_of(topic, state, ciphers, without) for topic, state in stored]

    def _words_of(
        self, topic: str, state: bytes, ciphers: dict[int, AESGCM], without: Collection[str]
    ) -> dict[str, Words]:
        kind, found = self._kind(topic), dict[str, Words]()
        if kind.shape is None or SEALED not in state:
            return found
        try:
            event = kind.decode(state)
            opening = Opening(event, ciphers)

            def note(token: str, category: str, path: bytes) -> str:
                if category not in without and is_token(token) and (words := opening.words(token, path)):
                    found[token] = words
                return token

            kind.shape.turn(event, None, b"", note, True)
        except (msgspec.MsgspecError, SealBroken) as problem:
            raise Unreadable(topic, str(problem)) from problem
        return found

    def _kind(self, topic: str) -> Kind:
        found = self._by_topic.get(topic)
        if not found:
            of_event = EVENT_KINDS.get(topic)
            if of_event is None:
                raise Unreadable(topic, "no such kind of event is known")
            found = Kind(topic, decoder_of(of_event).decode, shape_of(of_event))
            self._by_topic[topic] = found
        return found


def _open(event: Event, shape: Fields, topic: str, ciphers: dict[int, AESGCM]) -> None:
    # In place: the event was made a moment ago, and no one else has seen it.
    try:
        shape.turn(event, None, b"", Opening(event, ciphers), False)
    except SealBroken as problem:
        raise Unreadable(topic, str(problem)) from problem
