"""The request by which the service itself writes down who looked."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import AUTHORITY, CHILD, PLACEMENT

LOOKS: dict[str, dict[str, Any]] = {
    "note_looks": {
        "process": "5b0f6a52-6f0e-4d8e-9d54-0000000000a1",
        "part": "api",
        "batch": 1,
        "first": 1,
        "looks": [
            {
                "at": "2026-11-23T09:00:00+00:00",
                "person_id": "officer@inventshire.example",
                "how": "read",
                "route": "GET /placements/{id}",
                "right": {
                    "row": "placement",
                    "roles": ["commissioner"],
                    "relations": ["authority", "commissioner"],
                    "organisation_id": AUTHORITY,
                },
                "record_id": PLACEMENT,
                "children": [CHILD],
                "position": 120,
            }
        ],
        "ended": True,
    },
}
