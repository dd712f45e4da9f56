"""What is asked for twice is done once; what two people decide is decided by one of them."""

from __future__ import annotations

from uuid import uuid4

import pytest

from domain.people import Role
from domain.placement import Placement
from domain.placement_events import OverrideApproved, RiskAccepted
from history.receipts import KeyReused
from history.store import History
from tests.whole.at_once import at_once, done, outcome, refused
from tests.whole.at_the_provider import overtaken, ready, stored
from tests.whole.town import Around, Town, told_of
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.sent import Sent


def referred_with_a_request(town: Town, around: Around, history: History) -> tuple[Around, int]:
    """A new placement for which an override is asked for, and the number of the request."""
    mine = town.live(town.found(around.but("child", "placement"), "child"), "refer_child")
    town.do("request_override", mine)
    return mine, history.get(Placement, mine.placement).overrides[0].request


def test_the_same_request_sent_four_times_at_once_is_one_event(
    here: Town, there: Town, around: Around, history: History
) -> None:
    mine = ready(here, around, "start_placement")
    for _ in range(10):
        before, sent = history.head(), Sent(idempotency_key=str(uuid4()))
        answers = done(
            at_once(
                *(
                    lambda town=town, sent=sent: town.do("log_contact", mine, mine.officer, sent)
                    for town in (here, there, here, there)
                )
            )
        )
        assert history.head() == before + 1
        assert {(a.record_id, a.position) for a in answers} == {(mine.placement, before + 1)}
        assert [a.again for a in answers].count(False) == 1
        assert len(answers) == 4


def test_a_referral_sent_twice_at_once_without_an_id_is_one_placement(
    here: Town, there: Town, around: Around, history: History
) -> None:
    mine = here.found(around, "child")
    referral = COMMANDS["refer_child"].model_validate(told_of(mine, EXAMPLES["refer_child"]))
    before, sent = history.head(), Sent(idempotency_key="refer-robin")
    answers = done(
        at_once(
            lambda: here.casework.perform(referral, mine.officer, None, sent),
            lambda: there.casework.perform(referral, mine.officer, None, sent),
        )
    )
    assert len(answers) == 2
    assert len({a.record_id for a in answers}) == 1
    assert history.head() == before + 2, "a referral and its passport"


def test_the_same_key_for_another_request_is_refused_even_at_once(
    there: Town, around: Around, history: History
) -> None:
    mine = ready(there, around, "start_placement")
    sent = Sent(idempotency_key="once")
    me = overtaken(history, lambda: there.do("agree_reporting", mine, mine.officer, sent))
    with pytest.raises(KeyReused):
        me.do("log_contact", mine, mine.officer, sent)


def test_an_override_is_decided_once_however_many_decide(
    here: Town, there: Town, around: Around, history: History
) -> None:
    for _ in range(5):
        mine, number = referred_with_a_request(here, around, history)
        first, second = (mine.person(name, Role.SENIOR_OFFICER) for name in ("first", "second"))
        outcomes = at_once(
            lambda m=mine, n=number, s=first: here.do("approve_override", m, s, request=n),  # type: ignore[misc]
            lambda m=mine, n=number, s=second: there.do("approve_override", m, s, request=n),  # type: ignore[misc]
        )
        assert refused(outcomes) == [("no_such_request",)]
        assert len(stored(history, mine.placement, OverrideApproved)) == 1


def test_an_override_is_not_approved_when_it_was_just_declined(
    there: Town, around: Around, history: History
) -> None:
    mine, number = referred_with_a_request(there, around, history)
    me = overtaken(history, lambda: there.do("decline_override", mine, request=number))
    assert outcome(lambda: me.do("approve_override", mine, request=number)) == ("no_such_request",)


def test_a_risk_assessment_accepted_by_two_at_once_is_accepted_twice_one_after_the_other(
    here: Town, there: Town, around: Around, history: History
) -> None:
    mine = ready(here, around, "start_placement")
    here.do("assess_risk", mine)
    first, second = (mine.person(name, Role.SENIOR_OFFICER) for name in ("first", "second"))
    outcomes = at_once(
        lambda: here.do("accept_risk", mine, first), lambda: there.do("accept_risk", mine, second)
    )
    versions = [event.originator_version for _, event in stored(history, mine.placement, RiskAccepted)[1:]]
    assert sorted(came.version for came in done(outcomes)) == versions
    assert len(set(versions)) == 2
