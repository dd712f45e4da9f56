"""Sets the meters to what is so now, each time they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from api.desk import Desk
from api.errors import AWAY
from projections.meters import ledger_age, seconds_since_witnessed, undone_counted
from projections.upkeep import last_check

UNKNOWN = float("nan")


def measure(desk: Desk) -> None:
    """Ask for everything that is counted; what cannot be known now is NaN, or has no sample."""
    desk.metrics.answers.set(1)
    for gauges, ask in PARTS:
        try:
            ask(desk)
        except AWAY:
            desk.metrics.answers.set(0)
            desk.metrics.unknown(*gauges)


def _read_models(desk: Desk) -> None:
    now, meters = desk.read_models.condition(), desk.metrics
    meters.position.set(now.head)
    meters.behind.set(now.events_behind)
    meters.seconds_behind.set(now.seconds_behind)
    meters.parked_by.labels("read_models").set(now.parked)


def _jobs(desk: Desk) -> None:
    meters, jobs = desk.metrics, desk.read_models.jobs()
    for gauge in (meters.job_well, meters.job_workers, meters.job_faults, meters.job_quiet, meters.job_did):
        gauge.clear()
    meters.workers.set(max((job.workers for job in jobs), default=0))
    for job in jobs:
        meters.job_well.labels(job.job).set(job.wellbeing == "well")
        meters.job_workers.labels(job.job).set(job.workers)
        meters.job_faults.labels(job.job).set(job.faults)
        meters.job_quiet.labels(job.job).set(job.quiet_seconds)
        for what, times in job.counts.items():
            meters.job_did.labels(job.job, what).set(times)


def _duties(desk: Desk) -> None:
    found = desk.read_models.duties_counted(desk.clock())
    for state in ("due_soon", "due", "overdue"):
        desk.metrics.duties.labels(state).set(getattr(found, state))


def _messages(desk: Desk) -> None:
    found, meters = desk.read_models.messages.condition(desk.clock()), desk.metrics
    for state in ("waiting", "given_up", "unreached"):
        meters.messages.labels(state).set(getattr(found, state))
    meters.messages_late.set(found.seconds_late)
    meters.parked_by.labels("messages").set(found.given_up)


def _triggers(desk: Desk) -> None:
    waiting = undone_counted(desk.history)
    desk.metrics.parked_by.labels("triggers").set(waiting.failed)
    desk.metrics.undone.set(waiting.refused)


def _ledger(desk: Desk) -> None:
    age, meters = ledger_age(desk.history), desk.metrics
    meters.unsealed.set(age.unsealed if age else UNKNOWN)
    meters.unsealed_seconds.set(age.seconds if age else UNKNOWN)
    meters.witnessed.clear()
    for witness, seconds in seconds_since_witnessed(desk.history).items():
        meters.witnessed.labels(witness).set(seconds)


def _upkeep(desk: Desk) -> None:
    last, meters = last_check(desk.history), desk.metrics
    meters.checked_at.set(last.recorded_at.timestamp() if last else UNKNOWN)
    meters.faults.set(len(last.faults) + last.more if last else UNKNOWN)


def _pools(desk: Desk) -> None:
    for pool, found in (
        ("history", desk.history.pool_stats()),
        ("read_models", desk.read_models.pool_stats()),
    ):
        size, free = found.get("pool_size", 0), found.get("pool_available", 0)
        desk.metrics.pool.labels(pool, "used").set(size - free)
        desk.metrics.pool.labels(pool, "free").set(free)
        desk.metrics.pool.labels(pool, "most").set(found.get("pool_max", 0))
        desk.metrics.pool_waiting.labels(pool).set(found.get("requests_waiting", 0))


PARTS: Iterable[tuple[tuple[str, ...], Callable[[Desk], None]]] = (
    (("position", "behind", "seconds_behind"), _read_models),
    (("workers", "job_well", "job_workers", "job_faults", "job_quiet", "job_did"), _jobs),
    (("duties",), _duties),
    (("undone",), _triggers),
    (("messages", "messages_late"), _messages),
    (("unsealed", "unsealed_seconds", "witnessed"), _ledger),
    (("checked_at", "faults"), _upkeep),
    (("pool", "pool_waiting"), _pools),
)
