"""Who may do what: every command against every kind of person, and what a stranger gets to know."""

from __future__ import annotations

import pytest

from domain.people import Asker, OrganisationKind, Role
from domain.reasons import Invalid, NotFound, NotPermitted, Refused
from tests.support.story import Story
from tests.support.walk import (
    AGREEMENT,
    AUTHORITY,
    CHILD,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    PROVIDER_OFFICE,
    PROVIDER_STAFF,
    SCHOOL,
    THE_SERVICE,
    person,
)
from workflows import examples as x
from workflows.catalogue import COMMANDS
from workflows.permissions import WHO_MAY
from workflows.who_reads import scope_of

SCHOOLS = OrganisationKind.SCHOOL
ELSEWHERE = AUTHORITY.__class__(int=AUTHORITY.int + 900)

RECORD_OF = {
    "Placement": PLACEMENT,
    "Child": CHILD,
    "Provider": PROVIDER,
    "Agreement": AGREEMENT,
    "Organisation": AUTHORITY,
}


@pytest.fixture(scope="module")
def running() -> Story:
    """A placement that runs. Questions about permission leave no trace in it."""
    return Story().given_life_until("start_placement")


def test_what_a_trigger_could_not_do_is_found_by_those_alone_whose_business_it_is() -> None:
    running = Story()
    undone = running.walk.do("record_undone", ELSEWHERE, THE_SERVICE).record_id
    stranger = person("stranger", Role.COMMISSIONER, at=ELSEWHERE)
    with pytest.raises(NotFound):
        running.walk.do("attend_to_undone", undone, stranger)
    with pytest.raises(NotFound):
        running.walk.do("attend_to_undone", undone, PROVIDER_STAFF)
    with pytest.raises(NotPermitted):
        running.walk.do("attend_to_undone", undone, person("auditor", Role.AUDITOR))
    running.walk.do("attend_to_undone", undone, OFFICER)


def answer(story: Story, name: str, asker: Asker) -> str:
    """What happens when this person gives the command: done, or why not."""
    command = COMMANDS[name]
    record = RECORD_OF.get(command.target.__name__)
    if record is None:
        return "not offered"
    events = list(story.history.events)
    try:
        story.walk.do(name, record if not command.opens else ELSEWHERE, asker)
    except NotPermitted:
        return "not permitted"
    except NotFound:
        return "unknown"
    except (Refused, Invalid):
        return "permitted"
    finally:
        story.history.events[:] = events
    return "permitted"


PEOPLE: dict[str, Asker] = {
    "officer of another authority": person("stranger", *Role, at=ELSEWHERE),
    "provider's person of another provider": Asker(
        "other",
        "Other",
        ELSEWHERE,
        OrganisationKind.PROVIDER,
        frozenset({Role.PROVIDER_STAFF}),
        provider_id=ELSEWHERE,
    ),
    "no role at all": person("nobody"),
    "auditor": person("auditor", Role.AUDITOR),
    "data officer": person("data", Role.DATA_OFFICER),
}


def test_every_command_has_a_row_that_says_who_may() -> None:
    assert set(WHO_MAY) == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_auditors_and_people_without_a_role_change_nothing(name: str, running: Story) -> None:
    for who in ("auditor", "no role at all"):
        assert answer(running, name, PEOPLE[who]) in ("not permitted", "unknown", "not offered"), who


OF_DATA_OFFICERS = {
    *("request_erasure", "approve_erasure", "refuse_erasure", "place_hold", "lift_hold"),
    *("request_rectification", "answer_rectification", "prepare_subject_access"),
}
"""What they do: they see to the keeping of records, and to nothing that is in them."""


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - OF_DATA_OFFICERS))
def test_data_officers_change_nothing_that_is_in_a_record(name: str, running: Story) -> None:
    assert answer(running, name, PEOPLE["data officer"]) in ("not permitted", "unknown", "not offered")


@pytest.mark.parametrize("name", sorted(OF_DATA_OFFICERS))
def test_data_officers_see_to_the_keeping_of_records(name: str, running: Story) -> None:
    assert answer(running, name, PEOPLE["data officer"]) not in ("not permitted", "unknown")


@pytest.mark.parametrize(
    "name",
    sorted(n for n, c in COMMANDS.items() if c.target.__name__ in ("Placement", "Child") and not c.opens),
)
def test_a_stranger_does_not_get_to_know_that_the_child_exists(name: str, running: Story) -> None:
    for who in ("officer of another authority", "provider's person of another provider"):
        assert answer(running, name, PEOPLE[who]) == "unknown", who


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_service_itself_may_give_every_command_under_its_own_name(name: str, running: Story) -> None:
    assert answer(running, name, THE_SERVICE) in ("permitted", "not offered")


