"""When a message may go: quiet hours, the morning's digest, and how long after a failed try the next one is. London time."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=20), timedelta(hours=2)
MOST_TRIES = 24
"""Some 24 hours of tries; then a person has to look."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When nobody is disturbed, and when digests go."""

    quiet_from: time = time(20, 0)
    quiet_until: time = time(7, 0)
    digest_at: time = time(7, 30)

    def quiet_end(self, now: datetime) -> datetime | None:
        """The end of the quiet hours that it is now; none outside of them."""
        local = now.astimezone(LONDON)
        clock = local.time()
        if self.quiet_from > self.quiet_until:
            quiet = clock >= self.quiet_from or clock < self.quiet_until
        else:
            quiet = self.quiet_from <= clock < self.quiet_until
        if not quiet:
            return None
        day = local.date() + timedelta(days=1 if clock >= self.quiet_until else 0)
        return datetime.combine(day, self.quiet_until, LONDON).astimezone(now.tzinfo)

    def digest_due(self, now: datetime) -> tuple[date, datetime] | None:
        """The London day whose digests may go now, and the moment from which they could; none before that moment."""
        day = now.astimezone(LONDON).date()
        moment = datetime.combine(day, self.digest_at, LONDON)
        return (day, moment) if now >= moment else None


def pause_after(tries: int, spread: Callable[[], float] = random.random) -> timedelta:
    """How long after so many failed tries: longer each time, and never the same for all who failed at once."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries - 1, 20))
    return timedelta(seconds=longest.total_seconds() * (0.5 + spread() / 2))
