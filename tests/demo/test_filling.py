"""Filling a service with the demonstration: the same every time, once only, whatever interrupts it, on any day of the year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from domain.events import Event
from domain.school_days import london_day
from history.store import History
from service.demo import filling
from service.demo.filling import fill, written
from service.out_tray import OutTray
from tests.demo.filled import SHOWN_AT
from tests.demo.memory import Memory

ON_ANY_DAY = [
    datetime(2026, 11, 27, 9, 30, tzinfo=UTC),  # a Friday in term
    datetime(2026, 12, 25, 23, 59, tzinfo=UTC),  # Christmas
    datetime(2027, 1, 4, 0, 1, tzinfo=UTC),  # a Monday, a minute after midnight
    datetime(2027, 3, 28, 12, 0, tzinfo=UTC),  # the clocks change, at Easter
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),  # the leap day
    datetime(2026, 8, 31, 12, 0, tzinfo=UTC),  # the summer bank holiday
]


@pytest.mark.parametrize("now", ON_ANY_DAY, ids=lambda now: f"{now:%d %B %Y}")
def test_it_can_be_shown_on_any_day(now: datetime) -> None:
    memory = Memory()
    assert fill(memory, now) == len(written(now.date()))
    assert memory.events[-1].recorded_at < now


@pytest.mark.long
@pytest.mark.parametrize("day", range(0, 366, 7))
def test_it_can_be_shown_in_any_week_of_the_year(day: int) -> None:
    fill(Memory(), SHOWN_AT + timedelta(days=day + day // 7 % 7))


def test_the_same_day_gives_the_same_story() -> None:
    one, other = Memory(), Memory()
    fill(one, SHOWN_AT)
    fill(other, SHOWN_AT + timedelta(hours=5))
    assert as_bytes(one.events) == as_bytes(other.events)


def test_a_service_that_is_filled_stays_as_it_is(history: History) -> None:
    assert fill(history, SHOWN_AT) > 1_000
    head = history.head()
    assert fill(history, SHOWN_AT) == 0
    assert fill(history, SHOWN_AT + timedelta(days=40)) == 0
    assert history.head() == head


def test_what_another_edition_told_otherwise_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    there = Memory()
    fill(there, SHOWN_AT)
    before = as_bytes(there.events)
    shorter = [*written(london_day(SHOWN_AT))]
    del shorter[200]
    monkeypatch.setattr(filling, "written", lambda today: shorter)
    assert fill(there, SHOWN_AT + timedelta(days=1)) == 0
    assert as_bytes(there.events) == before


def test_what_was_broken_off_is_finished_on_another_day_as_if_nothing_had_happened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, broken = Memory(), Memory()
    fill(whole, SHOWN_AT)
    post, posts = OutTray.post, []

    def dies(tray: OutTray, *given: object) -> int:
        posts.append(1)
        if len(posts) == 9:
            raise KeyboardInterrupt
        return post(tray, *given)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(OutTray, "post", dies)
        with pytest.raises(KeyboardInterrupt):
            fill(broken, SHOWN_AT)
    assert 0 < len(broken.events) < len(whole.events)
    fill(broken, SHOWN_AT + timedelta(days=3))
    assert as_bytes(broken.events) == as_bytes(whole.events)


def test_two_who_fill_at_once_fill_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, shared = Memory(), Memory()
    fill(whole, SHOWN_AT)
    decide = filling.Portion._decide
    seen = []

    def another_comes_first(portion: filling.Portion, tray: OutTray) -> None:
        decide(portion, tray)
        if portion.number not in seen:
            seen.append(portion.number)
            portion.perform(OutTray(shared))

    monkeypatch.setattr(filling.Portion, "_decide", another_comes_first)
    fill(shared, SHOWN_AT)
    assert as_bytes(shared.events) == as_bytes(whole.events)


def as_bytes(events: list[Event]) -> list[bytes]:
    """Events as they would be stored, in the clear."""
    return [msgspec.json.encode(event) for event in events]
