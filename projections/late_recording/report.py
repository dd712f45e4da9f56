"""The report of late recording: every entry's two clocks, by organisation, provider, role and kind, and what stands out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from math import ceil
from statistics import median
from typing import NamedTuple
from uuid import UUID

import msgspec

from domain.events import Corrected, Event, stored_name
from domain.people import Scope
from domain.school_days import london_day
from history.reading import STREAMS_AS_AT, Reading
from projections.asking import Asking
from projections.decisions.case_file import KINDS, LATEST
from projections.late_recording.incidents import Incident, Key, before_which, incident_of, keys_of, touched_by
from projections.late_recording.scope import Stream, streams_in
from projections.late_recording.two_clocks import Gap, gap_of
from projections.telling import Teller

A_PAGE = 500
"""Records that are read together."""
MACHINE = "the_service"
"""The role of what no person wrote: imports and triggers."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One event with its two clocks."""

    position: int
    record_id: UUID
    kind: str
    """The kind of its record."""
    version: int
    event: str
    true_on: date
    true_at: datetime | None
    recorded_at: datetime
    days_late: int
    hours_late: float | None
    """Where the instant is known."""
    person_id: str
    person: str
    roles: tuple[str, ...]
    organisation_id: UUID | None
    """For whom the person wrote it."""
    provider_id: UUID | None
    placement_id: UUID | None
    child_id: UUID | None
    after: Incident | None
    """The incident that came between: what it tells was before, and it was written down after."""


class Correction(NamedTuple):
    """A correction, for whoever asks whether it improved compliance."""

    position: int
    event: Corrected
    stream: Stream
    after: Incident | None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """How late some of the entries were written down, in days."""

    by: str
    """`all`, `organisation`, `provider`, `role` or `event`."""
    key: str
    entries: int
    late: int
    after_an_incident: int
    median: float
    p90: int
    """Nine in ten entries were written down within so many days (nearest rank)."""
    worst: int
    worst_position: int


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries are asked for. What is left out matches everything."""

    organisation_id: UUID | None = None
    provider_id: UUID | None = None
    role: str | None = None
    event: str | None = None
    person_id: str | None = None
    recorded_from: date | None = None
    recorded_to: date | None = None
    after_an_incident: bool = False
    days_at_least: int = 0

    def fits(self, entry: Entry) -> bool:
        """Whether an entry is asked for."""
        day = london_day(entry.recorded_at)
        return (
            self.organisation_id in (None, entry.organisation_id)
            and self.provider_id in (None, entry.provider_id)
            and (self.role is None or self.role in entry.roles)
            and self.event in (None, entry.event)
            and self.person_id in (None, entry.person_id)
            and (self.recorded_from is None or day >= self.recorded_from)
            and (self.recorded_to is None or day <= self.recorded_to)
        )

    def stands_out(self, entry: Entry) -> bool:
        """Whether it is listed by itself: late, by as many days as were asked for, and after an incident if that was."""
        if self.after_an_incident and entry.after is None:
            return False
        late = entry.days_late > 0 or entry.after is not None
        return late and entry.days_late >= self.days_at_least


class LateRecording(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report."""

    groups: tuple[Group, ...]
    entries: tuple[Entry, ...]
    """Those that stand out: after an incident first, then the longest delay."""
    corrections: tuple[Correction, ...]


def late_recording(history: Reading, asking: Asking, scope: Scope, wanted: Wanted) -> LateRecording:
    """The report over all records that someone may know of. Raises Unavailable.

    It reads their stored events anew, so nothing has to be kept up to date for it; personal words stay sealed.
    """
    streams = {stream.id: stream for stream in streams_in(asking, scope)}
    read = list(_read(history, streams, scope))
    incidents = _incidents(read)
    entries = [entry for one in read if wanted.fits(entry := _entry(*one, incidents))]
    return LateRecording(
        groups=tuple(_groups(entries)),
        entries=tuple(sorted(filter(wanted.stands_out, entries), key=_first_to_look_at)),
        corrections=tuple(_corrections(read, incidents, wanted)),
    )


Read = tuple[int, Event, Stream, Gap]


