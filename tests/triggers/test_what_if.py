"""The past tried again: with the rules as they are it comes out as it did, with others it says what would have been; nothing is written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest

from domain.placement_life_events import PutAtRisk
from domain.reasons import Invalid
from domain.stoppage_events import StoppageBegun
from history.ledger.notes import Signer
from history.store import History
from tests.support.sealing import seal
from tests.support.walk import PLACEMENT, PROVIDER, THE_SERVICE, Walk
from tests.triggers.conftest import FIRST_DAY, ByItself, CaughtUp, Clock, Reports
from workflows.carrying_through import carry_through
from workflows.examples import EXAMPLES
from workflows.supposing.firing import Firings
from workflows.supposing.what_if import what_if
from workflows.triggers.all_triggers import ALL, TRIGGERS

MONDAY = FIRST_DAY
CONCERN, REVIEW = "unexplained_absences_open_a_concern", "low_attendance_opens_a_review"
EVERYTHING = tuple(TRIGGERS)
AS_PUBLISHED = {
    "unexplained_sessions_in_a_row": 3,
    "attendance_below_target_days": 10,
    "hours_below_contract_days": 10,
    "missed_review_to_manager_days": 5,
    "review_interval_weeks": 26,
}
"""The numbers that are in force."""
SIGNER = Signer("council.example/placements", b"s" * 32)


def roots(dsn: str) -> list[tuple[object, ...]]:
    """Every checkpoint of the ledger, with the root that was signed."""
    with psycopg.connect(dsn) as database:
        return database.execute("SELECT * FROM history.ledger_checkpoints ORDER BY 1").fetchall()


def _absent(reports: Reports, half_days: int) -> None:
    for n in range(half_days):
        reports((MONDAY + timedelta(days=n // 2), "pm" if n % 2 else "am", "absent"))


def _breaks_down(live: Walk, clock: Clock, days: int) -> None:
    clock.moment = datetime(2026, 11, 23, 15, tzinfo=UTC) + timedelta(days=days)
    on = clock.moment.date().isoformat()
    body = {"cause": "attendance", "on": on, "what_happened": "Stayed away."}
    next_day = (clock.moment.date() + timedelta(days=1)).isoformat()
    tomorrow = {**EXAMPLES["record_breakdown"]["tomorrow"], "from_on": next_day}
    live.do("record_breakdown", breakdown=body, tomorrow=tomorrow)


def test_the_rules_as_they_are_fire_as_they_did_and_nothing_is_written(
    by_itself: ByItself,
    reports: Reports,
    history: History,
    live: Walk,
    clock: Clock,
    caught_up: CaughtUp,
    dsn: str,
) -> None:
    def comes(moment: datetime) -> None:
        """A worker is there, as it always is: nobody is told late that something is due soon."""
        clock.moment = moment
        by_itself.acts()
        caught_up()
        by_itself.ticks()
        by_itself.acts()

    _absent(reports, 4)
    comes(datetime(2026, 11, 24, 17, tzinfo=UTC))
    _breaks_down(live, clock, 7)
    for day in (1, 12, 19):
        comes(datetime(2026, 12, day, 8, tzinfo=UTC))
    seal(dsn, history, SIGNER)
    head, root, before = history.head(), roots(dsn), [stored.raw for stored in history.scan()]
    told = what_if(history, clock.moment, triggers=EVERYTHING)
    as_it_is = what_if(history, clock.moment, triggers=EVERYTHING, supposed=AS_PUBLISHED)
    assert (as_it_is.would_fire, as_it_is.decisions, as_it_is.late) == (as_it_is.fired, [], [])
    assert as_it_is.fired == told.fired
    assert told.differs_from_life == []
    assert {one.trigger for one in told.fired} >= {CONCERN, "a_breakdown_is_told"}
    seal(dsn, history, SIGNER)
    assert (history.head(), roots(dsn)) == (head, root)
    assert [stored.raw for stored in history.scan()] == before


def test_what_a_stoppage_did_to_each_placement_is_no_firing_of_the_trigger_that_began_it(
    by_itself: ByItself, live: Walk, history: History, clock: Clock
) -> None:
    live.do("suspend_provider", PROVIDER, THE_SERVICE)
    by_itself.acts()
    [begun] = by_itself.did(StoppageBegun)
    assert carry_through(live.casework, history, begun.originator_id) is not None
    assert any(isinstance(stored.event, PutAtRisk) for stored in history.scan())
    by_itself.acts()
    told = what_if(history, clock.moment, triggers=EVERYTHING)
    assert told.differs_from_life == []


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
    _breaks_down(live, clock, 14)
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
