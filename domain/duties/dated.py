"""Dated events: what duties are begun and met by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from domain.events import Event


def first_on_or_after(
    day: date, found: Iterable[tuple[date, Event]], until: date | None = None
) -> tuple[date, Event] | None:
    """The first of some dated events that is not before a day, nor after another."""
    fits = [pair for pair in found if pair[0] >= day and (until is None or pair[0] <= until)]
    return min(fits, key=lambda pair: (pair[0], pair[1].originator_version), default=None)


def day_after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)