def _corrections(
    read: Sequence[Read], incidents: Mapping[Key, Sequence[Incident]], wanted: Wanted
) -> Iterator[Correction]:
    true_on = {(event.originator_id, event.originator_version): gap.true_on for _, event, _, gap in read}
    for position, event, stream, gap in read:
        if isinstance(event, Corrected) and wanted.fits(_entry(position, event, stream, gap, incidents)):
            # A correction is made on its day; what it tells anew is of the day of the event that it corrects.
            told = true_on.get((event.originator_id, event.corrects), gap.true_on)
            since = Gap(told, None, (london_day(event.recorded_at) - told).days, None)
            yield Correction(position, event, stream, _after(position, event, stream, since, incidents))


def _read(history: Reading, streams: Mapping[UUID, Stream], scope: Scope) -> Iterator[Read]:
    teller = Teller(history, KINDS, sealed=KINDS)
    ids = list(streams)
    for at in range(0, len(ids), A_PAGE):
        rows = history.rows(STREAMS_AS_AT, {"ids": ids[at : at + A_PAGE], "as_at": LATEST})
        for one in teller.read_each(rows):
            stream = streams[one.id]
            if isinstance(one.event, Event) and _is_theirs(one.event, stream, scope):
                yield one.position, one.event, stream, gap_of(one.event)


def _is_theirs(event: Event, stream: Stream, scope: Scope) -> bool:
    """A provider's record is written by many organisations; each is told how its own people wrote."""
    if scope.everything or stream.kind != "provider":
        return True
    return event.decision.by.organisation_id in scope.organisations


def _incidents(read: Iterable[Read]) -> dict[Key, list[Incident]]:
    found: dict[Key, list[Incident]] = {}
    for position, event, stream, _ in read:
        incident = incident_of(event, position)
        if incident is not None:
            for key in touched_by(event, stream):
                found.setdefault(key, []).append(incident)
    return found


def _after(
    position: int, event: Event, stream: Stream, gap: Gap, incidents: Mapping[Key, Sequence[Incident]]
) -> Incident | None:
    if event.decision.by.kind == "machine" or not gap.late:
        return None
    possible = (one for key in keys_of(stream, event) for one in incidents.get(key, ()))
    return before_which(gap, position, possible)


def _entry(
    position: int, event: Event, stream: Stream, gap: Gap, incidents: Mapping[Key, Sequence[Incident]]
) -> Entry:
    by = event.decision.by
    return Entry(
        position=position,
        record_id=stream.id,
        kind=stream.kind,
        version=event.originator_version,
        event=stored_name(type(event)),
        true_on=gap.true_on,
        true_at=gap.true_at,
        recorded_at=event.recorded_at,
        days_late=gap.days,
        hours_late=gap.hours,
        person_id=by.id,
        person=by.name,
        roles=(MACHINE,) if by.kind == "machine" else tuple(by.role.split(", ")),
        organisation_id=by.organisation_id,
        provider_id=stream.provider_id,
        placement_id=stream.placement_id,
        child_id=stream.child_id,
        after=_after(position, event, stream, gap, incidents),
    )


def _first_to_look_at(entry: Entry) -> tuple[bool, int, int]:
    return entry.after is None, -entry.days_late, entry.position


def _groups(entries: Sequence[Entry]) -> Iterator[Group]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        for key in _groups_of(entry):
            found.setdefault(key, []).append(entry)
    for (by, name), some in sorted(found.items()):
        yield _group(by, name, some)


def _groups_of(entry: Entry) -> Iterator[tuple[str, str]]:
    yield ("all", "")
    yield ("event", entry.event)
    if entry.organisation_id is not None:
        yield ("organisation", str(entry.organisation_id))
    if entry.provider_id is not None:
        yield ("provider", str(entry.provider_id))
    for role in entry.roles:
        yield ("role", role)


def _group(by: str, key: str, entries: Sequence[Entry]) -> Group:
    days = sorted(entry.days_late for entry in entries)
    worst = max(entries, key=lambda entry: (entry.days_late, -entry.position))
    return Group(
        by=by,
        key=key,
        entries=len(days),
        late=sum(day > 0 for day in days),
        after_an_incident=sum(entry.after is not None for entry in entries),
        median=median(days),
        p90=days[ceil(len(days) * 0.9) - 1],
        worst=worst.days_late,
        worst_position=worst.position,
    )
