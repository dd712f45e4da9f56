"""A clock that steps back, two workers whose clocks differ, and the nights on which an hour comes twice or not at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.message_events import MessageAskedFor
from history.store import History
from service.triggering.triggering import Triggering
from tests.duties.oracle import Life
from tests.year.lives import Lived
from tests.year.simulated import Diary, a_year

HOUR, STEP = timedelta(hours=1), timedelta(minutes=20)


@pytest.mark.parametrize(
    ("day", "midnight"),
    [
        (date(2026, 10, 24), datetime(2026, 10, 24, 23, tzinfo=UTC)),  # into the night of 25 hours
        (date(2026, 10, 25), datetime(2026, 10, 26, 0, tzinfo=UTC)),  # out of it
        (date(2027, 3, 27), datetime(2027, 3, 28, 0, tzinfo=UTC)),  # into the night of 23 hours
        (date(2027, 3, 28), datetime(2027, 3, 28, 23, tzinfo=UTC)),  # out of it
    ],
)
def test_a_duty_missed_at_midnight_is_told_once_and_not_before(
    dsn: str, history: History, day: date, midnight: datetime
) -> None:
    """An exclusion has to be told the same day (T30). The clock steps back an hour after every second step over the midnight."""
    diary = Diary()
    diary.tell(Lived(Life(excluded_on=day)))
    with a_year(dsn, history) as (year, connection):
        year.write([entry for on in sorted(diary.days) if on < day for entry in diary.days[on]], day)
        year.at(day, 9)
        year.write(diary.days[day], day)
        # Its clock is an hour behind, and it acts, too.
        other = Triggering(dsn, history, lambda: year.now - HOUR)
        its_place = other.begin(connection)
        year.now = midnight - timedelta(minutes=70)
        first_told: datetime | None = None
        for number in range(24):
            year.worked(connection)
            other.events(connection, its_place)
            other.tick(connection, its_place)
            if first_told is None and _told(history):
                first_told = year.now
            year.now += STEP if number % 3 else -HOUR if number in (6, 12) else STEP
        other.at_the_end()
    assert first_told is not None
    assert midnight <= first_told <= midnight + STEP
    assert _told(history) == 1


def _told(history: History) -> int:
    events = [stored.event for stored in history.scan()]
    return sum(
        isinstance(event, MessageAskedFor)
        and event.decision.triggered is not None
        and event.decision.triggered.trigger == "a_missed_duty_is_told_to_who_owes_it"
        for event in events
    )
