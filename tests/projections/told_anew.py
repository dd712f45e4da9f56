"""The report of late recording, told from the stored events one by one: slow, and with no table between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from statistics import median
from typing import NamedTuple
from uuid import UUID

from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.child import Child
from domain.events import Event, stored_name
from domain.organisation import Organisation
from domain.people import Scope
from domain.placement import Placement
from domain.placement_events import AgreementChosen
from domain.provider import Provider
from domain.record import Record
from domain.school_days import london_day
from history.reading import PAGE
from history.store import History
from projections.late_recording.duties import duty_held
from projections.late_recording.entries import KINDS, MACHINE
from projections.late_recording.figures import Group
from projections.late_recording.incidents import doubts_cast, what_happened
from projections.late_recording.report import Entry, Incident
from projections.late_recording.two_clocks import Gap, gap_of
from projections.late_recording.wanted import Wanted
from projections.telling import Happened, Teller


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A record, and to which child, placement, provider and organisation what happens to it belongs."""

    id: UUID
    kind: str
    placement_id: UUID | None = None
    child_id: UUID | None = None
    provider_id: UUID | None = None
    owner_id: UUID | None = None
    parties: frozenset[UUID | None] | None = None
    """The organisations that may know of it; none where each may know of what its own people wrote."""


class Seen(NamedTuple):
    """An event that somebody may know of."""

    happened: Happened
    event: Event
    place: Place
    gap: Gap


class ToldAnew:
    """What the whole history says."""

    def __init__(self, history: History) -> None:
        self._teller = Teller(history, KINDS, sealed=KINDS)
        happened = self._teller.read_each(history.rows(PAGE, {"after": 0, "limit": 1_000_000}))
        self.events = [one for one in happened if isinstance(one.event, Event)]
        records = [told.record for told in self._teller.load({one.id for one in self.events}, history.head())]
        self._records = {record.id: record for record in records if record is not None}
        self.places = {place.id: place for place in self._places()}

    def seen(self, scope: Scope) -> list[Seen]:
        """Every event that may be told."""
        found = []
        for one in self.events:
            place = self.places.get(one.id)
            if place is not None and isinstance(one.event, Event):
                parties = {one.event.decision.by.organisation_id} if place.parties is None else place.parties
                if scope.everything or not scope.organisations.isdisjoint(parties):
                    found.append(Seen(one, one.event, place, gap_of(one.event)))
        return found

    def report(self, scope: Scope, wanted: Wanted) -> tuple[list[Group], list[Entry]]:
        """The figures, and everything that stands out."""
        seen = self.seen(scope)
        incidents = [
            (incident, set(_doubted(one))) for one in seen if (incident := _incident(one)) is not None
        ]
        entries = [_entry(one, incidents) for one in seen]
        entries = [entry for entry in entries if _fits(entry, wanted)]
        standing_out = [entry for entry in entries if _stands_out(entry, wanted)]
        standing_out.sort(key=lambda entry: (entry.after is None, -entry.days_late, entry.position))
        return list(_groups(entries)), standing_out

    def together(self, scope: Scope, at_least: int) -> set[tuple[object, ...]]:
        """Placement, person, organisation, duties and the positions of the acts."""
        seen = self.seen(scope)
        acts = [one for one in seen if one.event.decision.by.kind == "person" and duty_held(one.event)]
        found: set[tuple[object, ...]] = set()
        for place in {one.place.id: one.place for one in seen if one.place.kind == "placement"}.values():
            own = [one for one in seen if one.place.id == place.id]
            chosen = {one.event.agreement_id for one in own if isinstance(one.event, AgreementChosen)}
            here = [one for one in acts if one.place.id == place.id or one.place.id in chosen]

            def by(one: Seen) -> tuple[str, str]:
                return one.event.decision.by.id, str(one.event.decision.by.organisation_id)

            for person, some in groupby(sorted(here, key=by), key=by):
                held = list(some)
                duties = {duty_held(one.event) for one in held}
                if len(duties) >= at_least:
                    positions = tuple(sorted(one.happened.position for one in held))
                    found.add((place.id, *person, tuple(sorted(map(str, duties))), positions))
        return found

    def _places(self) -> Iterator[Place]:
        of: Mapping[UUID, Record] = self._records
        children = {id: child for id, child in of.items() if isinstance(child, Child)}
        placements = {id: placement for id, placement in of.items() if isinstance(placement, Placement)}
        parties: dict[UUID, frozenset[UUID | None]] = {}
        for id, p in placements.items():
            child = children.get(p.child_id) if p.child_id else None
            authority = child.authority_id if child else None
            parties[id] = frozenset({p.commissioner_id, p.home_school_id, authority})
        for id, record in of.items():
            kind = KINDS.get(type(record), "")
            if isinstance(record, Placement | Attendance):
                p = record if isinstance(record, Placement) else placements[record.placement_id]  # type: ignore[index]
                yield Place(
                    id=id,
                    kind=kind,
                    placement_id=p.id,
                    child_id=p.child_id,
                    provider_id=p.provider_id,
                    owner_id=p.commissioner_id,
                    parties=parties[p.id],
                )
            elif isinstance(record, Child):
                known = {record.authority_id, *(entry.school_id for entry in record.roll)}
                known |= {one for p in placements.values() if p.child_id == id for one in parties[p.id]}
                yield Place(
                    id=id, kind=kind, child_id=id, owner_id=record.authority_id, parties=frozenset(known)
                )
            elif isinstance(record, Provider):
                yield Place(id=id, kind=kind, provider_id=id)
            elif isinstance(record, Agreement):
                own = frozenset({record.commissioner_id})
                yield Place(
                    id=id,
                    kind=kind,
                    provider_id=record.provider_id,
                    owner_id=record.commissioner_id,
                    parties=own,
                )
            elif isinstance(record, Organisation):
                yield Place(id=id, kind=kind, owner_id=id, parties=frozenset({id}))


