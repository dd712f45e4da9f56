"""The past as it was: what a list says of a position is what it said when the history had come no further."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from typing import Any

import psycopg
import pytest

from domain import child_events, forgetting_events
from domain import placement_life_events as life
from domain.events import Change, Corrected
from domain.people import Scope
from domain.record import Record, Recording
from domain.stages import Stage
from history.store import History
from projections.comparing import differences
from projections.finding_due import DueFilter
from projections.finding_placements import CaseloadFilter
from projections.reading import Lists, ReadModels
from projections.rebuilding import rebuild
from projections.timeline import timeline
from tests.projections.conftest import MASTER_KEY, PATIENCE, Clock
from tests.projections.filling import DECISION, MONDAY, NOW, Filling
from tests.support.cut_off import all_lists, cut_off, follow
from tests.support.postgres import TestPostgres
from tests.support.walk import PLACEMENT, Walk

EVERYONE = [Scope(everything=True)]
SIXTH_DAY = DueFilter(rule=("T1",))


@contextmanager
def alone(postgres: TestPostgres, dsn: str, position: int) -> Iterator[tuple[History, ReadModels]]:
    """A store that never received later events."""
    with cut_off(postgres, dsn, position) as other:
        history = History(other, master_key=MASTER_KEY, pool_size=2)
        read_models = ReadModels(other, pool_size=1)
        try:
            follow(other, history)
            yield history, read_models
        finally:
            read_models.close()
            history.close()


def names(lists: Lists, scope: Scope = EVERYONE[0]) -> list[str]:
    """The children of the caseload."""
    return [row.given_names for row in lists.caseload.page(scope).rows]


def test_each_position_of_a_life_is_what_a_store_says_that_goes_no_further(
    walk: Walk, history: History, read_models: ReadModels, dsn: str, prepared_postgres: TestPostgres
) -> None:
    walk.live_until("end_placement")
    head = history.head()
    for followed in (False, True):
        # Also while the read models are behind, at whatever position, and when they have gone past.
        for position in range(5, head + 1, 23):
            with alone(prepared_postgres, dsn, position) as (_, there):
                then = all_lists(read_models.as_at(history, position), EVERYONE, MONDAY)
                assert then == all_lists(there, EVERYONE, MONDAY)
        if not followed:
            follow(dsn, history)


def test_the_past_does_not_move_on(
    filling: Filling, history: History, read_models: ReadModels, dsn: str
) -> None:
    authority = filling.organisation("North")
    child = filling.child("Ann", "First", authority)
    filling.placement(child, authority)
    follow(dsn, history)
    then = read_models.as_at(history, history.head())
    before = then.caseload.page(EVERYONE[0])
    filling.rename(child, "Bea", "Later")
    filling.placement(filling.child("Cay", "New", authority), authority)
    follow(dsn, history)
    assert then.caseload.page(EVERYONE[0]) == before
    assert names(read_models.as_at(history, before.position)) == ["Ann"]
    assert names(read_models) == ["Bea", "Cay"]


def test_what_has_not_come_cannot_be_looked_at(history: History, read_models: ReadModels) -> None:
    for position in (-1, history.head() + 1):
        with pytest.raises(ValueError, match="has not reached"):
            read_models.as_at(history, position)


def test_who_has_lost_a_right_does_not_get_it_back_and_who_gains_one_sees_nothing_from_before(
    filling: Filling, history: History, read_models: ReadModels, dsn: str
) -> None:
    north = filling.organisation("North")
    hill, vale = filling.organisation("Hill", "school"), filling.organisation("Vale", "school")
    first, second = filling.provider("Barn"), filling.provider("Mill")
    child = filling.child("Ann", "Alike", north)
    placement = filling.placement(child, north, home_school=hill, provider=first)
    then = history.head()
    filling.propose(placement, second)
    filling.tell(placement, life.HomeSchoolChanged, home_school_id=vale)
    follow(dsn, history)
    past = read_models.as_at(history, then)
    for scope in (
        Scope(provider_id=first),
        Scope(provider_id=second),
        Scope(organisations=frozenset({hill})),
        Scope(organisations=frozenset({vale})),
    ):
        assert past.caseload.page(scope).rows == []
        assert sum(past.caseload.counts(scope).values()) == 0
        assert past.children.page(scope).rows == []
        assert past.children.count(scope) == 0
        assert past.caseload.get(scope, placement.id) is None
        assert past.knowing.of(scope, [placement.id, child.id]) == frozenset()
    assert names(past, Scope(organisations=frozenset({north}))) == ["Ann"]
    assert names(read_models, Scope(organisations=frozenset({vale}))) == ["Ann"]


def test_words_that_were_erased_stay_erased_in_a_past_that_was_looked_at_before(
    filling: Filling, history: History, read_models: ReadModels, dsn: str, database: psycopg.Connection
) -> None:
    authority = filling.organisation("North")
    child = filling.child("Ann", "First", authority)
    filling.placement(child, authority)
    position = history.head()
    follow(dsn, history)
    filling.rename(child, "Bea", "Later")
    follow(dsn, history)
    assert names(read_models.as_at(history, position)) == ["Ann"]
    assert "Ann" in str(database.execute("SELECT * FROM children_was").fetchall())
    why = {"categories": ("identity",), "ground": "no_longer_needed"}
    filling.tell(child, forgetting_events.ErasureApproved, request=3, requested_by="o", **why)
    follow(dsn, history)
    assert "Ann" not in str(all_lists(read_models.as_at(history, position), EVERYONE, MONDAY))
    assert database.execute("SELECT * FROM children_was").fetchall() == []


def test_what_rows_were_is_copied_where_it_was_kept_and_told_where_it_was_not(
    filling: Filling,
    history: History,
    read_models: ReadModels,
    dsn: str,
    database: psycopg.Connection,
    prepared_postgres: TestPostgres,
) -> None:
    authority, positions = filling.organisation("North"), []
    for given in ("Ann", "Bea"):
        child = filling.child(given, "First", authority)
        placement = filling.placement(child, authority)
        follow(dsn, history)
        for nth in range(3):
            filling.rename(child, f"{given} {nth}", "Later")
            filling.tell(placement, life.HomeSchoolChanged, home_school_id=authority)
            # Sometimes two events at once: then what was between them was never in a row.
            if nth != 1:
                follow(dsn, history)
            positions.append(history.head())
    kept = "SELECT (SELECT count(*) FROM children_was), (SELECT count(*) FROM caseload_was)"
    assert database.execute(kept).fetchone() == (4, 4)
    for position in positions:
        with alone(prepared_postgres, dsn, position) as (_, there):
            then = all_lists(read_models.as_at(history, position), EVERYONE, MONDAY)
            assert then == all_lists(there, EVERYONE, MONDAY)
    assert differences(history, dsn) == []

    database.execute("UPDATE caseload_was SET reason = 'other' WHERE placement_id = %s", (placement.id,))
    database.execute("UPDATE children_was SET given_names = 'Cay' WHERE child_id = %s", (child.id,))
    with closing(ReadModels(dsn, pool_size=1)) as fresh:
        assert "Cay" in names(fresh.as_at(history, positions[3]))
    assert {(d.table, d.key[0]) for d in differences(history, dsn)} == {
        ("caseload_was", str(placement.id)),
        ("children_was", str(child.id)),
    }
    rebuild(history, dsn)
    assert database.execute(kept).fetchone() == (0, 0)


def test_only_some_moments_are_kept_and_no_connection_is_left_behind(
    filling: Filling, history: History, dsn: str
) -> None:
    authority = filling.organisation("North")
    for n in range(8):
        filling.placement(filling.child(f"Child {n}", "Of Many", authority), authority)
    follow(dsn, history)
    read_models = ReadModels(dsn, pool_size=1)
    counted = [sum(read_models.as_at(history, p).caseload.counts(EVERYONE[0]).values()) for p in range(1, 18)]
    assert counted == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8]
    assert connections_kept(dsn) <= 4
    read_models.close()


def connections_kept(dsn: str) -> int:
    """How many hold tables of the past."""
    with psycopg.connect(dsn) as database:
        kept = """
            SELECT count(DISTINCT pid) FROM pg_stat_activity
            WHERE query LIKE '%forgotten%' AND pid <> pg_backend_pid() AND datname = current_database()
        """
        return int((database.execute(kept).fetchone() or (99,))[0])


def test_who_still_asks_of_a_moment_that_is_not_kept_any_more_is_answered_and_leaves_nothing_behind(
    filling: Filling, history: History, dsn: str
) -> None:
    authority = filling.organisation("North")
    filling.placement(filling.child("Ann", "First", authority), authority)
    follow(dsn, history)
    read_models = ReadModels(dsn, pool_size=1)
    held = read_models.as_at(history, history.head())
    assert names(held) == ["Ann"]
    read_models.forget()
    assert names(held) == ["Ann"]
    # The database needs a moment to notice that a connection was closed.
    patience = time.monotonic() + PATIENCE
    while connections_kept(dsn) and time.monotonic() < patience:
        time.sleep(0.05)
    assert connections_kept(dsn) == 0
    read_models.close()


class LateEntry:
    """A child of whom something is written down long after it was true."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.authority = filling.organisation("North")
        self.child = filling.child("Ann", "Alike", self.authority)
        self.placement = filling.placement(self.child, self.authority)
        self.before = filling.history.head()
        facts: dict[str, Any] = {
            "exclusion_type": "PERM",
            "from_on": date(2026, 11, 9),
            "education_due_on": date(2026, 11, 16),
        }
        self.late = self.tell(self.child, child_events.Excluded, date(2026, 11, 9), clock="T1", **facts)

    def tell(self, record: Record, kind: type, true_on: date, /, **facts: Any) -> int:
        """Write down today what was true on another day."""
        record.under(Recording(DECISION, NOW, true_on)).remember(kind, **facts)
        return self.filling.history.save(record).position


