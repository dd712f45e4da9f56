"""Records written straight into the history: for read models it does not matter which command wrote them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from domain import child_events, organisation_events, placement_events, provider_events, referral_events
from domain.child import Child
from domain.events import Actor, Decision, Event
from domain.facts.suitability import Proposal
from domain.organisation import Organisation
from domain.people import OrganisationKind
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record, Recording
from domain.routes import Route
from domain.stages import Stage
from history.store import History

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
DECISION = Decision(
    by=Actor(id="o", name="Nia Example", role="named_officer"), command="c", correlation_id=UUID(int=1)
)


class Filling:
    """Writes records of any kind."""

    def __init__(self, history: History) -> None:
        self.history = history

    def tell(self, record: Record, kind: type[Event], /, **facts: Any) -> int:
        """Write one more event of a record; the position reached."""
        record.under(Recording(DECISION, NOW, MONDAY)).remember(kind, **facts)
        return self.history.save(record).position

    def organisation(self, name: str, kind: str = "local_authority", provider_id: UUID | None = None) -> UUID:
        """An organisation."""
        record = Organisation(uuid4())
        facts = {"name": name, "kind": OrganisationKind(kind), "provider_id": provider_id}
        self.tell(record, organisation_events.OrganisationFounded, **facts)
        return record.id

    def provider(self, name: str) -> UUID:
        """A provider."""
        record = Provider(uuid4())
        self.tell(record, provider_events.ProviderRegistered, name=name)
        return record.id

    def child(
        self,
        given: str,
        family: str,
        authority: UUID | None = None,
        school: UUID | None = None,
        id: UUID | None = None,
        **facts: Any,
    ) -> Child:
        """A child, on a school's roll if there is one."""
        record = Child(id or uuid4())
        known = {"born_on": "2013-05-01", "sex": "U", "authority_id": authority or uuid4(), **facts}
        self.tell(record, child_events.ChildRegistered, given_names=given, family_name=family, **known)
        if school:
            roll = {"school_id": school, "enrolment": "C", "from_on": date(2024, 9, 1)}
            self.tell(record, child_events.RollChanged, **roll)
        return record

    def rename(self, child: Child, given: str, family: str) -> int:
        """A child's name is brought up to date."""
        details = {"given_names": given, "family_name": family, "born_on": "2013-05-01", "sex": "U"}
        return self.tell(child, child_events.DetailsChanged, **details)

    def placement(
        self, child: Child, commissioner: UUID, home_school: UUID | None = None, provider: UUID | None = None
    ) -> Placement:
        """A referral, with a provider proposed if there is one."""
        record = Placement(uuid4())
        self.tell(
            record,
            referral_events.Referred,
            stage=Stage.NEEDS_ASSESSMENT,
            child_id=child.id,
            commissioner_id=commissioner,
            home_school_id=home_school,
            route=Route.SECTION_19_OTHER,
            reason="OTH",
            why="Because.",
            referral_path="Panel",
        )
        if provider:
            self.propose(record, provider)
        return record

    def propose(self, placement: Placement, provider: UUID) -> int:
        """A provider is proposed."""
        proposal = Proposal(
            provider_id=provider, sites=("Site",), sessions_per_week=4, hours_per_week=10.0, starts_on=MONDAY
        )
        return self.tell(placement, placement_events.ProviderProposed, proposal=proposal)
