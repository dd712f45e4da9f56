"""Whether the process lives, whether it can work, and what it counts: for those who run it. Nothing about a child."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Response
from prometheus_client import generate_latest

from api.desk import AtDesk, Desk
from api.errors import AWAY
from api.wanted import JSON
from projections.upkeep import is_overdue, last_check

routes = APIRouter(tags=["running"])

LONGEST_LAG = 30.0
"""Seconds behind the history after which lists are no use to those who decide on them."""

TOLD = ("records_parked", "check_failed", "check_overdue")
"""Reasons for somebody to look, with which it can still work."""
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

    Records that a read model could not take in, and a nightly check that failed or was missed, are told and do not make it unready.
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
        now = desk.read_models.condition()
    except AWAY:
        reasons.append(_reason("database_away", "The database does not answer."))
        return {"reasons": reasons}
    if now.to_rebuild:
        reasons.append(_reason("being_rebuilt", f"Being rebuilt: {', '.join(now.to_rebuild)}."))
    if now.seconds_behind > LONGEST_LAG:
        words = f"The read models are {now.seconds_behind:.0f} seconds behind the history."
        reasons.append(_reason("behind" if now.followed else "not_followed", words))
    if now.parked:
        reasons.append(
            _reason("records_parked", f"{now.parked} records could not be taken in; look at `parked`.")
        )
    last = last_check(desk.history)
    if last and last.faults:
        words = f"The check of {last.night} found {len(last.faults) + last.more} faults: see /upkeep."
        reasons.append(_reason("check_failed", words))
    if last and is_overdue(last, desk.clock()):
        reasons.append(_reason("check_overdue", f"The last nightly check was that of {last.night}."))
    return {
        "reasons": reasons,
        "position": now.head,
        "checked": {"night": last.night, "position": last.position} if last else None,
        "read_models": {
            "position": now.position,
            "events_behind": now.events_behind,
            "followed": now.followed,
        },
    }


def _reason(code: str, message: str) -> dict[str, str]:
    return {"code": code, "message": message}


@routes.get("/metrics", operation_id="read_metrics", response_model=None, responses={200: TEXT})
def metrics(desk: AtDesk) -> Response:
    """What the process counts, for Prometheus."""
    meters = desk.metrics
    try:
        now = desk.read_models.condition()
        meters.position.set(now.head)
        meters.behind.set(now.events_behind)
        meters.seconds_behind.set(now.seconds_behind)
        meters.parked.set(now.parked)
        last = last_check(desk.history)
        meters.checked_at.set(last.recorded_at.timestamp() if last else float("nan"))
        meters.faults.set(len(last.faults) + last.more if last else float("nan"))
    except AWAY:
        for meter in (meters.position, meters.behind, meters.seconds_behind, meters.parked):
            meter.set(float("nan"))
    return Response(generate_latest(meters.registry), media_type="text/plain; version=0.0.4; charset=utf-8")
