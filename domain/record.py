"""A record remembers what was decided. It never refuses: commands decide, so that history always loads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, Self, TypeVar, get_type_hints
from uuid import UUID

import msgspec

from domain.events import Corrected, Decision, Event, stored_name

F = TypeVar("F", bound=Callable[..., None])

EVENT_KINDS: dict[str, type[Event]] = {stored_name(Corrected): Corrected}
"""Every kind of event that any record remembers, by its permanent name."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What all events of one command have in common."""

    decision: Decision
    recorded_at: datetime
    occurred_on: date
    occurred_at: datetime | None = None


def remembers(method: F) -> F:
    """Mark the method that folds one kind of event into the record; the annotation of its `event` names the kind."""
    method.remembers = True  # type: ignore[attr-defined]
    return method


class Record:
    """One stream of events and the state they leave. Subclasses set their first state in `begin` and fold with `@remembers`."""

    folds: ClassVar[dict[type[Event], Callable[[Any, Any], None]]] = {}

    def __init_subclass__(cls) -> None:
        marked = [f for f in vars(cls).values() if getattr(f, "remembers", False)]
        cls.folds = {**cls.folds, **{get_type_hints(f)["event"]: f for f in marked}}
        for kind in cls.folds:
            known = EVENT_KINDS.setdefault(stored_name(kind), kind)
            if known is not kind:
                raise TypeError(f"two kinds of event are stored as {stored_name(kind)}: {known} and {kind}")

    def __init__(self, id: UUID) -> None:
        self.id = id
        self.version = 0
        self.events: list[Event] = []
        self.pending: list[Event] = []
        self.recording: Recording | None = None
        self.begin()

    def begin(self) -> None:
        """Set the state before the first event."""

    @property
    def about(self) -> UUID | None:
        """The person whose key seals this record's personal words; none means the record itself."""
        return None

    def remember(self, kind: type[Event], /, *, about: UUID | None = None, **facts: Any) -> None:
        """Write down a new event under the decision being taken, and fold it in."""
        if self.recording is None:
            raise RuntimeError("a record remembers only while a command is being decided")
        # Before its first event a record does not know whom it is about; that event says so itself.
        whom = about or self.about or facts.get("child_id")
        event = kind(
            originator_id=self.id,
            originator_version=self.version + 1,
            recorded_at=self.recording.recorded_at,
            occurred_on=self.recording.occurred_on,
            occurred_at=self.recording.occurred_at,
            about=whom,
            decision=self.recording.decision,
            **facts,
        )
        self.fold(event)
        self.pending.append(event)

    def fold(self, event: Event) -> None:
        """Take one event into the state, in order."""
        self.events.append(event)
        if type(event) is Corrected:
            self._fold_again()
        else:
            self.folds[type(event)](self, event)
        self.version = event.originator_version

    def _fold_again(self) -> None:
        """A correction changes what an earlier event said, so the story is told again from its beginning."""
        changes: dict[int, list[Any]] = {}
        for event in self.events:
            if type(event) is Corrected:
                changes.setdefault(event.corrects, []).extend(event.changes)
        self.begin()
        for event in self.events:
            if type(event) is not Corrected:
                told = corrected(event, changes.get(event.originator_version, ()))
                self.folds[type(event)](self, told)

    def collect_events(self) -> list[Event]:
        """Hand over the new events to be stored."""
        taken, self.pending = self.pending, []
        return taken

    def under(self, recording: Recording) -> Self:
        """Let a command record on it."""
        self.recording = recording
        return self

    def weigh(self, decision: Decision) -> None:
        """Take in what the rules said, before the events are written."""
        if self.recording is not None:
            self.recording = replace(self.recording, decision=decision)

    @classmethod
    def replay(cls, events: Iterable[Event]) -> Self | None:
        """The record as these events leave it; none where there are none."""
        record: Self | None = None
        for event in events:
            if record is None:
                record = cls(event.originator_id)
            record.fold(event)
        return record


def corrected(event: Event, changes: Iterable[Any]) -> Event:
    """The event as it should have read. A change whose words were erased leaves the field as it was.

    Raises msgspec.ValidationError when a new value does not fit its field.
    """
    new: dict[str, Any] = {}
    for change in changes:
        try:
            new[change.field] = json.loads(change.value)
        except ValueError:
            continue
    if not new:
        return event
    hints = get_type_hints(type(event), include_extras=True)
    return msgspec.structs.replace(
        event, **{name: msgspec.convert(value, hints[name]) for name, value in new.items()}
    )