PROVIDERS_COMMANDS = {
    "add_site",
    "agree_plan",
    "announce_withdrawal",
    "assess_risk",
    "publish_offer",
    "raise_concern",
    "receive_end_report",
    "record_visit",
    "report_change",
    "report_day",
    "report_progress",
    "report_safeguarding_concern",
    "set_contact",
    "sign_agreement",
    "sign_individual_agreement",
}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_providers_person_does_what_concerns_its_own_placements_and_no_more(
    name: str, running: Story
) -> None:
    # The examples of these speak for the commissioner: a provider that tries that is told so.
    speaks_for_others = {"agree_plan", "sign_agreement"}
    expected = "permitted" if name in PROVIDERS_COMMANDS - speaks_for_others else "not permitted"
    found = answer(running, name, PROVIDER_STAFF)
    assert found == expected or (found in ("unknown", "not offered") and name not in PROVIDERS_COMMANDS)


def test_a_provider_sees_nothing_of_a_placement_that_is_not_its_own(story: Story) -> None:
    story.given("refer_child")
    with pytest.raises(NotFound):
        story.walk.do("report_progress", PLACEMENT, PROVIDER_STAFF)


def test_the_home_school_codes_attendance_and_supports_the_return(running: Story) -> None:
    lead = person("lead", Role.SCHOOL_LEAD, at=SCHOOL, kind=SCHOOLS)
    for name in ("code_session", "log_contact", "record_views", "support_reintegration", "raise_concern"):
        assert answer(running, name, lead) == "permitted"
    for name in ("end_placement", "call_review", "approve_override"):
        assert answer(running, name, lead) == "not permitted"


def test_the_authoritys_named_officer_challenges_a_schools_placement() -> None:
    story = Story()
    named = person("named", Role.NAMED_OFFICER)
    head = person("head", Role.SCHOOL_LEAD, at=SCHOOL, kind=SCHOOLS)
    story.given("refer_child", PLACEMENT, head, commissioner_id=x.SCHOOL, route="school_arranged")
    assert answer(story, "record_consultation", named) == "permitted"
    assert answer(story, "assess_needs", named) == "not permitted"


def test_an_administrator_of_one_organisation_grants_no_role_in_another(story: Story) -> None:
    story.when("grant_role", SCHOOL, person("admin", Role.ADMINISTRATOR)).then_not_permitted()
    story.when("grant_role", AUTHORITY, person("admin", Role.ADMINISTRATOR))
    assert story.done is not None


def test_no_one_refers_in_the_name_of_another_organisation(story: Story) -> None:
    story.when(
        "refer_child", PLACEMENT, person("head", Role.SCHOOL_LEAD, at=SCHOOL, kind=SCHOOLS)
    ).then_not_permitted()


def test_scopes_follow_the_organisation_and_need_a_role() -> None:
    assert scope_of(OFFICER).organisations == {AUTHORITY}
    assert scope_of(PROVIDER_STAFF).provider_id == PROVIDER
    assert not scope_of(PROVIDER_STAFF).organisations
    assert scope_of(person("nobody")).organisations == frozenset()
    nobody = Asker("n", "N", PROVIDER_OFFICE, OrganisationKind.PROVIDER, provider_id=PROVIDER)
    assert scope_of(nobody).provider_id is None
    assert scope_of(THE_SERVICE).everything


def test_no_one_refers_a_child_of_whom_they_may_not_know(story: Story) -> None:
    elsewhere = person("stranger", Role.COMMISSIONER, at=ELSEWHERE)
    founded = {"organisation_name": "Elsewhere Council", "kind": "local_authority"}
    story.given("found_organisation", ELSEWHERE, THE_SERVICE, **founded)
    story.when("refer_child", PLACEMENT, elsewhere, commissioner_id=str(ELSEWHERE)).then_refused(
        "unknown_reference"
    )
    unknown = story.reasons()
    story.when("refer_child", PLACEMENT, elsewhere, commissioner_id=str(ELSEWHERE), child_id=str(PLACEMENT))
    assert story.reasons() == unknown


def test_a_contract_between_others_is_not_known_to_exist(story: Story) -> None:
    elsewhere = person("stranger", *Role, at=ELSEWHERE)
    with pytest.raises(NotFound):
        story.walk.do("judge_value", AGREEMENT, elsewhere)


def test_a_school_registers_its_own_pupil_and_no_other_schools(story: Story) -> None:
    lead = person("lead", Role.SCHOOL_LEAD, at=SCHOOL, kind=SCHOOLS)
    pupil = CHILD.__class__(int=CHILD.int + 40)
    story.when("register_child", pupil, lead).then_not_permitted()
    story.when("register_child", pupil, lead, school_id=x.SCHOOL)
    assert story.done is not None
    story.when(
        "refer_child", PLACEMENT, lead, child_id=str(pupil), commissioner_id=x.SCHOOL, route="school_arranged"
    )
    assert story.done is not None
