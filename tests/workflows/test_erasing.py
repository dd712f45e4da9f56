"""Words about a child are erased when one person asks and another approves, and nothing stands against it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.child import Child
from domain.forgetting_events import ErasureApproved, ErasureRefused, ErasureRequested, HoldPlaced
from domain.people import Role
from tests.support.story import Story
from tests.support.walk import AUTHORITY, CHILD, SAFEGUARDER, SENIOR, THE_SERVICE, person
from workflows.permissions import WHO_MAY

DATA = person("data", Role.DATA_OFFICER)
OTHER_DATA = person("other", Role.DATA_OFFICER)
ALL = ["identity", "contact", "health", "safeguarding", "narrative"]
IN_2037 = datetime(2037, 6, 1, 9, 0, tzinfo=UTC)
"""The child of the examples, born on 14 March 2012, is 25."""
IN_2043 = datetime(2043, 6, 1, 9, 0, tzinfo=UTC)
"""31."""


@pytest.fixture
def asked(story: Story) -> Story:
    """Someone asked that words be erased that should never have been kept."""
    return story.given("request_erasure", CHILD, DATA, categories=["contact", "narrative"], ground="unlawful")


def request_of(story: Story) -> int:
    """The number of the newest request."""
    return story.record(Child, CHILD).erasures[-1].request


def test_a_second_person_approves_and_then_the_words_are_erased(asked: Story) -> None:
    asked.when("approve_erasure", CHILD, SENIOR, request=request_of(asked)).then(
        ErasureApproved, categories=("contact", "narrative"), requested_by=DATA.person_id
    )
    assert set(asked.record(Child, CHILD).erased) == {"contact", "narrative"}


def test_nobody_decides_on_what_they_asked_for_not_even_with_the_right_to_approve_their_own_work(
    asked: Story,
) -> None:
    proud = person("data", Role.DATA_OFFICER, Role.SELF_APPROVER)
    for name, more in (("approve_erasure", {}), ("refuse_erasure", {"grounds": ["still_needed"]})):
        asked.when(name, CHILD, proud, request=request_of(asked), **more).then_refused("own_work")


def test_no_machine_decides(asked: Story) -> None:
    asked.when("approve_erasure", CHILD, THE_SERVICE, request=request_of(asked)).then_not_permitted()


def test_a_request_is_decided_once(asked: Story) -> None:
    request = request_of(asked)
    asked.when("refuse_erasure", CHILD, SENIOR, request=request, grounds=["legal_claims"]).then(
        ErasureRefused, grounds=("legal_claims",)
    )
    asked.when("approve_erasure", CHILD, SENIOR, request=request).then_refused("no_such_request")


def test_what_must_be_kept_is_not_even_asked_for(story: Story) -> None:
    """Special needs are on record, and their period is a checked one; the others warn."""
    story.when("request_erasure", CHILD, DATA, categories=["health"], ground="objection").then_refused(
        "within_retention"
    )
    [reason] = story.reasons()
    assert "14 March 2043" in reason.message
    assert "IRMS" in reason.message


def test_a_period_that_nobody_verified_warns_and_refuses_nothing(story: Story) -> None:
    story.when("request_erasure", CHILD, DATA, categories=["safeguarding"], ground="retention_ended")
    story.then_warned("unverified_retention")
    story.at(IN_2037).when(
        "request_erasure", CHILD, DATA, categories=["safeguarding"], ground="retention_ended"
    )
    story.then_warned()


def test_when_every_period_is_over_all_of_it_may_go(story: Story) -> None:
    story.at(IN_2043).when("request_erasure", CHILD, DATA, categories=ALL, ground="retention_ended").then(
        ErasureRequested
    )
    story.when("approve_erasure", CHILD, OTHER_DATA, request=request_of(story)).then(ErasureApproved)
    weighed = {rule.rule: rule.verdict for rule in story.history.events[-1].decision.rules}
    assert weighed["no_checked_period_runs"] == "met"
    assert len(weighed) == 6


def test_identity_is_not_erased_while_other_words_are_left(story: Story) -> None:
    story.when("request_erasure", CHILD, DATA, categories=["identity", "contact"], ground="unlawful")
    story.then_refused("others_would_remain")


def test_a_hold_that_comes_between_request_and_approval_stops_the_erasure(asked: Story) -> None:
    asked.when("place_hold", CHILD, SAFEGUARDER, categories=["narrative"]).then(HoldPlaced)
    hold = asked.record(Child, CHILD).holds[0].number
    asked.when("approve_erasure", CHILD, SENIOR, request=request_of(asked)).then_refused("on_hold")
    asked.given("lift_hold", CHILD, DATA, hold=hold)
    asked.when("approve_erasure", CHILD, SENIOR, request=request_of(asked)).then(ErasureApproved)


def test_a_hold_on_other_words_stops_nothing(asked: Story) -> None:
    asked.given("place_hold", CHILD, SAFEGUARDER, categories=["health"])
    asked.when("approve_erasure", CHILD, SENIOR, request=request_of(asked)).then(ErasureApproved)


def test_nothing_is_erased_while_a_placement_is_open_or_a_safeguarding_concern(story: Story) -> None:
    story.given_life_until("start_placement").given("report_safeguarding_concern")
    story.when("request_erasure", CHILD, DATA, categories=["contact"], ground="unlawful")
    story.then_refused("placement_open", "safeguarding_open")


def test_nothing_is_erased_of_a_child_on_a_protection_plan(story: Story) -> None:
    worker = {"name": "Alex Example", "plan": "child_protection", "since_on": "2026-11-02"}
    story.given("record_social_worker", CHILD, social_worker=worker)
    story.when("request_erasure", CHILD, DATA, categories=["contact"], ground="unlawful")
    story.then_refused("child_protection_plan")


def test_a_referral_that_is_open_counts_though_it_takes_nothing_of_the_week_yet(story: Story) -> None:
    story.given("refer_child")
    story.when("request_erasure", CHILD, DATA, categories=["contact"], ground="unlawful").then_refused(
        "placement_open"
    )


def test_the_register_is_kept_for_six_years_after_the_last_day(story: Story) -> None:
    story.given_life_until("end_placement")
    story.at(datetime(2032, 11, 1, 9, 0, tzinfo=UTC))
    story.when("request_erasure", CHILD, DATA, categories=["safeguarding"], ground="retention_ended")
    story.then_warned("unverified_retention")


def test_a_school_may_ask_and_the_authority_decides() -> None:
    assert AUTHORITY is not None
    assert WHO_MAY["approve_erasure"] is not WHO_MAY["request_erasure"]


def test_a_rectification_is_answered_with_its_correction_or_with_reasons(story: Story) -> None:
    story.given("request_rectification", CHILD, DATA)
    request = story.record(Child, CHILD).rectifications[-1].request
    answer = ("answer_rectification", CHILD, DATA)
    story.when(*answer, request=request, outcome="refused", refused=[]).then_refused("no_reason_given")
    story.when(*answer, request=request, outcome="corrected", refused=[], correction=1).then_refused(
        "no_such_correction"
    )
    story.given("correct_child", CHILD, changes={"family_name": "Other"})
    correction = story.record(Child, CHILD).version
    story.given(*answer, request=request, outcome="corrected", refused=[], correction=correction)
    assert story.record(Child, CHILD).rectifications[-1].outcome == "corrected"
    story.when(*answer, request=request, outcome="refused", refused=["accurate"]).then_refused(
        "no_such_request"
    )


def test_what_is_approved_is_not_approved_again(asked: Story) -> None:
    request = request_of(asked)
    asked.given("approve_erasure", CHILD, SENIOR, request=request)
    asked.when("approve_erasure", CHILD, OTHER_DATA, request=request).then_refused("already_erased")
    [reason] = asked.reasons()
    assert reason.message == (
        f"Already erased on 23 November 2026 by Senior: contact, narrative (request number {request})."
    )


def test_what_is_erased_is_not_asked_for_again_also_not_a_part_of_it(asked: Story) -> None:
    asked.given("approve_erasure", CHILD, SENIOR, request=request_of(asked))
    asked.when("request_erasure", CHILD, DATA, categories=["contact"], ground="unlawful")
    asked.then_refused("already_erased")
    asked.when("request_erasure", CHILD, DATA, categories=["contact", "safeguarding"], ground="unlawful")
    asked.then(ErasureRequested, categories=("contact", "safeguarding"))


def test_a_request_that_another_one_has_overtaken_is_refused(asked: Story) -> None:
    wider = ["contact", "narrative", "safeguarding"]
    narrow = request_of(asked)
    asked.given("request_erasure", CHILD, DATA, categories=wider, ground="unlawful")
    asked.given("approve_erasure", CHILD, SENIOR, request=request_of(asked))
    asked.when("approve_erasure", CHILD, SENIOR, request=narrow).then_refused("already_erased")
    asked.when("refuse_erasure", CHILD, SENIOR, request=narrow, grounds=["still_needed"]).then(ErasureRefused)
