"""Who does what by itself now: every job of every worker, as the workers last reported it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import Literal

import msgspec

from projections.asking import Asking

SEEN_WITHIN = 15.0
"""Seconds after which a worker that reported nothing is taken for gone."""
SEVERAL = 3
"""Faults one after the other that are worth telling."""

Wellbeing = Literal["well", "nobody", "waiting", "failing", "stuck"]


class AtWork(msgspec.Struct, frozen=True, kw_only=True):
    """One job of one worker."""

    worker: str
    job: str
    words: str
    state: str
    since: datetime
    quiet_seconds: float
    """Since it last said that it is well."""
    patience: float
    """Seconds of silence that are nothing unusual for this job."""
    faults: int
    in_a_row: int
    error: str
    counts: dict[str, int]
    """What it did since its worker began."""
    seen_seconds: float
    """Since its worker last reported."""


class JobDone(msgspec.Struct, frozen=True, kw_only=True):
    """One job, whoever does it."""

    job: str
    words: str
    wellbeing: Wellbeing
    led_by: str = ""
    """The worker that does it; empty where none does."""
    workers: int = 0
    """Workers that do it or stand by."""
    faults: int = 0
    """In all workers that run now, since they began."""
    error: str = ""
    """The class of the last one."""
    counts: dict[str, int] = {}
    """What they did since they began."""
    quiet_seconds: float = 0.0
    """Since whoever does it last said that it goes on."""


NOW = """
    SELECT worker, job, words, state, since, patience, faults, in_a_row, error, counts,
        extract(epoch FROM clock_timestamp() - well_at)::float AS quiet_seconds,
        extract(epoch FROM clock_timestamp() - seen_at)::float AS seen_seconds
    FROM at_work ORDER BY job, worker
"""


def jobs_done(asking: Asking) -> list[JobDone]:
    """Every job that a worker had in the last day, and how it stands. Raises Unavailable."""
    of: dict[str, list[AtWork]] = defaultdict(list)
    for row in asking.rows(AtWork, NOW, {}):
        of[row.job].append(row)
    return [_told(job, rows) for job, rows in of.items()]


def _told(job: str, rows: list[AtWork]) -> JobDone:
    alive = [row for row in rows if row.seen_seconds <= SEEN_WITHIN and row.state != "ended"]
    doing = [row for row in alive if row.state == "working"]
    troubled = [row for row in alive if row.in_a_row >= SEVERAL or row.state == "failing"]
    leader = min(doing, key=lambda row: row.quiet_seconds, default=None)
    wellbeing: Wellbeing = "well"
    if leader is not None:
        if leader.quiet_seconds > leader.patience:
            wellbeing = "stuck"
        elif leader in troubled:
            wellbeing = "failing"
    elif troubled:
        wellbeing = "failing"
    elif any(row.state == "waiting" for row in alive):
        wellbeing = "waiting"
    else:
        wellbeing = "nobody"
    return JobDone(
        job=job,
        words=rows[0].words,
        wellbeing=wellbeing,
        led_by=leader.worker if leader else "",
        workers=len(alive),
        faults=sum(row.faults for row in alive),
        error=next((row.error for row in [*troubled, *alive] if row.error), ""),
        counts=dict(sum((Counter(row.counts) for row in alive), Counter())),
        quiet_seconds=round(leader.quiet_seconds, 1) if leader else 0.0,
    )
