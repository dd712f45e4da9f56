"""Organisations, providers and contracts: what a wrong request is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.agreement import Agreement
from domain.organisation import Organisation
from domain.people import Role
from domain.provider import Provider
from tests.support.story import Story
from tests.support.walk import AGREEMENT, AUTHORITY, PROVIDER, THE_SERVICE
from workflows import examples as x

NEW = AUTHORITY.__class__(int=AUTHORITY.int + 77)
TERM = x.EXAMPLES["set_calendar"]["calendar"]["terms"][0]


def test_the_first_administrator_comes_with_the_organisation(story: Story) -> None:
    roles = story.record(Organisation, AUTHORITY).roles_of("admin@inventshire.example", date(2026, 11, 23))
    assert roles == {Role.ADMINISTRATOR}


def test_a_role_granted_until_a_day_ends_with_that_day(story: Story) -> None:
    story.given("grant_role", AUTHORITY, THE_SERVICE, until="2026-11-30")
    organisation = story.record(Organisation, AUTHORITY)
    who = "officer@inventshire.example"
    assert organisation.roles_of(who, date(2026, 11, 30)) == {Role.NAMED_OFFICER}
    assert organisation.roles_of(who, date(2026, 12, 1)) == frozenset()


def test_a_revoked_role_is_gone_at_once_and_revoked_once(story: Story) -> None:
    story.given("grant_role", AUTHORITY, THE_SERVICE).given("revoke_role", AUTHORITY, THE_SERVICE)
    assert not story.record(Organisation, AUTHORITY).roles_of(
        "officer@inventshire.example", date(2026, 11, 23)
    )
    story.when("revoke_role", AUTHORITY, THE_SERVICE).then_refused("no_such_grant")


def test_the_last_administrator_stays(story: Story) -> None:
    body = {"person_id": "admin@inventshire.example", "role": "administrator"}
    story.when("revoke_role", AUTHORITY, THE_SERVICE, **body).then_refused("last_administrator")


@pytest.mark.parametrize(
    ("name", "record", "body", "code"),
    [
        ("grant_role", AUTHORITY, {"role": "provider_staff"}, "role_does_not_fit"),
        ("choose_warnings", AUTHORITY, {"rules": ["the_setting_is_lawful"]}, "no_such_warning"),
        ("found_organisation", NEW, {"kind": "provider", "provider_id": None}, "provider_missing"),
        ("found_organisation", NEW, {"kind": "school", "authority_id": x.CHILD}, "unknown_reference"),
        ("set_calendar", AUTHORITY, {"calendar": {"terms": []}}, "calendar_without_terms"),
        (
            "set_calendar",
            AUTHORITY,
            {"calendar": {"terms": [TERM, {**TERM, "name": "Again"}]}},
            "terms_overlap",
        ),
        ("register_provider", NEW, {"setting_type": None}, "no_identification"),
        (
            "add_site",
            PROVIDER,
            {"site": {**x.EXAMPLES["add_site"]["site"], "postcode": "NOWHERE"}},
            "postcode_malformed",
        ),
        ("close_site", PROVIDER, {"site_name": "The Barn"}, "no_such_site"),
        ("lift_suspension", PROVIDER, {}, "not_suspended"),
        (
            "publish_offer",
            PROVIDER,
            {"offer": {**x.EXAMPLES["publish_offer"]["offer"], "age_to": 5}},
            "ages_reversed",
        ),
        (
            "record_check",
            PROVIDER,
            {"check": {"kind": "insurance", "checked_on": "2026-11-24"}},
            "in_the_future",
        ),
        ("draft_agreement", NEW, {"ends_on": "2020-01-01"}, "dates_reversed"),
        ("draft_agreement", NEW, {"provider_id": x.CHILD}, "unknown_reference"),
        (
            "sign_agreement",
            AGREEMENT,
            {"signature": {"party": "provider", "on": "2026-11-24", "signatory": "D"}},
            "in_the_future",
        ),
    ],
)
def test_a_request_that_does_not_fit_is_told_which_field_and_what_is_wrong(
    name: str, record: Any, body: dict[str, Any], code: str
) -> None:
    story = Story().when(name, record, THE_SERVICE, **body)
    assert story.done is None
    assert len(story.history.events) == story.before
    reason = story.reasons()[0]
    assert reason.message
    assert code in ("", reason.code)
    assert reason.field or code == "not_suspended"


def test_an_ended_contract_is_not_signed(story: Story) -> None:
    story.given("end_agreement", AGREEMENT, THE_SERVICE).when("sign_agreement", AGREEMENT, THE_SERVICE)
    assert story.codes() == ["contract_ended"]


def test_a_contract_is_in_force_between_its_days_once_both_have_signed(story: Story) -> None:
    agreement = story.record(Agreement, AGREEMENT)
    assert [
        agreement.in_force_on(date(*d)) for d in ((2026, 8, 31), (2026, 9, 1), (2028, 8, 31), (2028, 9, 1))
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_the_newest_look_at_the_register_counts_and_the_status_of_a_day_is_known(story: Story) -> None:
    registration = {
        **x.EXAMPLES["record_registration"]["registration"],
        "status": "registered_school",
        "since_on": "2026-11-10",
        "checked_on": "2026-11-20",
    }
    story.given("record_registration", PROVIDER, THE_SERVICE, registration=registration)
    provider = story.record(Provider, PROVIDER)
    assert provider.registration is not None
    assert provider.registration.status == "registered_school"
    before, after = provider.registration_on(date(2026, 11, 9)), provider.registration_on(date(2026, 11, 10))
    assert before is not None
    assert after is not None
    assert (before.status, after.status) == ("not_registered", "registered_school")


def test_an_older_check_that_is_entered_late_does_not_replace_a_newer_one(story: Story) -> None:
    older = {"kind": "insurance", "checked_on": "2026-01-05", "passed": False}
    story.given("record_check", PROVIDER, THE_SERVICE, check=older)
    found = story.record(Provider, PROVIDER).check_on("insurance", date(2026, 11, 23))
    assert found is not None
    assert found.checked_on == date(2026, 11, 3)
