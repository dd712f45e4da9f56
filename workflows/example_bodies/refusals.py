"""The request by which the service itself records a refusal."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import PLACEMENT

REFUSALS: dict[str, dict[str, Any]] = {
    "record_refusal": {
        "why": "not_permitted",
        "code": "not_permitted",
        "method": "POST",
        "route": "/placements/{id}/start-placement",
        "person_id": "provider@workshop.example",
        "record_id": PLACEMENT,
    },
}
