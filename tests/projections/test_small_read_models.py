"""The directory, contracts, organisations, roles and clocks say what was recorded."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import msgspec
import pytest

from domain.duties.duty import State
from domain.people import Role, Scope
from projections.finding_children import ChildFilter
from projections.finding_due import DueFilter
from projections.finding_providers import ProviderFilter
from projections.reading import ReadModels
from tests.projections.filling import MONDAY
from tests.support.walk import (
    AGREEMENT,
    AUTHORITY,
    CHILD,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    SCHOOL,
    THE_SERVICE,
    Walk,
)

CaughtUp = Callable[[], None]
OF_THE_AUTHORITY = Scope(organisations=frozenset({AUTHORITY}))
OF_THE_PROVIDER = Scope(provider_id=PROVIDER)
SIXTH_DAY = DueFilter(rule=("T1",))


def test_the_directory_counts_places_and_weighs_registration(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    caught_up()

    row = read_models.directory.get(OF_THE_AUTHORITY, PROVIDER, on=MONDAY)
    assert row is not None
    assert (row.places, row.places_taken, row.places_free, row.hours_of_all) == (12, 1, 11, 16)
    assert (row.registration, row.approval, row.first_expiry) == (
        "not_registered",
        "approved",
        date(2027, 11, 2),
    )
    assert (row.children_full_time, row.must_register) == (0, "")
    assert not row.one_more_would
    assert row.one_more_with_plan_or_looked_after_would
    assert [site.name for site in row.sites] == ["Mill Lane"]


@pytest.mark.parametrize(
    ("which", "found"),
    [
        (ProviderFilter(), 1),
        (ProviderFilter(name="WORK inv"), 1),
        (ProviderFilter(name="other"), 0),
        (ProviderFilter(age=11), 1),
        (ProviderFilter(age=10), 0),
        (ProviderFilter(free_places=12), 1),
        (ProviderFilter(free_places=13), 0),
        (ProviderFilter(needs=("SEMH",)), 1),
        (ProviderFilter(needs=("SEMH", "HI")), 0),
        (ProviderFilter(approved=True, usable=True), 1),
        (ProviderFilter(registered=True), 0),
    ],
)
def test_a_provider_is_found_by_what_it_offers(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels, which: ProviderFilter, found: int
) -> None:
    caught_up()

    assert len(read_models.directory.page(OF_THE_AUTHORITY, which, on=MONDAY).rows) == found
    assert read_models.directory.count(OF_THE_AUTHORITY, which) == found


def test_a_contract_is_in_force_until_it_ends(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    caught_up()
    agreement = read_models.agreements.get(OF_THE_PROVIDER, AGREEMENT, on=MONDAY)
    assert agreement is not None
    assert (agreement.state, agreement.missing_terms, agreement.signed_by) == (
        "in_force",
        (),
        ("commissioner", "provider"),
    )
    before = read_models.agreements.get(OF_THE_PROVIDER, AGREEMENT, on=date(2026, 8, 31))
    assert before is not None
    assert before.state == "signed"
    assert read_models.agreements.get(Scope(organisations=frozenset({uuid4()})), AGREEMENT, on=MONDAY) is None

    walk.do("end_agreement", AGREEMENT, THE_SERVICE)
    caught_up()
    assert read_models.agreements.page(OF_THE_AUTHORITY, on=MONDAY, state="in_force").rows == []
    [ended] = read_models.agreements.page(OF_THE_AUTHORITY, on=MONDAY, state="ended").rows
    assert ended.commissioner_name == "Inventshire Council"


def test_a_persons_roles_are_known_until_they_end(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    person = {"person_id": "p@inventshire.example", "person_name": "P", "role": "commissioner"}
    walk.do("grant_role", AUTHORITY, THE_SERVICE, **person, until="2026-11-30")
    walk.do("grant_role", SCHOOL, THE_SERVICE, **{**person, "role": "school_lead"}, until=None)
    caught_up()

    grants = read_models.grants.of_person("p@inventshire.example", MONDAY)
    assert {(g.organisation_id, g.role) for g in grants} == {
        (AUTHORITY, Role.COMMISSIONER),
        (SCHOOL, Role.SCHOOL_LEAD),
    }
    assert [g.role for g in read_models.grants.of_person("p@inventshire.example", date(2026, 12, 1))] == [
        Role.SCHOOL_LEAD
    ]
    walk.do("revoke_role", SCHOOL, THE_SERVICE, person_id="p@inventshire.example", role="school_lead")
    caught_up()
    assert [g.role for g in read_models.grants.of_person("p@inventshire.example", MONDAY)] == [
        Role.COMMISSIONER
    ]
    assert read_models.grants.of_person("nobody", MONDAY) == []


def test_an_organisation_is_found_and_its_calendar_known(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    caught_up()

    [council] = read_models.organisations.page(OF_THE_AUTHORITY, name="inventshire").rows
    assert council.organisation_id == AUTHORITY
    assert council.calendar_from == date(2026, 9, 2)
    assert council.calendar_until is not None
    assert read_models.organisations.get(OF_THE_PROVIDER, AUTHORITY) is None


def test_a_clock_runs_until_the_child_is_taught(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.do("record_exclusion", CHILD, THE_SERVICE)
    caught_up()
    [clock] = read_models.due.page(OF_THE_AUTHORITY, SIXTH_DAY, on=MONDAY).rows
    assert (clock.rule, clock.anchor_on, clock.due_on) == ("T1", date(2026, 11, 9), date(2026, 11, 16))
    assert (clock.state, clock.done_by, clock.days_overdue) == (State.OVERDUE, None, 7)
    before = msgspec.structs.replace(SIXTH_DAY, due_to=date(2026, 11, 15))
    assert read_models.due.page(OF_THE_AUTHORITY, before, on=MONDAY).rows == []

    walk.live_until("start_placement")
    caught_up()
    [met] = read_models.due.page(OF_THE_AUTHORITY, SIXTH_DAY, on=date(2026, 12, 24)).rows
    assert (met.state, met.done_on, met.days_overdue) == (State.DONE_LATE, MONDAY, 7)
    assert (met.done_by or "").startswith(str(PLACEMENT))


def test_a_child_is_found_by_a_number(walk: Walk, caught_up: CaughtUp, read_models: ReadModels) -> None:
    identifier = {"kind": "LA", "value": "ab-12 34", "issued_by": "Inventshire"}
    walk.do("add_identifier", CHILD, THE_SERVICE, identifier=identifier)
    caught_up()

    for number, found in (("AB1234", 1), ("ab-12 34", 1), ("AB123", 0), ("%", 0), ("", 0)):
        which = ChildFilter(identifier=number)
        assert len(read_models.children.page(OF_THE_AUTHORITY, which).rows) == found
        assert read_models.children.count(OF_THE_AUTHORITY, which) == found
    assert (
        read_models.children.count(
            Scope(organisations=frozenset({uuid4()})), ChildFilter(identifier="AB1234")
        )
        == 0
    )


def test_children_are_filtered(walk: Walk, caught_up: CaughtUp, read_models: ReadModels) -> None:
    walk.live_until("start_placement")
    walk.do("record_ehc_plan", CHILD, OFFICER)
    caught_up()

    for which, found in (
        (ChildFilter(school_id=SCHOOL, ehc_plan=True, with_open_placement=True), 1),
        (ChildFilter(looked_after=True), 0),
        (ChildFilter(with_open_placement=False), 0),
        (ChildFilter(authority_id=SCHOOL), 0),
        (ChildFilter(school_id=AUTHORITY), 0),
    ):
        assert read_models.children.count(OF_THE_AUTHORITY, which) == found