def test_what_was_written_down_late_is_on_one_axis_and_not_on_the_other(
    filling: Filling, history: History, read_models: ReadModels, dsn: str
) -> None:
    entry = LateEntry(filling)
    follow(dsn, history)

    def owed(position: int, true_on: date | None) -> int:
        lists = read_models.as_at(history, position, true_on)
        return len(lists.due.page(EVERYONE[0], SIXTH_DAY, on=MONDAY).rows)

    tenth = date(2026, 11, 10)
    assert owed(entry.late, tenth) == 1, "known now to have been true then"
    assert owed(entry.before, tenth) == 0, "not known then"
    assert owed(entry.before, None) == 0
    assert owed(entry.late, tenth - timedelta(days=2)) == 0, "not true then"
    assert owed(entry.late, None) == 1


def test_a_placement_is_not_there_on_a_day_before_its_referral_but_the_child_is(
    filling: Filling, history: History, read_models: ReadModels, dsn: str
) -> None:
    entry = LateEntry(filling)
    follow(dsn, history)
    lists = read_models.as_at(history, history.head(), MONDAY - timedelta(days=1))
    assert lists.caseload.page(EVERYONE[0]).rows == []
    assert [row.child_id for row in lists.children.page(EVERYONE[0]).rows] == [entry.child.id]
    assert (
        sum(lists.caseload.counts(EVERYONE[0], CaseloadFilter(stage=(Stage.NEEDS_ASSESSMENT,))).values()) == 0
    )


