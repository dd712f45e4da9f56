"""Any number of children with placements, copied from one that was walked through its life, and stored by the history itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from uuid import UUID, uuid4

import msgspec

from domain.events import Actor, Decision, Event
from domain.facts.reviewing import ContactMade
from domain.placement import Placement
from domain.placement_life_events import ContactLogged
from domain.record import Record, Recording
from history.store import History
from tests.support.memory import InMemoryHistory
from tests.support.walk import MONDAY
from tests.whole.town import Around, Town
from workflows.casework import Casework

AT_ONCE = 20
"""Lives stored by one save."""
NOTES = "Settled well this week; made a box, read aloud twice, and asked when the group meets again."


def one_life(until: str) -> tuple[Around, list[Event]]:
    """A placement walked up to a command, with everything around it: who is who, and all that happened."""
    history = InMemoryHistory()
    town, around = Town(Casework(history, lambda: MONDAY)), Around()
    town.found(around, "authority", "school", "provider", "office", "agreement", "child")
    town.live(around, until)
    return around, history.events


def store_lives(history: History, number: int, until: str = "start_placement") -> list[Around]:
    """Store so many placements at one provider; who is who in each."""
    around, events = one_life(until)
    own = [e for e in events if e.originator_id in (around.child, around.placement)]
    history.save(*_records([e for e in events if e not in own]))
    lives = [around.but("child", "placement") for _ in range(number)]
    for first in range(0, number, AT_ONCE):
        some = [_copied(own, around, life) for life in lives[first : first + AT_ONCE]]
        stored = (record for events in some for record in _records(events))
        # A child is known before it is placed.
        history.save(*sorted(stored, key=lambda record: isinstance(record, Placement)))
    return lives


def long_record(events: int) -> Placement:
    """A placement whose record has so many events, not yet stored."""
    around, happened = one_life("start_placement")
    mine = _copied(
        [e for e in happened if e.originator_id == around.placement], around, around.but("placement")
    )
    [record] = _records(mine)
    assert isinstance(record, Placement)
    while record.version < events:
        log_contact(record)
    return record


def log_contact(placement: Placement) -> None:
    """One more event, not yet stored."""
    contact = ContactMade(
        kind="visit", with_whom=("child",), on=date(2026, 11, 23), notes=NOTES, child_seen=True
    )
    placement.under(under_one_decision()).remember(ContactLogged, contact=contact)


def under_one_decision() -> Recording:
    """What a command gives its events."""
    by = Actor(id="officer@example", name="Officer", role="commissioner")
    decision = Decision(by=by, command="log_contact", correlation_id=uuid4(), words="As agreed in the plan.")
    return Recording(decision, MONDAY, MONDAY.date())


def _copied(events: list[Event], around: Around, life: Around) -> list[Event]:
    """The same happened to another child: each decision was another one, too."""
    decisions = {event.decision.correlation_id for event in events}
    others = {around.child: life.child, around.placement: life.placement, **{id: uuid4() for id in decisions}}
    said = [(str(old).encode(), str(new).encode()) for old, new in others.items()]
    return [msgspec.json.decode(_told(event, said), type=type(event)) for event in events]


def _told(event: Event, others: list[tuple[bytes, bytes]]) -> bytes:
    text = msgspec.json.encode(event)
    for old, new in others:
        text = text.replace(old, new)
    return text


def _records(events: list[Event]) -> Iterator[Record]:
    """The records that have these events, all of them still to be stored."""
    from tests.conformance.event_kinds import RECORDS

    def id_of(event: Event) -> UUID:
        return event.originator_id

    for id, own in groupby(sorted(events, key=lambda e: (e.originator_id, e.originator_version)), key=id_of):
        stream = list(own)
        kind = next(kind for kind in RECORDS if type(stream[0]) in kind.folds)
        record = kind(id)
        for event in stream:
            record.fold(event)
        record.pending = stream
        yield record
