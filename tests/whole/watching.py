"""Looks at everything that is recorded, event by event, and asks after each what must always hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from domain import placement_events as p
from domain.child import Child
from domain.events import Event
from domain.moved import Moved
from domain.people import Asker, Role
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.provider_events import PlaceTaken
from domain.record import Record
from domain.rules.places import LAWFUL
from domain.stages import Stage
from domain.thresholds import ChildHours, must_be_registered
from history.store import History
from tests.conformance.event_kinds import RECORDS
from tests.whole.at_once import Outcome
from tests.workflows.test_every_move import RULE_BOOK
from workflows.catalogue import COMMANDS
from workflows.placement_moves import PLACEMENT
from workflows.sent import Done

R = TypeVar("R", bound=Record)
KIND_OF = {kind: record for record in RECORDS for kind in record.folds}
HELD = (Stage.RISK_ASSESSMENT, Stage.ACTIVE, Stage.REVIEW, Stage.BREAKDOWN)
"""The stages in which a placement holds a place and part of the child's week."""

FULL_WEEK = 10
"""Half-days: no child is in two places at once."""


MOVES = RULE_BOOK | {"mark_at_risk": ({"active", "review"}, "breakdown")}
"""What moves a placement. To mark one at risk is no move of the table: it stops only where a rule no longer lets it go on."""


class Watcher:
    """Tells every record for itself from what was stored, and never asks the service what it thinks."""

    def __init__(self, history: History) -> None:
        self.history, self.position = history, 0
        self.records: dict[UUID, Record] = {}

    def get(self, kind: type[R], id: UUID | None) -> R | None:
        """A record as the stored events tell it."""
        found = self.records.get(id) if id else None
        return found if isinstance(found, kind) else None

    def look(
        self, came: Outcome, name: str = "", asker: Asker | None = None, now: datetime | None = None
    ) -> None:
        """What was recorded since the last look is what came of the command, and everything still holds."""
        new = self.history.page(self.position, 5_000)
        if not isinstance(came, Done):
            assert new == [], f"{name} was refused for {came} and left {[s.topic for s in new]}"
            return
        assert [s.position for s in new] == list(range(self.position + 1, self.position + 1 + len(new)))
        assert new, f"{name} was done and recorded nothing"
        assert came.position == new[-1].position
        self.position = came.position
        for stored in new:
            self._carries_its_decision(stored.event, name, asker, now)
            self._take_in(stored.event)
        self._still_holds({stored.event.originator_id for stored in new})
        live = self.history.find(type(self.records[came.record_id]), came.record_id)
        assert live is not None
        assert live.version == came.version
        assert state_of(live) == state_of(self.records[came.record_id])

    def read_all(self) -> None:
        """Take in what is there already."""
        while some := self.history.page(self.position, 5_000):
            for stored in some:
                record = self._record_of(stored.event)
                record.fold(stored.event)
                self.position = stored.position

    def _record_of(self, event: Event) -> Record:
        id = event.originator_id
        if id not in self.records:
            self.records[id] = KIND_OF[type(event)](id)
        return self.records[id]

    def _take_in(self, event: Event) -> None:
        record = self._record_of(event)
        assert event.originator_version == record.version + 1
        if isinstance(record, Placement):
            self._may_happen(record, event)
        before = set(record.taken) if isinstance(record, Places) else set()
        record.fold(event)
        if isinstance(event, PlaceTaken) and event.placement_id not in before:
            self._may_be_taken(record, event)

    def _carries_its_decision(
        self, event: Event, name: str, asker: Asker | None, now: datetime | None
    ) -> None:
        assert asker is not None
        assert event.decision.by.id == asker.person_id
        assert event.decision.command == name
        assert name in COMMANDS
        assert event.recorded_at == now
        assert now is not None
        assert event.occurred_on <= london(now)

    def _may_happen(self, record: Placement, event: Event) -> None:
        """Stages change along the table only; what is closed stays closed but for what may be added."""
        command = event.decision.command
        if isinstance(event, Moved) and record.version:
            froms, to = MOVES[command]
            assert (record.stage.value in froms, event.stage.value) == (True, to)
        elif isinstance(event, Moved):
            assert command in ("refer_child", "replace_placement")
        elif record.version and command not in ("refer_child", "replace_placement"):
            assert record.stage in PLACEMENT.rows[command].source
        by = event.decision.by
        may_alone = Role.SELF_APPROVER.value in by.role
        if isinstance(event, p.RiskAccepted):
            assert by.id != record.risk_prepared_by or may_alone
        if isinstance(event, p.OverrideApproved):
            assert by.id != event.requested_by or (may_alone and event.self_approved)

    def _may_be_taken(self, places: Record, event: PlaceTaken) -> None:
        """A place that was not held before: there is one, and the setting is lawful with this child."""
        assert isinstance(places, Places)
        placement = self.get(Placement, event.placement_id)
        assert placement is not None
        provider = self.get(Provider, placement.provider_id)
        assert provider is not None
        assert provider.offer is not None
        assert len(places.taken) <= provider.offer.places
        assert not provider.suspended, "a child takes a place at a suspended provider"
        assert not provider.removed, "a child takes a place at a provider that is not used any more"
        assert provider.registration is not None
        if provider.registration.status not in LAWFUL:
            there = [
                ChildHours(t.child_id, t.hours_per_week, t.ehc_plan, t.looked_after, t.compulsory_age)
                for t in places.taken.values()
            ]
            assert not must_be_registered(there, london(event.recorded_at)).must_register

    def _still_holds(self, changed: set[UUID]) -> None:
        for id in changed:
            record = self.records[id]
            if isinstance(record, Child):
                assert record.weekly_sessions() <= FULL_WEEK
            if isinstance(record, Placement):
                self._placement_holds(record)

    def _placement_holds(self, placement: Placement) -> None:
        assert placement.stage is not Stage.BREAKDOWN or placement.tomorrow is not None
        assert placement.stage is not Stage.ACTIVE or not placement.safeguarding_open
        provider, child = placement.provider_id, self.get(Child, placement.child_id)
        places = self.get(Places, Places.id_for(provider)) if provider else None
        held = places is not None and placement.id in places.taken
        assert child is not None
        assert held == (placement.id in child.week) == (placement.stage in HELD) == placement.place_held
        if held and places is not None:
            assert places.taken[placement.id].hours_per_week == placement.hours_per_week
            assert child.week[placement.id].sessions_per_week == placement.sessions_per_week


def london(moment: datetime) -> date:
    """The day in London, by the time zone's own rules and not by ours."""
    return moment.astimezone(ZoneInfo("Europe/London")).date()


def state_of(record: Record) -> dict[str, Any]:
    """What a record remembers, without how it came to be in memory."""
    return {k: v for k, v in vars(record).items() if k not in ("pending", "recording", "events")}
