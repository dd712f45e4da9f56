"""The past tried again: with the rules as they are it comes out as it did, with others it says what would have been; nothing is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.reasons import Invalid
from history.store import History
from tests.support.walk import PLACEMENT, Walk
from tests.triggers.conftest import FIRST_DAY, ByItself, CaughtUp, Clock, Reports
from workflows.supposing.firing import Firings
from workflows.supposing.what_if import what_if
from workflows.triggers.all_triggers import ALL, TRIGGERS

MONDAY = FIRST_DAY
CONCERN, REVIEW = "unexplained_absences_open_a_concern", "low_attendance_opens_a_review"
EVERYTHING = tuple(TRIGGERS)


def _absent(reports: Reports, half_days: int) -> None:
    for n in range(half_days):
        reports((MONDAY + timedelta(days=n // 2), "pm" if n % 2 else "am", "absent"))


def _breaks_down(live: Walk, clock: Clock, days: int) -> None:
    clock.moment = datetime(2026, 11, 23, 15, tzinfo=UTC) + timedelta(days=days)
    on = clock.moment.date().isoformat()
    body = {"cause": "attendance", "on": on, "what_happened": "Stayed away."}
    live.do("record_breakdown", breakdown=body)


def test_the_rules_as_they_are_fire_as_they_did_and_nothing_is_written(
    by_itself: ByItself, reports: Reports, history: History, live: Walk, clock: Clock, caught_up: CaughtUp
) -> None:
    _absent(reports, 4)
    by_itself.acts()
    _breaks_down(live, clock, 7)
    by_itself.acts()
    clock.moment = datetime(2026, 12, 19, 8, tzinfo=UTC)
    caught_up()
    assert by_itself.ticks() > 0
    by_itself.acts()
    head, before = history.head(), [stored.raw for stored in history.scan()]
    told = what_if(history, clock.moment, triggers=EVERYTHING)
    assert told.differs_from_life == []
    assert {one.trigger for one in told.fired} >= {CONCERN, "a_breakdown_is_told"}
    assert history.head() == head
    assert [stored.raw for stored in history.scan()] == before


def test_a_difference_is_seen_where_there_is_one(
    by_itself: ByItself, reports: Reports, history: History, clock: Clock
) -> None:
    _absent(reports, 4)
    told = what_if(history, clock.moment, triggers=[CONCERN])
    assert {what for _, _, what in told.differs_from_life} == {"did_not_fire"}


def test_a_planted_breakdown_is_warned_of_with_its_days(
    by_itself: ByItself, reports: Reports, history: History, live: Walk, clock: Clock
) -> None:
    _absent(reports, 3)
    _breaks_down(live, clock, 10)
    told = what_if(history, clock.moment, triggers=[CONCERN])
    score = told.score
    assert (score.breakdowns, score.warned, score.lead_days, score.false_alarms) == (1, 1, [9], 0)
    narrow = what_if(history, clock.moment, triggers=[CONCERN], horizon=5).score
    assert (narrow.warned, narrow.false_alarms) == (0, 1)
    [(provider, line)] = told.by_provider.items()
    assert UUID(provider).int > 0
    assert (line.breakdowns, line.warned) == (1, 1)


def test_what_comes_after_a_firing_does_not_change_it(
    by_itself: ByItself, reports: Reports, history: History, live: Walk, clock: Clock
) -> None:
    _absent(reports, 3)
    position = history.head()
    early = list(Firings(history, ALL).walk(position))
    reports((MONDAY, "am", "present"), (MONDAY, "pm", "present"))
    _breaks_down(live, clock, 12)
    late = [
        one for one in Firings(history, ALL).walk() if one.position <= position and one.at <= early[-1].at
    ]
    assert late == early


def test_a_tighter_number_never_fires_less(
    by_itself: ByItself, reports: Reports, history: History, clock: Clock
) -> None:
    _absent(reports, 5)
    reports((MONDAY + timedelta(3), "am", "present"))
    reports((MONDAY + timedelta(3), "pm", "absent"))
    fired = [
        len(
            what_if(
                history, clock.moment, triggers=[CONCERN], supposed={"unexplained_sessions_in_a_row": n}
            ).would_fire
        )
        for n in (1, 2, 3, 4, 5, 6, 7)
    ]
    assert fired == [2, 1, 1, 1, 1, 0, 0]


def test_a_review_every_four_weeks_would_have_refused_what_was_decided(
    by_itself: ByItself, history: History, clock: Clock
) -> None:
    same = what_if(history, clock.moment, supposed={"review_interval_weeks": 26})
    assert same.decisions == []
    told = what_if(history, clock.moment, supposed={"review_interval_weeks": 1})
    [one] = told.decisions
    assert (one.placement_id, one.command, one.would_say) == (PLACEMENT, "start_placement", "refused")


def test_a_number_or_trigger_that_is_not_known_is_named(history: History, clock: Clock) -> None:
    for asked, code in (
        ({"triggers": ["magic"]}, "no_such_trigger"),
        ({"supposed": {"magic": 1}}, "no_such_parameter"),
        ({"supposed": {"unexplained_sessions_in_a_row": 99}}, "value_out_of_bounds"),
    ):
        with pytest.raises(Invalid) as refused:
            what_if(history, clock.moment, **asked)
        assert [reason.code for reason in refused.value.reasons] == [code]
