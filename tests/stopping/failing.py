"""A provider with hundreds of children, of two authorities, written straight into the history; and a process that stops them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from domain import child_events, organisation_events, placement_events, provider_events, referral_events
from domain.child import Child
from domain.events import Actor, Decision, Event
from domain.facts.checks import Registration
from domain.facts.going_live import ContingencyPlan
from domain.facts.suitability import Proposal
from domain.organisation import Organisation
from domain.people import Asker, OrganisationKind, Role
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.record import Record, Recording
from domain.routes import Route
from domain.school_calendar import SchoolCalendar, Term
from domain.stages import Stage
from domain.stoppage import Round
from history.store import History
from workflows.carrying_through import carry_through
from workflows.casework import Casework
from workflows.lasting import Lasting
from workflows.sent import Done, Sent
from workflows.stopping import StopPlacements

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MASTER_KEY = bytes(range(32))
SETTING_UP = Decision(
    by=Actor(id="s", name="Set-up", kind="machine"), command="c", correlation_id=UUID(int=1)
)
PLAN = ContingencyPlan(tomorrow="interim_provision", what="Tuition at the library.", owner="Inclusion lead")
AUTUMN = SchoolCalendar(
    terms=(Term(name="Autumn 2026", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18)),)
)


@dataclass(frozen=True)
class Failing:
    """The provider, two authorities, and the placements of each."""

    history: History
    provider: UUID = field(default_factory=uuid4)
    authority: UUID = field(default_factory=uuid4)
    neighbour: UUID = field(default_factory=uuid4)
    placements: list[UUID] = field(default_factory=list)
    neighbours: list[UUID] = field(default_factory=list)

    def tell(self, record: Record, kind: type[Event], /, **facts: Any) -> None:
        """One more event of a record that is not saved yet."""
        record.under(Recording(SETTING_UP, NOW - timedelta(days=30), date(2026, 10, 1))).remember(
            kind, **facts
        )

    def furnish(self, how_many: int, of_the_neighbour: int = 0) -> Failing:
        """The organisations, the provider, and so many children who are taught there."""
        for id, name in ((self.authority, "Inventshire"), (self.neighbour, "Neighbourshire")):
            organisation = Organisation(id)
            kind = OrganisationKind.LOCAL_AUTHORITY
            self.tell(organisation, organisation_events.OrganisationFounded, name=name, kind=kind)
            self.tell(organisation, organisation_events.CalendarSet, calendar=AUTUMN)
            for person in ("officer", "other"):
                grant = {"person_id": f"{person}@{id}", "name": person.title(), "role": Role.COMMISSIONER}
                self.tell(organisation, organisation_events.RoleGranted, **grant)
            self.history.save(organisation)
        provider = Provider(self.provider)
        self.tell(provider, provider_events.ProviderRegistered, name="Invented Workshop")
        looked_up = Registration(
            status="registered_school", since_on=date(2020, 9, 1), checked_on=date(2026, 9, 1), source="GIAS"
        )
        self.tell(provider, provider_events.RegistrationRecorded, registration=looked_up)
        self.tell(provider, provider_events.ProviderSuspended, why="The roof is not safe.")
        self.history.save(provider)
        places = Places(Places.id_for(self.provider))
        for n in range(how_many + of_the_neighbour):
            mine = n < how_many
            id = self._placement(places, self.authority if mine else self.neighbour, on_a_roll=n % 2 == 0)
            (self.placements if mine else self.neighbours).append(id)
        self.history.save(places)
        return self

    def _placement(self, places: Places, commissioner: UUID, *, on_a_roll: bool) -> UUID:
        child, placement = Child(uuid4()), Placement(uuid4())
        known = {"born_on": "2012-05-01", "sex": "U", "authority_id": commissioner}
        self.tell(child, child_events.ChildRegistered, given_names="Invented", family_name="Child", **known)
        if on_a_roll:
            roll = {
                "school_id": uuid5(self.provider, "school"),
                "enrolment": "C",
                "from_on": date(2024, 9, 1),
            }
            self.tell(child, child_events.RollChanged, **roll)
        self.tell(
            placement, referral_events.Referred, stage=Stage.NEEDS_ASSESSMENT, child_id=child.id,
            commissioner_id=commissioner, route=Route.SECTION_19_OTHER, reason="OTH", why="Because.", referral_path="Panel",
        )  # fmt: skip
        proposal = Proposal(
            provider_id=self.provider,
            sites=("Mill Lane",),
            sessions_per_week=4,
            hours_per_week=10.0,
            starts_on=date(2026, 10, 5),
        )
        self.tell(placement, placement_events.ProviderProposed, proposal=proposal)
        self.tell(placement, placement_events.ContingencyPlanned, contingency=PLAN)
        self.tell(
            placement,
            placement_events.Started,
            stage=Stage.ACTIVE,
            on=date(2026, 10, 5),
            first_review_on=date(2026, 12, 1),
        )
        self.history.save(child, placement)
        self.tell(
            places, provider_events.PlaceTaken, about=child.id, placement_id=placement.id, commissioner_id=commissioner,
            hours_per_week=10.0, sessions_per_week=4, ehc_plan=False, looked_after=False, compulsory_age=True,
        )  # fmt: skip
        return placement.id

    def officer(self, person: str = "officer", at: UUID | None = None) -> Asker:
        """A commissioner of one of the authorities."""
        mine = at or self.authority
        kind, roles = OrganisationKind.LOCAL_AUTHORITY, frozenset({Role.COMMISSIONER})
        return Asker(f"{person}@{mine}", person.title(), mine, kind, roles)

    def casework(self) -> Casework:
        """The way in, on a clock that stands still."""
        return Casework(self.history, lambda: NOW)

    def begin(self, asker: Asker | None = None, sent: Sent | None = None, **changes: Any) -> Done:
        """Begin to stop the placements."""
        failure = {
            "kind": "suspended",
            "fact": "provider",
            "since_on": "2026-11-23",
            "why": "The roof is not safe.",
        }
        command = StopPlacements.model_validate({"failure": failure, **changes})
        return self.casework().perform(command, asker or self.officer(), self.provider, sent)


def carry(dsn: str, id: UUID, progress: Callable[[Round], None] = lambda round: None) -> None:
    """Carry one operation through."""
    history = History(dsn, master_key=MASTER_KEY)
    try:
        carry_through(Casework(history, lambda: NOW, Lasting(history)), history, id, progress)
    finally:
        history.close()


if __name__ == "__main__":
    carry(
        sys.argv[1],
        UUID(sys.argv[2]),
        lambda round: print(len(round.placements) - len(round.waiting), flush=True),  # noqa: T201 - read by the test
    )
