"""The read models as the service asks them: everything that can be looked at, and how far it has come."""

from __future__ import annotations

from datetime import date, datetime

from history.reading import Reading
from projections.agreements import Agreements
from projections.asking import Asking
from projections.at_work import JobDone, jobs_done
from projections.attendance_totals import AttendanceTotals
from projections.awaiting import Awaiting
from projections.building_the_past import Then
from projections.condition import Condition, ParkedRecord, condition, parked_records
from projections.finding_children import Children
from projections.finding_due import Due
from projections.finding_messages import Messages
from projections.finding_placements import Caseload
from projections.finding_providers import Directory
from projections.grants import Grants
from projections.knowing import Knowing
from projections.late_recording.reports import Recording
from projections.meters import DutiesCounted, duties_counted
from projections.organisations import Organisations
from projections.paging import Marks
from projections.past import Past
from projections.pasts import Pasts
from projections.progress import HowFar, Progress, Standing
from projections.timeline import Timelines
from projections.without_education import NowhereTaught

POOL_SIZE = 5
POSITION = "SELECT position FROM positions WHERE name = %(name)s AND shape = wanted"


class Lists:
    """Every list, count and search there is, asked of one set of tables."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar, at_once: HowFar) -> None:
        self.caseload = Caseload(asking, marks, at_once)
        self.children = Children(asking, marks, at_once)
        self.directory = Directory(asking, marks, at_once)
        self.organisations = Organisations(asking, marks, at_once)
        self.agreements = Agreements(asking, marks, at_once)
        self.grants = Grants(asking)
        self.due = Due(asking, marks, progress)
        self.nowhere_taught = NowhereTaught(asking)
        self.messages = Messages(asking, marks, at_once)
        self.attendance = AttendanceTotals(asking)
        self.awaiting = Awaiting(asking)
        self.knowing = Knowing(asking)


class ReadModels(Lists):
    """The read models in use. Many threads may share it."""

    def __init__(self, dsn: str, pool_size: int = POOL_SIZE) -> None:
        """Opens `pool_size` connections at most, one more that listens, and one for each moment of the past that is asked for."""
        self._dsn, self._asking, self._progress = dsn, Asking(dsn, pool_size), Progress(dsn)
        self._marks, self._pasts = Marks(self._asking), Pasts()
        super().__init__(self._asking, self._marks, self._progress, self._progress.at_once)
        self.recording = Recording(self._asking)

    def as_at(self, history: Reading, position: int, true_on: date | None = None) -> Lists:
        """The same as they were when the history had reached a position; with a day, what of it was true on that day.

        Its tables are built as they are asked for, and kept for a while. Raises ValueError for a position that has not been reached, and
        Unavailable.
        """
        head = history.head()
        if not 0 <= position <= head:
            raise ValueError(f"the history has not reached position {position}: it is at {head}")
        then = Then(position, true_on)
        past = self._pasts.at(then, lambda: Past(self._dsn, history, then))
        standing = Standing(position)
        return Lists(past, self._marks, standing, standing)

    def position(self, name: str | None = None) -> int:
        """How far one read model has come, or all of them at least; 0 while it waits to be rebuilt. Raises Unavailable."""
        if name is None:
            return self.condition().position
        found = self._asking.plain_rows(POSITION, {"name": name})
        return int(found[0]["position"]) if found else 0

    def wait_for(self, position: int, timeout: float = 1.0) -> bool:
        """Wait, at most so many seconds, until all read models have come as far as a position; whether they have."""
        return self._progress.wait_beyond(position - 1, timeout)

    def wait_at_once(self, position: int, timeout: float = 1.0) -> bool:
        """The same, for the read models whose rows follow from one record each: the lists of placements, children and so on."""
        return self._progress.wait_at_once(position - 1, timeout)

    def lag(self) -> int:
        """How many events the read models are behind the history. Raises Unavailable."""
        return self.condition().events_behind

    def condition(self) -> Condition:
        """What has to be known to say whether the read models are well. Raises Unavailable."""
        return condition(self._asking)

    def jobs(self) -> list[JobDone]:
        """What happens by itself, and whether it is well. Raises Unavailable."""
        return jobs_done(self._asking)

    def duties_counted(self, now: datetime) -> DutiesCounted:
        """How many duties are open at an instant. Raises Unavailable."""
        return duties_counted(self._asking, now)

    def pool_stats(self) -> dict[str, int]:
        """How its connections are used."""
        return self._asking.pool_stats()

    def parked(self) -> list[ParkedRecord]:
        """The records that could not be followed. Raises Unavailable."""
        return parked_records(self._asking)

    def timelines(self, history: Reading) -> Timelines:
        """The stories of placements and children, from their stored events."""
        return Timelines(history, self._asking)

    def forget(self) -> None:
        """Let go of what is kept of moments gone by: words in it were erased."""
        self._pasts.forget()

    def close(self) -> None:
        """Let go of all connections, and of everybody who waits."""
        self._pasts.close()
        self._progress.close()
        self._asking.close()
