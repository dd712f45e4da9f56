"""Whether the process lives, whether it can work, and what it counts: for those who run it. Nothing about a child."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Response
from prometheus_client import generate_latest

from api.desk import AtDesk, Desk
from api.errors import AWAY
from api.measuring import measure
from api.wanted import JSON
from history.ledger.witnessed import Witnessed, witnessed
from projections.at_work import JobDone
from projections.condition import Condition
from projections.finding_messages import OutboxCondition
from projections.upkeep import is_overdue, last_check

routes = APIRouter(tags=["running"])

LONGEST_LAG = 30.0
"""Seconds behind the history after which lists are no use to those who decide on them."""

MOST_BEHIND = 5_000
"""Events behind the history after which they are none either, however new the events are: somebody fills the service just now."""

TOLD = (
    "records_parked",
    "check_failed",
    "check_overdue",
    "witness_behind",
    "not_done",
    "job_failing",
    "job_stuck",
    "messages_given_up",
    "messages_late",
)
"""Reasons for somebody to look, with which it can still work."""
LONGEST_WAIT = 300.0
"""Seconds after which a message that could be sent now is late."""
TEXT = {"content": {"text/plain": {"schema": {"type": "string"}}}}


@routes.get("/health/live", operation_id="read_live")
def live() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "live"}


@routes.get(
    "/health/ready",
    operation_id="read_ready",
    response_model=None,
    responses={
        200: {"description": "It can work."},
        503: {"description": "It cannot work now, for these reasons."},
    },
)
def ready(desk: AtDesk) -> Response:
    """Whether it can work: the database answers, and the read models follow.

    Records that a read model could not take in, a nightly check that failed or was missed, a witness that is behind, and a job that
    nobody does or that fails are told, and do not make it unready: see the runbook in docs/how-to/answer-an-alert.md.
    """
    found = _condition(desk)
    stopping = [r for r in found["reasons"] if r["code"] not in TOLD]
    found["status"] = "not_ready" if stopping else "ready"
    return Response(msgspec.json.encode(found), 503 if stopping else 200, media_type=JSON)


def _condition(desk: Desk) -> dict[str, Any]:
    reasons: list[dict[str, str]] = []
    if desk.closing.is_set():
        reasons.append(_reason("stopping", "The service is stopping."))
    try:
        now, jobs = desk.read_models.condition(), desk.read_models.jobs()
        outbox = desk.read_models.messages.condition(desk.clock())
    except AWAY:
        reasons.append(_reason("database_away", "The database does not answer."))
        return {"reasons": reasons}
    reasons += _of_read_models(now) + _of_jobs(jobs) + _of_messages(outbox)
    outside = witnessed(desk.history, list(desk.witnesses))
    reasons += _of_witnesses(desk, outside)
    last = last_check(desk.history)
    if last and last.faults:
        words = f"The check of {last.night} found {len(last.faults) + last.more} faults: see /upkeep."
        reasons.append(_reason("check_failed", words))
    if last and is_overdue(last, desk.clock()):
        reasons.append(_reason("check_overdue", f"The last nightly check was that of {last.night}."))
    return {
        "reasons": reasons,
        "position": now.head,
        "witnessed": _newest(outside),
        "checked": {"night": last.night, "position": last.position} if last else None,
        "read_models": {
            "position": now.position,
            "events_behind": now.events_behind,
            "followed": now.followed,
        },
        "messages": {
            "waiting": outbox.waiting,
            "given_up": outbox.given_up,
            "unreached": outbox.unreached,
            "seconds_late": outbox.seconds_late,
        },
        "jobs": {
            job.job: {
                "does": job.words,
                "wellbeing": job.wellbeing,
                "led_by": job.led_by or None,
                "workers": job.workers,
                "last_error": job.error or None,
            }
            for job in jobs
        },
    }


def _newest(outside: list[Witnessed]) -> dict[str, Any] | None:
    """The largest checkpoint that anybody outside holds: what lies before it cannot be rewritten unseen."""
    found = outside[0] if outside else None
    return {"position": found.size, "at": found.at, "by": found.witness} if found and found.at else None


def _of_witnesses(desk: Desk, outside: list[Witnessed]) -> list[dict[str, str]]:
    reasons = []
    for one in outside:
        patience = desk.witnesses.get(one.witness)
        if patience is not None and one.waits is not None and one.waits > patience:
            last = f"took its last checkpoint at position {one.size}" if one.at else "never took a checkpoint"
            words = f"The witness {one.witness} {last}, and has waited for the next one for {one.waits:.0f} seconds."
            reasons.append(_reason("witness_behind", words))
    return reasons


def _of_messages(now: OutboxCondition) -> list[dict[str, str]]:
    reasons = []
    if now.given_up:
        words = f"{now.given_up} messages were given up: `placements messages --state given_up` names them."
        reasons.append(_reason("messages_given_up", words))
    if now.seconds_late > LONGEST_WAIT:
        words = (
            f"{now.waiting} messages wait, the first for {now.seconds_late:.0f} seconds longer than it need."
        )
        reasons.append(_reason("messages_late", words))
    return reasons


def _of_read_models(now: Condition) -> list[dict[str, str]]:
    reasons = []
    if now.to_rebuild:
        reasons.append(_reason("being_rebuilt", f"Being rebuilt: {', '.join(now.to_rebuild)}."))
    if now.head and not now.position:
        reasons.append(_reason("not_filled", "The read models have not taken in the first event yet."))
    elif now.seconds_behind > LONGEST_LAG or now.events_behind > MOST_BEHIND:
        words = (
            f"The read models are {now.events_behind} events and {now.seconds_behind:.0f} seconds behind the history"
            + ("." if now.followed else ", and no worker keeps them in step.")
        )
        reasons.append(_reason("behind" if now.followed else "not_followed", words))
    if now.parked:
        words = f"{now.parked} records could not be taken in: `placements parked` names them."
        reasons.append(_reason("records_parked", words))
    return reasons


def _of_jobs(jobs: list[JobDone]) -> list[dict[str, str]]:
    if not any(job.workers for job in jobs):
        return [_reason("not_done", "No worker runs: nothing happens by itself. Start `placements work`.")]
    return [_reason(TROUBLE[job.wellbeing][0], _words(job)) for job in jobs if job.wellbeing in TROUBLE]


TROUBLE = {
    "nobody": ("not_done", "No worker does {job} now: it {words}."),
    "waiting": ("job_failing", "{job}: it waits for the database ({error})."),
    "failing": ("job_failing", "{job}: it fails again and again ({error}); the log of {led_by} says where."),
    "stuck": ("job_stuck", "{job}: {led_by} does it, and has said nothing for {quiet:.0f} seconds."),
}


def _words(job: JobDone) -> str:
    said = TROUBLE[job.wellbeing][1]
    return said.format(
        job=job.job,
        words=job.words,
        error=job.error,
        led_by=job.led_by or "its worker",
        quiet=job.quiet_seconds,
    )


def _reason(code: str, message: str) -> dict[str, str]:
    return {"code": code, "message": message}


@routes.get("/metrics", operation_id="read_metrics", response_model=None, responses={200: TEXT})
def metrics(desk: AtDesk) -> Response:
    """What the process counts, for Prometheus."""
    measure(desk)
    text = generate_latest(desk.metrics.registry)
    return Response(text, media_type="text/plain; version=0.0.4; charset=utf-8")
