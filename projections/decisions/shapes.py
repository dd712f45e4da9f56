"""The parts of a decision's page, and the bytes that others sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
import rfc8785

from domain.events import Evidence, OverrideUsed, ParameterUsed
from projections.entries import Who


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the page. All its fields are always there, so that a page has one form only."""


class Seen(Part, frozen=True, kw_only=True):
    """What the decider could see."""

    position: int
    """The page shows the records as they were when the history had reached this position."""
    told_by: Literal["screen", "just_before"]
    """`screen`: the position that the decider's screen showed. `just_before`: nobody said one; it is the last before the decision."""
    said: int | None
    """The position that was said with the decision; one that had not been reached counts as just before."""


class RecordSeen(Part, frozen=True, kw_only=True):
    """A record that the decision rested on, as the decider saw it."""

    kind: str
    id: UUID
    version: int
    """How many of its events were there to be seen; 0 where there was no such record yet."""
    facts: dict[str, Any] | None
    """What it remembered then."""


class Mention(Part, frozen=True, kw_only=True):
    """An event of one of these records."""

    position: int
    kind: str
    """The kind of its record."""
    record_id: UUID
    version: int
    event: str
    sentence: str
    true_on: date | None
    recorded_at: datetime | None


class Document(Part, frozen=True, kw_only=True):
    """A document that was in the case, and on which the decision does not say that it relied."""

    evidence: Evidence
    position: int
    """Where it was first relied on."""
    on_the_screen: bool
    """Whether that was before what the decider saw."""


class RuleApplied(Part, frozen=True, kw_only=True):
    """A rule that was weighed, with what it says."""

    rule: str
    version: int
    verdict: str
    reason: str
    sentence: str
    """What is true when it is met; empty where this service does not know that version any more."""
    source: str
    mark: str


class Decided(Part, frozen=True, kw_only=True):
    """Everything about the decision that was in the history when it was written down."""

    position: int
    kind: str
    record_id: UUID
    version: int
    event: str
    sentence: str
    facts: dict[str, Any]
    """What was decided, field by field."""
    command: str
    who: Who | None
    on_behalf_of: str | None
    true_on: date
    true_at: datetime | None
    recorded_at: datetime
    days_late: int
    reason_code: str
    words: str
    override: OverrideUsed | None
    causation_id: str | None
    correlation_id: UUID
    seen: Seen
    records: tuple[RecordSeen, ...]
    evidence: tuple[Evidence, ...]
    """The documents relied on."""
    not_relied_on: tuple[Document, ...]
    rules: tuple[RuleApplied, ...]
    parameters: tuple[ParameterUsed, ...]
    """The published numbers that it was counted with, each with its version."""
    not_on_the_screen: tuple[Mention, ...]
    """Already in the history when it was decided, and not yet on the decider's screen."""
    same_decision: tuple[Mention, ...]
    """What the same decision wrote down before this event."""


class Put(Part, frozen=True, kw_only=True):
    """A correction, made later, of a fact that the decision could rest on."""

    position: int
    kind: str
    record_id: UUID
    corrects: int
    event: str
    """The stored name of the event that was wrong."""
    field: str
    then: Any
    now: Any
    why: str
    sentence: str
    recorded_at: datetime


class KnownLater(Part, frozen=True, kw_only=True):
    """What was written down only afterwards. It grows with the history, and the decision's part does not."""

    up_to: int
    """How far the history had reached when this was looked up."""
    same_decision: tuple[Mention, ...] = ()
    """What the same decision wrote down after this event."""
    facts: tuple[Mention, ...] = ()
    """True already when it was decided, and written down only later."""
    corrections: tuple[Put, ...] = ()


class DecisionPage(Part, frozen=True, kw_only=True):
    """The whole page."""

    decision: Decided
    known_later: KnownLater


def canonical(part: Any) -> bytes:
    """The bytes of a page, or of a part of it, in the one form of RFC 8785: equal parts give equal bytes."""
    return rfc8785.dumps(msgspec.to_builtins(part, str_keys=True))


def canonical_object(parts: Mapping[str, bytes]) -> bytes:
    """The same of an object whose parts, which are named in ASCII, have this form already."""
    return b"{%b}" % b",".join(b"%b:%b" % (canonical(name), parts[name]) for name in sorted(parts))
