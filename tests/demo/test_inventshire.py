"""The invented authority: every situation that an officer meets, and nothing that a rule would not have allowed."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from domain.attendance import Attendance
from domain.child import Child
from domain.organisation import Organisation
from domain.people import Role
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.reach import Reach, email_in
from domain.school_days import london_day
from domain.stages import Stage
from history.ledger.stored import Stored
from history.store import History
from projections.comparing import differences
from service.demo.filling import written
from service.demo.people import COUNCIL
from service.demo.providers import ARTS, TUITION, UNIT
from service.demo.roster import FAMILY
from service.people import people_of
from service.soundness.events import EventsRead
from tests.demo.filled import SHOWN_AT

TODAY = london_day(SHOWN_AT)


@pytest.fixture(scope="module")
def placements(inventshire: History) -> list[Placement]:
    """All placements."""
    return [inventshire.get(Placement, id) for id in inventshire.ids_of("placement.referred")]


@pytest.fixture(scope="module")
def children(inventshire: History) -> dict[object, Child]:
    """All children."""
    return {id: inventshire.get(Child, id) for id in inventshire.ids_of("child.registered")}


def test_some_placement_stands_in_every_stage(placements: list[Placement]) -> None:
    stages = Counter(placement.stage for placement in placements)
    assert set(stages) == set(Stage)
    assert 36 <= len(placements) <= 48
    assert stages[Stage.ACTIVE] >= 15


def test_every_situation_has_a_placement(placements: list[Placement], children: dict[object, Child]) -> None:
    ended = {p.destination.destination for p in placements if p.stage is Stage.EXIT and p.destination}
    assert {"reintegration", "further_education"} <= ended
    broken = {p.tomorrow.where for p in placements if p.stage is Stage.BREAKDOWN and p.tomorrow}
    assert {"interim_provision", "no_education", "home_school"} <= broken
    assert any(p.safeguarding_open for p in placements)
    assert any(p.successor_id for p in placements)
    assert any(o.state == "approved" and o.until >= TODAY for p in placements for o in p.overrides)
    assert any(o.state == "requested" for p in placements for o in p.overrides)
    assert any(type(e).__name__ == "Corrected" for p in placements for e in p.events)
    assert any(type(e).__name__ == "Withdrawn" for p in placements for e in p.events)
    assert any(type(e).__name__ == "Reopened" for p in placements for e in p.events)
    live = [children[p.child_id] for p in placements if p.stage is Stage.ACTIVE]
    assert any(child.looked_after for child in live)
    assert any(child.ehc_plan for child in live)
    assert any(len(child.week) == 2 for child in live)


def test_a_sixth_day_clock_is_running_and_another_has_run_out(
    placements: list[Placement], children: dict[object, Child]
) -> None:
    waiting = [children[p.child_id] for p in placements if p.started_on is None and p.stage is not Stage.EXIT]
    due = sorted(e.education_due_on for child in waiting for e in child.exclusions if e.education_due_on)
    assert due[0] < TODAY < due[-1]


def test_one_review_is_overdue(placements: list[Placement]) -> None:
    due = [p.next_review_on for p in placements if p.stage is Stage.ACTIVE and p.next_review_on]
    assert sum(day < TODAY for day in due) == 1


def test_of_the_providers_one_is_full_one_suspended_and_one_about_to_lapse(inventshire: History) -> None:
    unit, taken = inventshire.get(Provider, UNIT.id), inventshire.get(Places, Places.id_for(UNIT.id)).taken
    assert unit.offer is not None
    assert unit.offer.places == len(taken)
    assert inventshire.get(Provider, ARTS.id).suspended
    until = inventshire.get(Provider, TUITION.id).checks["insurance"].expires_on
    assert until is not None
    assert TODAY < until < TODAY + timedelta(days=15)


def test_attendance_was_reported_for_weeks_and_some_absences_were_decided(inventshire: History) -> None:
    registers = [inventshire.get(Attendance, id) for id in inventshire.ids_of("attendance.opened")]
    assert len(registers) > 20
    codes = Counter(code for register in registers for code in register.codes().values())
    assert {"K", "B", "N", "I", "O"} <= set(codes)


def test_somebody_holds_every_role_that_matters(inventshire: History) -> None:
    held = {role for person in people_of(inventshire, TODAY) for role in person.roles}
    assert held == set(Role) - {Role.SELF_APPROVER}


def test_every_name_says_that_it_is_invented(inventshire: History, children: dict[object, Child]) -> None:
    assert {child.family_name for child in children.values()} <= set(FAMILY)
    for person in people_of(inventshire, TODAY):
        assert person.name.split()[-1] in FAMILY


def test_the_story_was_written_over_fourteen_weeks_and_ends_yesterday(inventshire: History) -> None:
    recorded = [stored.event.recorded_at for stored in inventshire.scan()]
    assert recorded == sorted(recorded)
    assert timedelta(weeks=13) < SHOWN_AT - recorded[0] < timedelta(weeks=16)
    assert SHOWN_AT - timedelta(days=4) < recorded[-1] < SHOWN_AT


def test_every_gate_that_was_passed_names_the_rules_that_were_met(placements: list[Placement]) -> None:
    for placement in placements:
        for event in placement.events:
            assert {rule.verdict for rule in event.decision.rules} <= {"met", "warned", "overridden"}
            assert event.decision.by.kind == "person"


def test_the_council_has_a_calendar_around_today(inventshire: History) -> None:
    council = inventshire.get(Organisation, COUNCIL.id)
    assert council.calendar is not None
    assert any(term.starts_on <= TODAY <= term.ends_on for term in council.calendar.terms)


def test_its_history_is_sound_and_its_read_models_are_what_a_rebuild_gives(
    inventshire: History, filled_database: str
) -> None:
    read = EventsRead(inventshire.mapper)
    read(Stored(inventshire).events(0, inventshire.head()))
    assert (read.events, read.faults) == (inventshire.head(), [])
    assert differences(inventshire, filled_database) == []


def test_it_is_made_of_the_steps_that_were_written(inventshire: History) -> None:
    decided = [stored.event.decision.correlation_id for stored in inventshire.scan()]
    assert len(set(decided)) == len(written(TODAY))


def test_everyone_can_be_told_at_an_address_that_leads_nowhere(
    inventshire: History, children: dict[object, Child]
) -> None:
    for person in people_of(inventshire, TODAY):
        reach = inventshire.get(Reach, Reach.id_for(person.organisation_id))
        assert reach.people[person.id].email == person.id
        assert reach.telephone
        assert reach.office.email
        assert reach.office.email.endswith(".example")
    spoken_to = [carer.contact for child in children.values() for carer in child.carers.values()]
    spoken_to += [child.social_worker.contact for child in children.values() if child.social_worker]
    addresses = [email_in(contact) for contact in spoken_to]
    assert len(addresses) > 40
    assert all(address and address.endswith(".example") for address in addresses)
