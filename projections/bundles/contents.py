"""Decides which events belong into a bundle: all under some names of the index, and all of each record that began with one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from uuid import UUID

from domain.personal import Category
from domain.reasons import NotFound
from history.ledger.evidence import Covering, Named, covering, newest_size
from history.ledger.finding import events_under
from history.ledger.index_hashing import RECORD, named_in
from history.ledger.stored import Stored, StoredEvent
from history.reading import Reading

Kind = Literal["placement", "child", "caseload", "receipt", "inspection-pack"]
PROMISED: dict[Kind, tuple[str, ...]] = {
    "placement": (RECORD, "placement_id"),
    "child": (RECORD, "about"),
    "caseload": ("commissioner_id",),
}
"""The names under which a bundle of a kind has every event there is."""
WHOLE = frozenset({"placement.referred", "attendance.opened", "child.registered", "agreement.drafted"})
"""What begins a record that belongs into the bundle as a whole. Other records, such as a provider's places, tell of other children too."""
AT_A_TIME = 500


class Leaf(NamedTuple):
    """The hash of an event that is not in the bundle, and what it belongs to there."""

    position: int
    hash: bytes
    named: Named | None = None


@dataclass
class Contents:
    """Events as at a position, and what is needed to prove that they are all."""

    kind: Kind
    of: UUID
    as_at: int
    sealed: Covering
    """The checkpoint that the proofs lead to: the first that covers the position."""
    events: list[StoredEvent] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    """Events after the position that the checkpoint has already: it could not be proved without them that none is left out before."""
    complete: list[Named] = field(default_factory=list)
    without: frozenset[Category] = frozenset()
    """The kinds of words that are left out."""


def contents_of(history: Reading, kind: Kind, of: UUID, as_at: int | None = None) -> Contents:
    """A placement, a child, or the caseload of a commissioner as at a position; without one, as at the newest checkpoint.

    Raises NotFound where there was nothing, NotSealed where the position is not sealed yet, and Unavailable.
    """
    contents = empty(history, kind, of, as_at)
    gather(history, contents, [(name, of) for name in PROMISED[kind]])
    if not contents.events:
        raise NotFound(kind)
    return contents


def empty(history: Reading, kind: Kind, of: UUID, as_at: int | None) -> Contents:
    """A bundle before anything is in it. Raises NotSealed and Unavailable."""
    position = newest_size(history) if as_at is None else as_at
    return Contents(kind, of, position, covering(history, max(1, position)))


def gather(history: Reading, contents: Contents, names: Iterable[Named]) -> None:
    """Put in all events under these names, and all of each record that begins with one of them."""
    events: dict[int, StoredEvent] = {}
    wanted, known = list(dict.fromkeys(names)), set(contents.complete)
    while wanted:
        begun: list[Named] = []
        for named, event in _under(history, wanted, contents.sealed.head.size):
            if event.position > contents.as_at:
                contents.leaves.append(Leaf(event.position, event.leaf(), named))
                continue
            events[event.position] = event
            if event.version == 1 and event.topic in WHOLE:
                begun.append((RECORD, event.record_id))
        contents.complete += wanted
        known.update(wanted)
        wanted = [named for named in dict.fromkeys(begun) if named not in known]
    contents.events = [events[position] for position in sorted(events)]
    contents.leaves.sort(key=lambda leaf: (leaf.position, str(leaf.named)))


def _under(history: Reading, names: Sequence[Named], size: int) -> Iterable[tuple[Named, StoredEvent]]:
    records = [id for name, id in names if name == RECORD]
    for at in range(0, len(records), AT_A_TIME):
        for event in Stored(history).of_records(records[at : at + AT_A_TIME], size):
            yield (RECORD, event.record_id), event
    for named in names:
        if named[0] != RECORD:
            for event in events_under(history, *named, size):
                yield named, event


def names_of(event: StoredEvent) -> list[Named]:
    """The names of the index that an event is under."""
    return named_in(event.record_id, event.state)
