"""A moment stands for the last position that was written down at or before it, whatever the clocks of the writers said."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import psycopg
import pytest

from history.moments import BLOCK, moment_of, position_at
from history.store import History
from tests.history.diary import Diary, Happened, recording
from tests.support.postgres import as_owner

SUMMER, WINTER = timezone(timedelta(hours=1)), UTC
EVENING = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
"""On the next morning, at 01:00 UTC, London's clocks go back: 01:30 is there twice."""


def write(history: History, *moments: datetime) -> None:
    """Write down one event at each of these times."""
    diary = Diary(uuid4())
    for moment in moments:
        diary.under(replace(recording(), recorded_at=moment)).remember(Happened, words='"recorded_at":"2020')
    history.save(diary)


def asked_plainly(written: list[datetime], moment: datetime) -> int:
    """The definition."""
    return max((n for n, at in enumerate(written, start=1) if at <= moment), default=0)


def test_before_the_first_event_there_is_nothing(history: History) -> None:
    assert position_at(history, EVENING) == 0
    write(history, EVENING)
    assert position_at(history, EVENING - timedelta(microseconds=1)) == 0
    assert position_at(history, EVENING) == 1
    assert moment_of(history, 1) == EVENING
    assert moment_of(history, 2) is None


def test_the_night_on_which_half_past_one_is_there_twice(history: History) -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=SUMMER)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=WINTER)
    write(history, first - timedelta(minutes=1), first, second - timedelta(minutes=1), second)
    assert [position_at(history, at) for at in (first, second)] == [2, 4]
    assert position_at(history, datetime(2026, 10, 25, 1, 59, 59, tzinfo=SUMMER)) == 2
    assert position_at(history, datetime(2026, 10, 25, 1, 0, tzinfo=WINTER)) == 2


def test_two_writers_whose_clocks_differ(history: History, elsewhere: History) -> None:
    hour, second = timedelta(hours=1), timedelta(seconds=1)
    write(history, EVENING)
    write(elsewhere, EVENING + hour)
    write(history, EVENING + second)
    write(elsewhere, EVENING + hour + second)
    # Nothing that the first knew by then is left out, though the second had written into its future.
    assert position_at(history, EVENING) == 1
    assert position_at(history, EVENING + second) == 3
    assert position_at(elsewhere, EVENING + hour) == 3
    assert position_at(elsewhere, EVENING + 2 * hour) == 4


def test_over_many_blocks_it_is_what_the_definition_says(history: History, dsn: str) -> None:
    chance = random.Random(20)  # noqa: S311 - the same clocks in each run
    written = [
        EVENING + timedelta(seconds=n) + timedelta(seconds=chance.choice([0, 0, 0, -40, 90, -3000]))
        for n in range(2 * BLOCK + 300)
    ]
    asked = [*written[::97], EVENING - timedelta(days=1), EVENING + timedelta(days=1)]
    for part in (written[: BLOCK - 1], written[BLOCK - 1 : BLOCK + 1], written[BLOCK + 1 :]):
        write(history, *part)
        there = written[: history.head()]
        assert [position_at(history, at) for at in asked] == [asked_plainly(there, at) for at in asked]
    # A later moment never stands for an earlier position.
    found = [position_at(history, at) for at in sorted(asked)]
    assert found == sorted(found)
    with psycopg.connect(dsn) as database:
        kept = database.execute("SELECT count(*), min(block), max(block) FROM history.moments").fetchone()
    assert kept == (2, 0, 1)


@pytest.mark.parametrize(
    "spoiled",
    [
        "nonsense",
        '{"recorded_at":""}',
        '{"recorded_at":"2026-02-30T10:00:00Z"}',
        '{"recorded_at":"2026-02-29T10:00:00Z"}',
        '{"recorded_at":"2100-02-29T10:00:00Z"}',
        '{"recorded_at":"25:00"}',
        "{}",
    ],
)
def test_an_entry_that_somebody_spoiled_stands_at_no_moment_and_hides_no_other(
    history: History, dsn: str, spoiled: str
) -> None:
    minute = timedelta(minutes=1)
    write(history, *(EVENING + n * minute for n in range(2 * BLOCK + 10)))
    with psycopg.connect(as_owner(dsn)) as owner:
        owner.execute("ALTER TABLE history.events DISABLE TRIGGER USER")
        change = "UPDATE history.events SET state = %s WHERE notification_id <= %s OR notification_id = %s"
        owner.execute(change, [spoiled.encode(), BLOCK, 2 * BLOCK + 5])
    assert [position_at(history, EVENING + n * minute) for n in (0, BLOCK, 2 * BLOCK + 4, 2 * BLOCK + 5)] == [
        0,
        BLOCK + 1,
        2 * BLOCK + 4,
        2 * BLOCK + 6,
    ]
    assert moment_of(history, 2 * BLOCK + 5) is None


def test_the_days_on_which_things_were_true_are_read_from_the_stored_bytes(
    history: History, dsn: str
) -> None:
    write(history, EVENING)
    with psycopg.connect(dsn) as database:
        found = database.execute("SELECT history.occurred_on(state) FROM history.events").fetchone()
    assert found == (date(2026, 9, 7),)
