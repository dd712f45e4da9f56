"""A provider that reports nothing at all: it is asked the next morning, and a working day later others hear of it, each once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.message_events import MessageAskedFor
from projections.finding_due import DueFilter
from projections.reading import ReadModels
from tests.projections.test_due import OF_THE_AUTHORITY, OF_THE_PROVIDER
from tests.triggers.conftest import FIRST_DAY, ByItself, CaughtUp, Clock, Reports
from workflows.triggers import of_silence
from workflows.triggers.trigger import Trigger

MONDAY, WEDNESDAY = FIRST_DAY, FIRST_DAY + timedelta(days=2)
"""With six half-days a week the child must have been there by Wednesday."""
SILENCE = DueFilter(rule=("T47",))


@pytest.fixture
def triggers() -> tuple[Trigger, ...]:
    """Those that are about silence, and no others."""
    return (
        of_silence.a_day_that_nobody_reported_is_asked_of_the_provider,
        of_silence.a_provider_that_stays_silent_is_told_to_the_commissioner,
    )


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


def _told(by_itself: ByItself) -> list[tuple[str, str]]:
    return [(e.to.relation, e.template) for e in by_itself.did(MessageAskedFor)]


def test_a_silent_provider_is_asked_the_next_morning_and_the_commissioner_hears_a_day_later(
    by_itself: ByItself, caught_up: CaughtUp, clock: Clock, read_models: ReadModels
) -> None:
    clock.moment = _morning(WEDNESDAY) + timedelta(hours=14)
    caught_up()
    by_itself.ticks()
    assert _told(by_itself) == []
    clock.moment = _morning(WEDNESDAY + timedelta(days=1))
    by_itself.ticks()
    assert _told(by_itself) == [("provider", "day_not_reported")]
    clock.moment = _morning(WEDNESDAY + timedelta(days=2))
    caught_up()
    for _ in range(3):
        by_itself.ticks()
        by_itself.loses_its_place()
    assert _told(by_itself)[1:] == [
        ("commissioner", "day_not_reported"),
        ("attendance_officer", "day_not_reported"),
    ]
    [finding] = read_models.due.page(OF_THE_PROVIDER, SILENCE, on=WEDNESDAY + timedelta(days=2)).rows
    assert (finding.due_on, finding.missed, finding.what) == (
        WEDNESDAY,
        True,
        "report who was at the provider",
    )
    assert read_models.due.page(OF_THE_AUTHORITY, SILENCE, on=WEDNESDAY).rows[0].state == "due"


def test_who_reports_is_not_asked_and_a_silence_that_begins_later_is_found(
    by_itself: ByItself, caught_up: CaughtUp, clock: Clock, reports: Reports, read_models: ReadModels
) -> None:
    reports((MONDAY, "am", "present"))
    caught_up()
    [ahead] = read_models.due.page(OF_THE_AUTHORITY, SILENCE, on=MONDAY).rows
    assert ahead.due_on > MONDAY, "what was said in time leaves no row, and the next day is waited for"
    clock.moment = _morning(ahead.due_on)
    by_itself.ticks()
    assert _told(by_itself) == []
    clock.moment += timedelta(days=1)
    by_itself.ticks()
    assert _told(by_itself) == [("provider", "day_not_reported")]
