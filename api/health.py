"""Whether the process lives, whether it can work, and what it counts: for those who run it. Nothing about a child."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import APIRouter, Response
from prometheus_client import generate_latest

from api.desk import AtDesk
from api.errors import AWAY
from api.wanted import JSON

routes = APIRouter(tags=["running"])

TEXT = {"content": {"text/plain": {"schema": {"type": "string"}}}}


@routes.get("/health/live", operation_id="read_live")
def live() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "live"}


@routes.get(
    "/health/ready",
    operation_id="read_ready",
    response_model=None,
    responses={503: {"description": "It cannot work now."}},
)
def ready(desk: AtDesk) -> Response:
    """Whether it can work: the database answers, and the read models follow."""
    found: dict[str, Any] = {"status": "ready", "reasons": []}
    try:
        found["position"] = desk.history.head()
    except AWAY:
        found["reasons"].append({"code": "database_away", "message": "The database does not answer."})
    if found["reasons"]:
        found["status"] = "not_ready"
    return Response(msgspec.json.encode(found), 503 if found["reasons"] else 200, media_type=JSON)


@routes.get("/metrics", operation_id="read_metrics", response_model=None, responses={200: TEXT})
def metrics(desk: AtDesk) -> Response:
    """What the process counts, for Prometheus."""
    try:
        desk.metrics.position.set(desk.history.head())
    except AWAY:
        desk.metrics.position.set(float("nan"))
    return Response(
        generate_latest(desk.metrics.registry), media_type="text/plain; version=0.0.4; charset=utf-8"
    )
