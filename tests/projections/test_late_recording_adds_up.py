"""Whatever was written, by whomever and however late: the tables of the report say what the history says, and so does a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from domain import (
    agreement_events,
    attendance_events,
    child_events,
    organisation_events,
    placement_events,
    referral_events,
)
from domain import placement_life_events as life
from domain.agreement import Agreement
from domain.attendance import Attendance
from domain.events import Actor, Change, Corrected, Decision, Event, stored_name
from domain.facts.breaking_down import SafeguardingConcern, Tomorrow
from domain.facts.reviewing import ContactMade
from domain.facts.scrutiny import Complaint, InspectionNotice
from domain.facts.suitability import Proposal
from domain.facts.terms import Price
from domain.organisation import Organisation
from domain.people import Scope
from domain.placement import Placement
from domain.provider import Provider
from domain.provider_events import ProviderRegistered, ProviderRenamed
from domain.record import Record, Recording
from domain.routes import Route
from domain.school_days import london_day
from domain.stages import Stage
from history.store import History
from projections.comparing import differences
from projections.late_recording.wanted import Wanted
from projections.leading import Leading
from projections.reading import ReadModels
from projections.tables import TABLES
from tests.projections.filling import Filling
from tests.projections.told_anew import ToldAnew
from workflows.examples import EXAMPLES

BEGAN = datetime(2026, 9, 28, 9, tzinfo=UTC)
Told = tuple[type[Event], dict[str, Any]]


class Writing(Filling):
    """Officers of two authorities and a school write, now and then late, and now and then because something happened."""

    def __init__(self, history: History, seed: int) -> None:
        super().__init__(history)
        self.by_chance, self.moment = Random(seed), BEGAN  # noqa: S311 - repeatable, and no secret
        self.authorities = [self.organisation("One"), self.organisation("Two")]
        self.schools = [self.organisation("Academy", "school"), self.organisation("School", "school")]
        self.people = [
            Actor(id=f"{name}@example", name=name, role=role, organisation_id=at)
            for name, role, at in (
                ("a", "commissioner", self.authorities[0]),
                ("b", "commissioner, senior_officer", self.authorities[0]),
                ("c", "named_officer", self.authorities[1]),
                ("d", "school_lead", self.schools[0]),
                ("e", "provider_staff", None),
            )
        ]
        self.people.append(
            Actor(id="nightly", name="Nightly", kind="machine", role="x", organisation_id=self.authorities[0])
        )
        self.providers = [self._provider(name) for name in ("Forge", "Farm")]
        self.children = [
            self.child("A", "Child", self.authorities[n % 2], self.schools[0] if n else None)
            for n in range(3)
        ]
        self.placements = [
            self.placement(child, self.authorities[n % 2], self.schools[n % 2], self.providers[0].id)
            for n, child in enumerate([*self.children, self.children[0]])
        ]
        self.agreements = [self._agreement(n) for n in range(2)]
        self.registers = [self._register(self.placements[0])]

    def tell(self, record: Record, kind: type[Event], /, **facts: Any) -> int:
        """Write one more event, by somebody, of some day before."""
        chance = self.by_chance
        self.moment += timedelta(hours=chance.choice((1, 5, 30)))
        by = chance.choice(self.people) if hasattr(self, "people") else Actor(id="setup", name="S")
        late = chance.choice((0, 0, 0.1, 0.1, 1, 3, 12))
        at = self.moment - timedelta(days=late) if chance.random() < 0.5 else None
        on = london_day(at or self.moment - timedelta(days=late))
        decision = Decision(by=by, command="c", correlation_id=uuid4())
        record.under(Recording(decision, self.moment, on, at)).remember(kind, **facts)
        return self.history.save(record).position

    def something(self) -> None:
        """One of the things that can happen."""
        record, (kind, facts) = self.by_chance.choice(self._what)()
        self.tell(record, kind, **facts)

    @property
    def _what(self) -> tuple[Callable[[], tuple[Record, Told]], ...]:
        chance = self.by_chance
        placements, organisations = self.placements, [*self.authorities, self.schools[0]]
        return (
            lambda: (chance.choice(placements), self._contact()),
            lambda: (chance.choice(placements), self._contact()),
            lambda: (chance.choice(placements), self._review()),
            lambda: (chance.choice(placements), self._concern()),
            lambda: (chance.choice(placements), self._proposal()),
            lambda: (chance.choice(placements), self._proposal()),
            lambda: (chance.choice(self.providers), (ProviderRenamed, {"name": f"Name {chance.random()}"})),
            lambda: (chance.choice(placements), self._choice()),
            lambda: (chance.choice(self.children), self._roll()),
            lambda: (chance.choice(self.children), (child_events.YearGroupSet, {"year_group": "9"})),
            lambda: (self._found(chance.choice(organisations)), self._complaint()),
            lambda: (self._found(chance.choice(organisations)), self._notice()),
            lambda: (chance.choice(self.agreements), self._price()),
            lambda: (chance.choice(self.providers), (ProviderRenamed, {"name": f"Name {chance.random()}"})),
            lambda: (self.registers[0], (attendance_events.SessionCoded, self._code())),
            lambda: self._correction(chance.choice(placements)),
        )

    def _day(self) -> date:
        return london_day(self.moment) - timedelta(days=self.by_chance.choice((0, 0, 1, 2, 9)))

    def _contact(self) -> Told:
        body = {**EXAMPLES["log_contact"]["contact"], "on": self._day()}
        return life.ContactLogged, {"contact": msgspec.convert(body, ContactMade)}

    def _review(self) -> Told:
        return life.Continued, {
            "stage": Stage.ACTIVE,
            "because": "It goes well.",
            "next_review_on": self._day(),
        }

    def _concern(self) -> Told:
        example = EXAMPLES["report_safeguarding_concern"]
        concern = msgspec.convert({**example["concern"], "on": self._day()}, SafeguardingConcern)
        facts = {"concern": concern, "tomorrow": msgspec.convert(example["tomorrow"], Tomorrow)}
        return life.SafeguardingConcernReported, {"stage": Stage.BREAKDOWN, **facts}

    def _proposal(self) -> Told:
        of = self.by_chance.choice(self.providers).id
        proposal = Proposal(
            provider_id=of, sites=("Site",), sessions_per_week=4, hours_per_week=10.0, starts_on=self._day()
        )
        return placement_events.ProviderProposed, {"proposal": proposal}

    def _choice(self) -> Told:
        return placement_events.AgreementChosen, {"agreement_id": self.by_chance.choice(self.agreements).id}

    def _roll(self) -> Told:
        school = self.by_chance.choice(self.schools)
        return child_events.RollChanged, {"school_id": school, "enrolment": "C", "from_on": self._day()}

    def _complaint(self) -> Told:
        about: dict[str, Any] = self.by_chance.choice(
            (
                {},
                {"placement_id": self.by_chance.choice(self.placements).id},
                {"provider_id": self.by_chance.choice(self.providers).id},
            )
        )
        complaint = Complaint(received_on=self._day(), reference="C-1", from_whom="parent", **about)
        return organisation_events.ComplaintReceived, {"complaint": complaint}

    def _notice(self) -> Told:
        provider = self.by_chance.choice((None, self.providers[0].id))
        notice = InspectionNotice(notified_on=self._day(), inspectorate="ofsted", provider_id=provider)
        return organisation_events.InspectionNotified, {"notice": notice}

    def _price(self) -> Told:
        price = msgspec.convert(EXAMPLES["agree_price"]["price"], Price, strict=False)
        return agreement_events.PriceAgreed, {"price": price}

    def _code(self) -> dict[str, Any]:
        return {"day": self._day(), "half": "am", "code": "N"}

    def _correction(self, placement: Placement) -> tuple[Record, Told]:
        wrong = next(event for event in placement.events if isinstance(event, referral_events.Referred))
        change = Change(field="reason", category="narrative", value='"OTH"')
        return placement, (Corrected, {"corrects": wrong.originator_version, "changes": (change,)})

    def _found(self, id: UUID) -> Organisation:
        record = self.history.find(Organisation, id)
        assert record is not None
        return record

    def _provider(self, name: str) -> Provider:
        record = Provider(uuid4())
        self.tell(record, ProviderRegistered, name=name)
        return record

    def _agreement(self, n: int) -> Agreement:
        record = Agreement(uuid4())
        parties = {"commissioner_id": self.authorities[n], "provider_id": self.providers[n].id}
        self.tell(record, agreement_events.AgreementDrafted, **parties, starts_on=date(2026, 9, 1))
        return record

    def _register(self, placement: Placement) -> Attendance:
        record = Attendance(uuid4())
        of = {"placement_id": placement.id, "child_id": placement.child_id}
        days = {"half_term": "autumn", "first_on": date(2026, 9, 1), "last_on": date(2026, 12, 18)}
        self.tell(record, attendance_events.AttendanceOpened, **of, **days, route=Route.SECTION_19_OTHER)
        return record


def wanted_by(writing: Writing) -> list[Wanted]:
    """Every filter, alone and with others."""
    last = london_day(writing.moment)
    return [
        Wanted(),
        Wanted(organisation_id=writing.authorities[0]),
        Wanted(provider_id=writing.providers[0].id),
        Wanted(role="commissioner"),
        Wanted(event=stored_name(life.ContactLogged), days_at_least=2),
        Wanted(person_id="b@example"),
        Wanted(person_id="b@example", recorded_from=date(2026, 10, 10)),
        Wanted(recorded_from=date(2026, 10, 10)),
        Wanted(recorded_from=date(2026, 10, 1), recorded_to=date(2026, 10, 31)),
        Wanted(recorded_from=date(2026, 10, 3), recorded_to=date(2026, 10, 20), role="senior_officer"),
        Wanted(recorded_from=date(2020, 1, 1), recorded_to=last),
        Wanted(recorded_to=date(2026, 10, 9)),
        Wanted(recorded_from=last + timedelta(days=400)),
        Wanted(after_an_incident=True),
        Wanted(after_an_incident=True, days_at_least=3, provider_id=writing.providers[0].id),
    ]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_tables_say_what_the_history_says(
    seed: int, dsn: str, history: History, read_models: ReadModels
) -> None:
    writing = Writing(history, seed)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("SET search_path = read_models")
        leading = Leading(connection, history, TABLES, page=7)
        for _ in range(20):
            for _ in range(8):
                writing.something()
            while leading.step():
                pass

    anew = ToldAnew(history)
    scopes = [Scope(everything=True), Scope(), Scope(provider_id=writing.providers[0].id)]
    scopes += [Scope(organisations=frozenset({id})) for id in (*writing.authorities, *writing.schools)]
    convenient = 0
    for scope, wanted in product(scopes, wanted_by(writing)):
        told = read_models.recording.late(scope, wanted)
        groups, entries = anew.report(scope, wanted)
        assert list(told.groups) == groups, (scope, wanted)
        assert (list(told.entries), told.found) == (entries, len(entries)), (scope, wanted)
        assert list(read_models.recording.late(scope, wanted, limit=5).entries) == entries[:5]
        convenient += sum(entry.after is not None for entry in entries)
    assert convenient > 100
    for scope, at_least in product(scopes, (2, 3)):
        rows, found = read_models.recording.together(scope, date(2026, 11, 1), at_least)
        said = {
            (
                row.placement_id,
                row.person_id,
                str(row.organisation_id),
                row.duties,
                tuple(act.position for act in row.acts),
            )
            for row in rows
        }
        assert (said, found) == (anew.together(scope, at_least), len(said))
    assert differences(history, dsn) == []