def test_a_correction_says_what_was_so_all_along(
    filling: Filling, history: History, read_models: ReadModels, dsn: str
) -> None:
    entry = LateEntry(filling)
    change = Change(field="from_on", category="narrative", value='"2026-11-05"')
    tenth = date(2026, 11, 10)
    corrected = entry.tell(
        entry.child, Corrected, MONDAY, corrects=2, changes=(change,), why="Typed wrongly."
    )
    follow(dsn, history)

    def from_on(position: int) -> date:
        [row] = read_models.as_at(history, position, tenth).due.page(EVERYONE[0], SIXTH_DAY, on=MONDAY).rows
        return row.anchor_on

    assert (from_on(entry.late), from_on(corrected)) == (date(2026, 11, 9), date(2026, 11, 5))


def test_on_the_last_day_there_is_everything_is_true(
    walk: Walk, history: History, read_models: ReadModels, dsn: str, clock: Clock
) -> None:
    walk.live_until("call_review")
    follow(dsn, history)
    head = history.head()
    now = all_lists(read_models.as_at(history, head, clock().date()), EVERYONE, MONDAY)
    assert now == all_lists(read_models, EVERYONE, MONDAY)
    told = timeline(history, [PLACEMENT], as_at=head, true_on=clock().date())
    assert told == timeline(history, [PLACEMENT])
    early = timeline(history, [PLACEMENT], true_on=clock().date() - timedelta(days=1))
    assert early == [entry for entry in told if entry.true_on and entry.true_on < clock().date()]
