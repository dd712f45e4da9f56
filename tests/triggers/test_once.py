"""Each cause acts once: however often the worker starts anew, loses its place, is killed, or is two; and what is refused is not lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest

from domain.message_events import MessageAskedFor
from domain.noticed_events import ConcernNoticed, Escalated, WithdrawalAnnounced
from domain.placement import Placement
from domain.placement_life_events import BrokenDown
from domain.stages import Stage
from domain.stoppage_events import StoppageBegun
from domain.trigger_events import CouldNotAct
from history.store import History
from service.triggering.triggering import Triggering
from tests.projections.conftest import MASTER_KEY
from tests.support.walk import AUTHORITY, OFFICER, PLACEMENT, PROVIDER, THE_SERVICE, Walk
from tests.triggers.conftest import FIRST_DAY, ByItself, CaughtUp, Clock, Reports

MONDAY, TUESDAY = FIRST_DAY, FIRST_DAY + timedelta(1)
ROW = ((MONDAY, "am", "absent"), (MONDAY, "pm", "absent"), (TUESDAY, "am", "absent"))


def _messages(by_itself: ByItself) -> Counter[tuple[str, str, str]]:
    return Counter((e.template, e.to.relation, e.cause.what) for e in by_itself.did(MessageAskedFor))


def test_a_worker_that_starts_anew_or_has_lost_its_place_does_nothing_twice(
    by_itself: ByItself, reports: Reports, history: History
) -> None:
    reports(*ROW)
    by_itself.acts()
    head = history.head()
    by_itself.starts_anew()
    by_itself.acts()
    by_itself.loses_its_place()
    by_itself.acts()
    assert history.head() == head
    assert len(by_itself.did(ConcernNoticed)) == 1


def test_several_workers_at_once_do_it_once(
    by_itself: ByItself, reports: Reports, dsn: str, history: History, clock: Clock
) -> None:
    reports(*ROW)
    others = [ByItself(dsn, history, clock, by_itself.job._triggers) for _ in range(3)]
    for other in others:
        other.how_far.position = 0
    threads = [threading.Thread(target=other.acts) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
        assert not thread.is_alive()
    assert len(by_itself.did(ConcernNoticed)) == 1
    assert set(_messages(by_itself).values()) == {1}
    assert by_itself.did(CouldNotAct) == []
    for other in others:
        other.close()


KILLED = """
import sys, threading
from datetime import UTC, datetime
from history.store import History
from service.triggering.triggering import Triggering
clock = lambda: datetime(2026, 11, 24, 17, tzinfo=UTC)
history = History(sys.argv[1], master_key=bytes(range(32)), pool_size=2)
print("works", flush=True)
Triggering(sys.argv[1], history, clock).run(threading.Event())
"""


@pytest.mark.long
def test_a_worker_killed_at_any_moment_leaves_everything_done_once(
    by_itself: ByItself, reports: Reports, dsn: str, history: History
) -> None:
    reports(*ROW)
    for after in (0.0, 0.01, 0.03, 0.05, 0.08, 0.12, 0.2):
        worker = subprocess.Popen([sys.executable, "-c", KILLED, dsn], stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        assert worker.stdout.readline().strip() == "works"
        time.sleep(after)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
    by_itself.acts()
    assert len(by_itself.did(ConcernNoticed)) == 1
    found = _messages(by_itself)
    assert set(found.values()) == {1}
    # The absence is told to two officers and the parent, and the concern to three people.
    assert len(found) == 6


def test_what_a_trigger_may_not_do_waits_for_a_person(
    by_itself: ByItself, reports: Reports, live: Walk, history: History
) -> None:
    reports(*ROW)
    # It ends before the worker comes to it: the concern has nothing to be about.
    for name in ("call_review", "record_review", "plan_exit", "receive_end_report", "record_destination"):
        live.do(name)
    for whose in ("child", "parent"):
        views = {"whose": whose, "phase": "end", "asked_on": "2026-11-23", "words": "It helped."}
        live.do("record_views", views=views)
    live.do("end_placement", on="2026-11-24")
    by_itself.acts()
    undone = [stored.event for stored in history.scan() if isinstance(stored.event, CouldNotAct)]
    assert [(one.trigger, one.command, one.reasons, one.commissioner_id) for one in undone] == [
        ("unexplained_absences_open_a_concern", "notice_concern", ("wrong_stage",), AUTHORITY)
    ]
    live.do("attend_to_undone", undone[0].originator_id, OFFICER)
    by_itself.starts_anew()
    by_itself.acts()


def test_a_missed_review_goes_to_the_named_officer_and_a_week_later_to_the_manager(
    by_itself: ByItself, clock: Clock, caught_up: CaughtUp
) -> None:
    def on(day: str) -> list[str]:
        clock.moment = datetime.fromisoformat(f"{day}T07:00:00+00:00")
        caught_up()
        by_itself.starts_anew()
        by_itself.ticks()
        return [event.escalation.to for event in by_itself.did(Escalated)]

    assert on("2026-12-18") == []
    assert on("2026-12-19") == ["named_officer"]
    assert on("2026-12-19") == ["named_officer"]
    # 21, 22, 23, 24 and, after Christmas, 29 December are the five working days.
    assert on("2026-12-29") == ["named_officer"]
    assert on("2026-12-30") == ["named_officer", "manager"]
    clock.moment -= timedelta(hours=1)
    assert by_itself.ticks() >= 0
    assert len(by_itself.did(Escalated)) == 2


def test_a_parent_who_withdraws_starts_contingency(by_itself: ByItself, live: Walk, history: History) -> None:
    live.do("announce_withdrawal", withdrawal={"by": "parent", "on": "2026-11-23", "why": "Too far."})
    by_itself.acts()
    [broke] = by_itself.did(BrokenDown)
    assert (broke.breakdown.cause, history.get(Placement, PLACEMENT).stage) == (
        "parent_withdrew",
        Stage.BREAKDOWN,
    )
    relations = {
        e.to.relation for e in by_itself.did(MessageAskedFor) if e.template == "placement_broke_down"
    }
    assert {"commissioner", "named_officer", "parent"} <= relations
    assert by_itself.did(WithdrawalAnnounced) == []


def test_a_parent_who_comes_until_a_later_day_has_a_review(
    by_itself: ByItself, live: Walk, history: History
) -> None:
    said = {"by": "parent", "on": "2026-11-23", "last_day": "2026-12-04", "why": "Moving."}
    live.do("announce_withdrawal", withdrawal=said)
    by_itself.acts()
    assert history.get(Placement, PLACEMENT).stage is Stage.REVIEW


def test_a_suspended_provider_puts_its_placements_at_risk_by_one_operation(
    by_itself: ByItself, live: Walk
) -> None:
    live.do("suspend_provider", PROVIDER, THE_SERVICE)
    by_itself.acts()
    [begun] = by_itself.did(StoppageBegun)
    assert begun.placements == (PLACEMENT,)
    told = {(e.template, e.to.relation) for e in by_itself.did(MessageAskedFor)}
    assert {("provider_changed", "provider"), ("provider_changed", "named_officer")} <= told


def test_the_job_acts_by_itself_within_a_moment(
    by_itself: ByItself, reports: Reports, dsn: str, clock: Clock
) -> None:
    history = History(dsn, master_key=MASTER_KEY, pool_size=2)
    job, stop = Triggering(dsn, history, clock), threading.Event()
    thread = threading.Thread(target=job.run, args=[stop])
    thread.start()
    try:
        assert job.leads.wait(20)
        reports(*ROW)
        end = time.monotonic() + 20
        while not by_itself.did(ConcernNoticed) and time.monotonic() < end:
            time.sleep(0.02)
    finally:
        stop.set()
        thread.join(20)
        history.close()
    assert len(by_itself.did(ConcernNoticed)) == 1
