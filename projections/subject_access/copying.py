"""Puts the copy together from the stored events: every fact with the event that it comes from, who wrote it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from domain.events import Event, stored_name
from domain.organisation import Organisation
from domain.personal import ERASED
from domain.provider import Provider
from history.marks import shape_of
from history.reading import STREAMS_AS_AT, Reading
from projections.entries import entries_of
from projections.forgetting import ABOUT
from projections.naming import names_in
from projections.subject_access.others import Other, Weigh, other_in, weighed_in
from projections.telling import Happened, Teller

ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OF_THE_ENVELOPE = frozenset(Event.__struct_fields__)


class FactTold(msgspec.Struct, frozen=True, kw_only=True):
    """One fact."""

    field: str
    value: Any
    category: str | None = None
    """The kind of personal words; none for a code, a day or a number."""
    about: Other = ""
    """Whom it is about besides the child: to be looked at before it is given out."""
    weigh: Weigh = ""
    """What a person has to weigh before it is given out."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What was written down at one moment, and by whom."""

    position: int
    record: str
    record_id: UUID
    version: int
    event: str
    said: str
    """The event as a sentence."""
    true_on: date | None
    recorded_at: datetime | None
    by: str
    """Who wrote it down: their name and post are part of the public record of a decision, and still to be looked at."""
    facts: tuple[FactTold, ...]


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """The whole copy."""

    child_id: UUID
    position: int
    """How far the history had reached: asked for the same position, the same copy comes out, but for what was erased since."""
    told: tuple[Told, ...]
    others: int
    """Facts that are marked as being about somebody else."""
    to_weigh: int
    """Facts that a person has to weigh."""
    erased: int
    """Facts that were erased."""


def copy_of(history: Reading, child: UUID, position: int) -> Copy:
    """Everything that is kept about a child as at a position: their own record, placements, registers. Raises Unavailable."""
    ids = {child, *(id for (id,) in history.rows(ABOUT, {"children": [child]}))}
    rows = history.rows(STREAMS_AS_AT, {"ids": list(ids), "as_at": position})
    happened = [one for one in sorted(Teller(history, ()).read_each(rows)) if _is_about(one, child)]
    name = names_in(history, (one.event for one in happened if isinstance(one.event, Event)), position)
    told = tuple(
        _told(one, one.event, entry.sentence)
        for one, entry in zip(happened, entries_of(happened, name), strict=True)
        if isinstance(one.event, Event)
    )
    facts = [fact for one in told for fact in one.facts]
    return Copy(
        child_id=child,
        position=position,
        told=told,
        others=sum(bool(fact.about) for fact in facts),
        to_weigh=sum(bool(fact.weigh) for fact in facts),
        erased=sum(fact.value == ERASED for fact in facts),
    )


def names_for(history: Reading, copy: Copy) -> Mapping[str, str]:
    """What the organisations, providers and others that a copy names by their ids are called. Raises Unavailable."""
    ids = {str(fact.value) for told in copy.told for fact in told.facts if _is_id(fact.field)}
    kinds = (Organisation, Provider)
    told = Teller(history, kinds, sealed=kinds).load(
        {UUID(id) for id in ids if ID.fullmatch(id)}, copy.position
    )
    return {str(one.id): one.record.name for one in told if isinstance(one.record, Organisation | Provider)}


def _is_id(path: str) -> bool:
    return path.rstrip("0123456789.").endswith(("_id", "_ids", "organisation", "on_behalf_of"))


def _is_about(one: Happened, child: UUID) -> bool:
    """Whether an event is about this child: a provider's places, for one, tell of other children, too."""
    event = one.event
    whom = one.id if not isinstance(event, Event) else event.about or getattr(event, "child_id", one.id)
    return whom == child


def draft_of(copy: Copy) -> Copy:
    """The copy with what is marked taken out: a draft for the person who decides, not something to send unread."""
    return msgspec.structs.replace(copy, told=tuple(_taken_out(one) for one in copy.told))


def _taken_out(told: Told) -> Told:
    facts = tuple(
        msgspec.structs.replace(fact, value="[taken out]")
        if fact.about or fact.weigh == "serious_harm"
        else fact
        for fact in told.facts
    )
    return msgspec.structs.replace(told, facts=facts, said="" if facts != told.facts else told.said)


def _told(one: Happened, event: Event, said: str) -> Told:
    name = stored_name(type(event))
    categories = _categories(event)
    plain = {f: getattr(event, f) for f in event.__struct_fields__ if f not in OF_THE_ENVELOPE}
    words = {"words": event.decision.words, "evidence": event.decision.evidence}
    flat = dict(_flat(msgspec.to_builtins(plain, str_keys=True)))
    flat |= {f"decision.{path}": value for path, value in _flat(msgspec.to_builtins(words, str_keys=True))}
    facts = tuple(
        FactTold(
            field=path,
            value=value,
            category=categories.get(path),
            about=other_in(name, path, flat),
            weigh=weighed_in(categories.get(path), value),
        )
        for path, value in flat.items()
        if value not in (None, "")
    )
    by = event.decision.by
    return Told(
        position=one.position, record=name.split(".")[0], record_id=one.id, version=one.version, event=name, said=said,
        true_on=event.occurred_on, recorded_at=event.recorded_at, by=f"{by.name} ({by.role})" if by.role else by.name, facts=facts,
    )  # fmt: skip


def _categories(event: Event) -> Mapping[str, str]:
    """The category of every personal text in an event, by its path."""
    found: dict[str, str] = {}

    def note(text: str, category: str, path: bytes) -> str:
        found[path.decode().lstrip(".")] = category
        return text

    shape = shape_of(type(event))
    if shape is not None:
        shape.turn(event, None, b"", note, True)
    return found


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every single value in a structure, by its path."""
    if isinstance(value, dict | list | tuple):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in pairs:
            yield from _flat(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value
