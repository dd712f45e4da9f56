"""The read models say what a rebuild from the history says, whatever happens on the way."""

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import psycopg

from domain.people import Scope
from domain.stages import Stage
from history.store import History
from projections.comparing import differences
from projections.finding_placements import CaseloadFilter
from projections.reading import ReadModels
from tests.projections.conftest import PATIENCE, followed
from tests.projections.filling import MONDAY, Filling
from tests.support.walk import (
    AUTHORITY,
    CHILD,
    OFFICER,
    PLACEMENT,
    PROVIDER,
    PROVIDER_STAFF,
    SAFEGUARDER,
    SCHOOL,
    SENIOR,
    THE_SERVICE,
    Walk,
)

OF_THE_AUTHORITY = Scope(organisations=frozenset({AUTHORITY}))
EVERYTHING = Scope(everything=True)
CHECKOUT = Path(__file__).resolve().parents[2]

CaughtUp = Callable[[], None]


def test_a_placement_is_in_the_caseload_from_referral_to_exit(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("refer_child")
    caught_up()
    referred = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert referred is not None
    assert (referred.stage, referred.provider_id, referred.started_on) == (Stage.NEEDS_ASSESSMENT, None, None)
    assert (referred.commissioner_name, referred.home_school_name) == (
        "Inventshire Council",
        "Invented Academy",
    )


def test_every_turn_of_a_life_is_followed(walk: Walk, caught_up: CaughtUp, read_models: ReadModels) -> None:
    walk.live_until("start_placement")
    walk.do("report_day", PROVIDER, PROVIDER_STAFF)
    caught_up()
    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.stage, row.started_on, row.provider_name) == (Stage.ACTIVE, MONDAY, "Invented Workshop")
    assert (row.hours_per_week, row.sessions_per_week, row.looked_after) == (16, 6, False)
    attendance = read_models.attendance.of_placement(OF_THE_AUTHORITY, PLACEMENT)
    assert (attendance.overall.possible, attendance.overall.attended, attendance.overall.not_yet_coded) == (
        2,
        1,
        1,
    )
    assert attendance.overall.rate == attendance.half_terms[0].rate == 0.5

    walk.do("report_safeguarding_concern", PLACEMENT, PROVIDER_STAFF)
    caught_up()
    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.stage, row.safeguarding_open, row.tomorrow_where) == (Stage.BREAKDOWN, True, "home_school")
    assert row.tomorrow_since == date(2026, 11, 24)

    nowhere = {
        "where": "no_education",
        "from_on": "2026-11-24",
        "what": "Tuition is sought.",
        "owner": "Lead",
    }
    walk.do("answer_tomorrow", PLACEMENT, OFFICER, tomorrow=nowhere)
    caught_up()
    counted = CaseloadFilter(without_education=True)
    assert [r.placement_id for r in read_models.caseload.page(OF_THE_AUTHORITY, counted).rows] == [PLACEMENT]

    walk.do("resolve_safeguarding", PLACEMENT, SAFEGUARDER)
    walk.do("recover_placement", PLACEMENT, OFFICER)
    caught_up()
    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.stage, row.safeguarding_open, row.tomorrow_where) == (Stage.ACTIVE, False, None)
    due = CaseloadFilter(review_due_before=date(2026, 12, 5))
    assert read_models.caseload.counts(OF_THE_AUTHORITY, due)[Stage.ACTIVE] == 1

    walk.do("record_breakdown", PLACEMENT, OFFICER)
    replaced = walk.do("replace_placement", PLACEMENT, OFFICER)
    caught_up()
    assert replaced.position == read_models.position()
    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.stage, row.outcome, row.ended_on) == (Stage.EXIT, "replaced", MONDAY)
    successor = read_models.caseload.get(OF_THE_AUTHORITY, row.successor_id or UUID(int=0))
    assert successor is not None
    assert (successor.predecessor_id, successor.family_name) == (PLACEMENT, row.family_name)
    counts = read_models.caseload.counts(OF_THE_AUTHORITY)
    assert (counts[Stage.EXIT], sum(counts.values())) == (1, 2)


def test_a_reopened_placement_is_back_in_the_caseload(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("end_placement")
    caught_up()
    walk.do("reopen_placement", PLACEMENT, SENIOR)
    caught_up()

    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.stage, row.ended_on, row.outcome) == (Stage.REVIEW, None, "")


def test_a_correction_is_told_from_the_beginning(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    caught_up()
    walk.do("correct_record", PLACEMENT)
    walk.do("correct_child", CHILD, version=1, changes={"family_name": "Żółć-O'Neill"})
    caught_up()

    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.reason, row.family_name, row.stage) == ("OTH", "Żółć-O'Neill", Stage.ACTIVE)
    assert len(read_models.caseload.page(OF_THE_AUTHORITY, CaseloadFilter(name="oneill ZOLC")).rows) == 1


