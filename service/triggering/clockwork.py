"""What the clock brings: duties that fell due, and those that have been overdue for so many working days."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from history.store import History
from projections.due import DueColumns
from projections.falling import Falling
from service.triggering.waiting import Waiting
from workflows.triggers.cause import Became, FellDue
from workflows.triggers.trigger import Trigger

OVERLAP = timedelta(minutes=10)
"""Asked for again each time: clocks of several machines differ, and a save may take its time from the stamp to the disk."""
WAITS_EVERY = timedelta(seconds=30)
"""Between two looks at what has been overdue for long: it changes at midnight, or when something becomes known late."""


class Clockwork:
    """Turns the clock's time into causes, each at least once; whoever acts finds what was done before."""

    def __init__(
        self, falling: Falling, history: History, triggers: Sequence[Trigger], clock: Callable[[], datetime]
    ) -> None:
        self._falling, self._history, self._clock = falling, history, clock
        self._watched = {rule for trigger in triggers if not trigger.waits for rule in trigger.duties}
        self._waiting = Waiting(falling, history, triggers)
        self._asked: tuple[datetime, int] | None = None
        self._seen: dict[tuple[str, str], datetime] = {}
        self._waited_at: datetime | None = None

    def causes(self, kept: datetime) -> tuple[datetime, list[FellDue]] | None:
        """What fell due since an instant, and until when was looked; None while the due list is behind. Raises Unavailable."""
        now, head = self._asked or (self._clock(), self._history.head())
        self._asked = (now, head)
        if self._falling.position() < head:
            return None
        self._asked = None
        # A clock that was set back looks again at what it has passed.
        after = min(kept, now) - OVERLAP
        self._forget_before(after)
        found = [
            cause for cause in self._found(after, now, head) if (cause.key, cause.waited) not in self._seen
        ]
        return now, found

    def done(self, cause: FellDue) -> None:
        """It has been acted on, so it need not be looked at again by this process."""
        self._seen[cause.key, cause.waited] = cause.at

    def _found(self, after: datetime, until: datetime, head: int) -> Iterator[FellDue]:
        for row in self._falling.fell_due(after, until):
            # After an outage nobody is told that something is due soon whose day has gone by: they hear that it was missed.
            stale = row.became != "overdue" and row.overdue_at <= until
            if row.rule in self._watched and not stale:
                yield as_cause(row, row.became, row.at, head)
        if self._waited_at is None or abs(until - self._waited_at) >= WAITS_EVERY:
            self._waited_at = until
            for duty, waits, at in self._waiting.passed(after - WAITS_EVERY, until, head):
                yield as_cause(duty, "overdue", at, head, waits)

    def _forget_before(self, instant: datetime) -> None:
        if len(self._seen) > 1000:
            long_ago = instant - 2 * OVERLAP
            self._seen = {key: at for key, at in self._seen.items() if at > long_ago}


def as_cause(row: DueColumns, became: Became, at: datetime, position: int, waited: str = "") -> FellDue:
    """A row of the due list as the triggers take it."""
    return FellDue(
        duty_id=row.duty_id,
        rule=row.rule,
        became=became,
        at=at,
        position=position,
        known_by=row.known_by,
        due_on=row.due_on,
        about=row.about,
        child_id=row.child_id,
        placement_id=row.placement_id,
        provider_id=row.provider_id,
        organisation_id=row.organisation_id,
        commissioner_id=row.commissioner_id,
        authority_id=row.authority_id,
        waited=waited,
    )
