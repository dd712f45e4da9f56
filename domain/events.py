"""What every event carries: what happened to which record, when it was true, when it was written down, and by whose decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from annotated_types import Len

from domain.fact import fact
from domain.personal import Category, Personal


class Actor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Who decided: a person, or a named part of the service. An officer's name is part of the public record of a decision."""

    id: str
    name: str
    role: str = ""
    organisation_id: UUID | None = None
    kind: Literal["person", "machine"] = "person"


@fact
class Evidence:
    """A document that a decision relied on. The document itself is kept elsewhere; its hash shows that it is the same one."""

    id: Annotated[str, Len(1, 200)]
    """Where the document can be found, in the keeper's own reference."""
    title: Annotated[str, Len(1, 300), Personal("narrative")]
    """What the document is called."""
    sha256: Annotated[str, Len(64, 64)] | None = None
    """SHA-256 of its bytes, 64 hexadecimal digits, where it was to hand."""


class RuleWeighed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A rule that was asked before the decision: its name, its version, and what it answered."""

    rule: str
    version: int
    verdict: Literal["met", "refused", "warned", "overridden"]
    reason: str = ""
    """The reason code when it was not met."""


class ParameterUsed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A published number that the decision was counted with: which version of which parameter, and its value here."""

    parameter: str
    version: int
    value: int | float
    own: UUID | None = None
    """The organisation whose own, tighter value it is."""


class OverrideUsed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An emergency: rules set aside, by whose authority, and until when."""

    rules: tuple[str, ...]
    requested_by: str
    authorised_by: str
    until: date
    why: Annotated[str, Personal("narrative")] = ""


class Triggered(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """That a decision was taken by itself: which trigger, in which version, because of what, counted with which numbers."""

    trigger: str
    version: int
    causes: tuple[int, ...] = ()
    """The positions in the history of the events that set it off."""
    duty_id: UUID | None = None
    """The duty that fell due, where that set it off."""
    parameters: tuple[ParameterUsed, ...] = ()


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Who decided, for whom, why, on what evidence, under which rules, knowing what."""

    by: Actor
    command: str
    correlation_id: UUID
    on_behalf_of: UUID | None = None
    reason_code: str = ""
    words: Annotated[str, Personal("narrative")] = ""
    evidence: tuple[Evidence, ...] = ()
    rules: tuple[RuleWeighed, ...] = ()
    parameters: tuple[ParameterUsed, ...] = ()
    known_at: int | None = None
    """The position in the history that the decider's screen showed."""
    causation_id: str | None = None
    """The event that led to this decision, as `record id/version`."""
    override: OverrideUsed | None = None
    triggered: Triggered | None = None
    """Set where the service acted by itself."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="event"):
    """Something that happened. The tag is its stored name: permanent, and written into the stored bytes so that they explain themselves.

    `gc=False`: an event holds no cycles, and to search thousands of them for cycles took most of the time of reading a page.
    """

    originator_id: UUID
    originator_version: int
    recorded_at: datetime
    """When the server wrote it down. No caller can set it."""
    occurred_on: date
    """The London day on which it was true."""
    occurred_at: datetime | None = None
    """The instant at which it was true, where that matters and is known."""
    about: UUID | None = None
    """The child (or other person) whose key seals the personal words; none means the record itself."""
    decision: Decision


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One corrected field: its new value as JSON text, sealed under the category it always had."""

    field: str
    category: Category
    value: Annotated[str, Personal(".category")]


class Corrected(Event, frozen=True, kw_only=True, tag="record.corrected"):
    """An earlier event of the same record was wrong; these of its fields should have read so (rectification)."""

    corrects: int
    """The version of the wrong event."""
    changes: tuple[Change, ...]
    why: Annotated[str, Personal("narrative")] = ""


def stored_name(kind: type[Event]) -> str:
    """The permanent name of a kind of event, such as `placement.started`."""
    tag: Any = kind.__struct_config__.tag
    return str(tag)