def test_names_are_everywhere_what_they_are_now(
    walk: Walk, caught_up: CaughtUp, read_models: ReadModels
) -> None:
    walk.live_until("start_placement")
    caught_up()
    details = {"given_names": "New", "family_name": "Name", "born_on": "2013-05-01", "sex": "F"}
    walk.do("change_details", CHILD, THE_SERVICE, **details)
    walk.do("rename_provider", PROVIDER, THE_SERVICE, new_name="New Workshop")
    walk.do("record_looked_after", CHILD, THE_SERVICE)
    caught_up()

    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.given_names, row.family_name, row.provider_name) == ("New", "Name", "New Workshop")
    assert row.looked_after
    child = read_models.children.get(OF_THE_AUTHORITY, CHILD)
    assert child is not None
    assert [p.provider_name for p in child.placements] == ["New Workshop"]
    assert (child.weekly_sessions, child.open_placements, child.roll_school_ids) == (6, 1, (SCHOOL,))
    assert child.placements[0].holds_a_place


def test_one_event_at_a_time_gives_the_same_as_many(
    walk: Walk, dsn: str, history: History, read_models: ReadModels
) -> None:
    walk.live_until("end_placement")
    with followed(dsn, history, page=1):
        assert read_models.wait_for(history.head(), PATIENCE)
    assert differences(history, dsn) == []


def test_two_who_follow_at_once_never_write_the_same_page(
    filling: Filling, dsn: str, history: History, read_models: ReadModels
) -> None:
    authority = filling.organisation("North")
    with followed(dsn, history, page=3) as one, followed(dsn, history, page=3) as two:
        for n in range(30):
            filling.placement(filling.child("Ann", f"Number {n}", authority), authority)
        assert read_models.wait_for(history.head(), PATIENCE)
        assert one.leads.is_set() != two.leads.is_set()
        assert read_models.condition().followed
    assert differences(history, dsn) == []
    assert sum(read_models.caseload.counts(EVERYTHING).values()) == 30


def test_the_one_who_stands_by_takes_over(
    filling: Filling, dsn: str, history: History, read_models: ReadModels, database: psycopg.Connection
) -> None:
    authority = filling.organisation("North")
    with followed(dsn, history) as one, followed(dsn, history) as two:
        assert read_models.wait_for(history.head(), PATIENCE)
        assert one.leads.wait(1) or two.leads.wait(1)
        for n in range(5):
            database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
                " AND (classid::bigint << 32 | objid::bigint) = 4703268521017386331"
            )
            position = filling.placement(filling.child("Ann", f"Number {n}", authority), authority).version
            assert position
            assert read_models.wait_for(history.head(), PATIENCE)
    assert differences(history, dsn) == []


FOLLOW = """
import sys, threading
from history.store import History
from projections.following import Following
Following(sys.argv[1], History(sys.argv[1], master_key=bytes(range(32))), page=2).run(threading.Event())
"""


def test_one_who_is_killed_in_the_middle_of_a_page_loses_nothing(
    filling: Filling, dsn: str, history: History, read_models: ReadModels
) -> None:
    authority = filling.organisation("North")
    for n in range(150):
        filling.placement(filling.child("Ann", f"Number {n}", authority), authority)
    killed_at = []
    for _ in range(3):
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", FOLLOW, dsn], env={"PYTHONPATH": str(CHECKOUT)}
        )
        before = read_models.position()
        assert read_models.wait_for(before + 20, PATIENCE)
        process.kill()
        process.wait()
        killed_at.append(read_models.position())
    assert killed_at[0] < history.head()

    with followed(dsn, history):
        assert read_models.wait_for(history.head(), PATIENCE)
    assert differences(history, dsn) == []


def test_what_was_written_can_be_waited_for(
    walk: Walk, dsn: str, history: History, read_models: ReadModels
) -> None:
    with followed(dsn, history):
        assert read_models.wait_for(history.head(), PATIENCE)
        waited = []
        for n in range(20):
            done = walk.do("set_year_group", CHILD, THE_SERVICE, year_group=str(7 + n % 4))
            began = time.monotonic()
            assert read_models.wait_for(done.position, 5.0)
            waited.append(time.monotonic() - began)
            child = read_models.children.get(EVERYTHING, CHILD)
            assert child is not None
            assert (child.year_group, child.position) == (str(7 + n % 4), done.position)
        assert sorted(waited)[10] < 0.1
        assert read_models.lag() == 0
    done = walk.do("set_year_group", CHILD, THE_SERVICE, year_group="11")
    assert not read_models.wait_for(done.position, 0.2)
    condition = read_models.condition()
    assert (condition.events_behind, condition.followed) == (1, False)
