"""Nobody decides on what is gone: whatever a decision was read from still stood when it was written down."""

from __future__ import annotations

from typing import Any

import pytest

from domain.placement import Placement
from domain.placement_events import Started
from domain.provider_events import ProviderSuspended
from history.store import History
from tests.whole.at_once import at_once, outcome
from tests.whole.at_the_provider import overtaken, ready, stored
from tests.whole.town import Around, Town
from workflows.examples import EXAMPLES
from workflows.sent import Done, Sent

LAPSED = {"check": {**EXAMPLES["record_check"]["check"], "kind": "insurance", "passed": False}}


def test_no_child_starts_after_the_provider_was_suspended(
    here: Town, there: Town, around: Around, history: History
) -> None:
    mine = ready(here, around, "start_placement")
    for _ in range(12):
        started, suspended = at_once(
            lambda mine=mine: here.do("start_placement", mine),  # type: ignore[misc]
            lambda: there.do("suspend_provider", around),
        )
        assert isinstance(suspended, Done)
        if isinstance(started, Done):
            last = stored(history, around.provider, ProviderSuspended)[-1][0]
            assert stored(history, mine.placement, Started)[0][0] < last
        else:
            assert started == ("provider_suspended",)
        here.do("lift_suspension", around, around.senior)
        if isinstance(started, Done):
            mine = ready(here, around, "start_placement")


@pytest.mark.parametrize(
    ("meanwhile", "changes", "code"),
    [
        ("suspend_provider", {}, "provider_suspended"),
        ("remove_provider", {}, "provider_removed"),
        ("record_check", LAPSED, "insurance_failed"),
        ("choose_again", {}, "wrong_stage"),
        ("withdraw_referral", {}, "wrong_stage"),
        ("assess_risk", {}, "risk_not_accepted"),
    ],
)
def test_a_start_that_is_being_decided_sees_what_happens_meanwhile(
    meanwhile: str, changes: dict[str, Any], code: str, history: History, there: Town, around: Around
) -> None:
    mine = ready(there, around, "start_placement")
    who = mine.senior if meanwhile == "remove_provider" else None
    me = overtaken(history, lambda: there.do(meanwhile, mine, who, **changes))
    came = outcome(lambda: me.do("start_placement", mine))
    assert isinstance(came, tuple)
    assert code in came
    assert stored(history, mine.placement, Started) == []


def test_a_decision_whose_grounds_still_stand_is_not_lost_to_others(
    history: History, there: Town, around: Around
) -> None:
    mine, other = ready(there, around, "start_placement"), ready(there, around, "start_placement")
    me = overtaken(history, lambda: there.do("start_placement", other))
    assert isinstance(outcome(lambda: me.do("start_placement", mine)), Done)


def test_a_stale_version_is_refused_and_not_decided_anew(
    history: History, there: Town, around: Around
) -> None:
    mine = ready(there, around, "start_placement")
    sent = Sent(if_version=history.get(Placement, mine.placement).version)
    me = overtaken(history, lambda: there.do("log_contact", mine))
    assert outcome(lambda: me.do("start_placement", mine, mine.officer, sent)) == ("changed_meanwhile",)
    assert stored(history, mine.placement, Started) == []