def _incident(one: Seen) -> Incident | None:
    what = what_happened(one.event)
    if what is None:
        return None
    gap = one.gap
    return Incident(
        what=what, position=one.happened.position, record_id=one.place.id, on=gap.true_on, at=gap.true_at
    )


def _doubted(one: Seen) -> Iterator[str]:
    place = one.place
    said = doubts_cast(one.event)
    if said is not None:
        yield from said
        return
    for name, id in (
        ("placement", place.placement_id),
        ("child", place.child_id),
        ("checks", place.provider_id),
    ):
        if id is not None:
            yield f"{name}:{id}"


def _falls_under(one: Seen) -> Iterator[str]:
    place = one.place
    yield f"placement:{place.placement_id}"
    yield f"provider:{place.provider_id}"
    yield f"organisation:{place.owner_id or one.event.decision.by.organisation_id}"
    if place.kind == "child":
        yield f"child:{place.child_id}"
    if place.kind == "provider":
        yield f"checks:{place.id}"


def _came_between(one: Seen, incident: Incident) -> bool:
    if incident.position >= one.happened.position:
        return False
    if one.gap.true_at is not None and incident.at is not None:
        return one.gap.true_at < incident.at
    return one.gap.true_on < incident.on or (one.gap.true_on == incident.on and one.gap.days > 0)


def _entry(one: Seen, incidents: Sequence[tuple[Incident, set[str]]]) -> Entry:
    event, place, gap, by = one.event, one.place, one.gap, one.event.decision.by
    machine = by.kind == "machine"
    between = [
        incident
        for incident, doubted in incidents
        if gap.late
        and not machine
        and not doubted.isdisjoint(_falls_under(one))
        and _came_between(one, incident)
    ]
    return Entry(
        position=one.happened.position,
        record_id=place.id,
        kind=place.kind,
        version=event.originator_version,
        event=stored_name(type(event)),
        true_on=gap.true_on,
        true_at=gap.true_at,
        recorded_at=event.recorded_at,
        days_late=gap.days,
        hours_late=gap.hours,
        person_id=by.id,
        person=by.name,
        roles=(MACHINE,) if machine else tuple(role for role in by.role.split(", ") if role),
        organisation_id=by.organisation_id,
        provider_id=place.provider_id,
        placement_id=place.placement_id,
        child_id=place.child_id,
        after=min(between, key=lambda incident: incident.position, default=None),
    )


def _fits(entry: Entry, wanted: Wanted) -> bool:
    day = london_day(entry.recorded_at)
    return (
        wanted.organisation_id in (None, entry.organisation_id)
        and wanted.provider_id in (None, entry.provider_id)
        and (wanted.role is None or wanted.role in entry.roles)
        and wanted.event in (None, entry.event)
        and wanted.person_id in (None, entry.person_id)
        and (wanted.recorded_from is None or day >= wanted.recorded_from)
        and (wanted.recorded_to is None or day <= wanted.recorded_to)
    )


def _stands_out(entry: Entry, wanted: Wanted) -> bool:
    if wanted.after_an_incident and entry.after is None:
        return False
    return (entry.days_late > 0 or entry.after is not None) and entry.days_late >= wanted.days_at_least


def _groups(entries: Sequence[Entry]) -> Iterator[Group]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        of = [("all", ""), ("event", entry.event), *(("role", role) for role in entry.roles)]
        if entry.organisation_id is not None:
            of.append(("organisation", str(entry.organisation_id)))
        if entry.provider_id is not None:
            of.append(("provider", str(entry.provider_id)))
        for key in of:
            found.setdefault(key, []).append(entry)
    for (by, name), some in sorted(found.items()):
        days = sorted(entry.days_late for entry in some)
        yield Group(
            by=by,
            key=name,
            entries=len(days),
            late=sum(day > 0 for day in days),
            after_an_incident=sum(entry.after is not None for entry in some),
            median=median(days),
            p90=days[ceil(len(days) * 0.9) - 1],
            worst=days[-1],
        )
