"""Requests about what is noticed of a placement, and about what triggers could not do."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import AUTHORITY, PLACEMENT

NOTICING: dict[str, dict[str, Any]] = {
    "notice_concern": {
        "noticed": {
            "about": "attendance",
            "what": "3 half-days in a row were missed without a reason, the last on Monday 23 November 2026.",
            "look_at_by": "2026-11-30",
        }
    },
    "escalate": {
        "escalation": {
            "to": "named_officer",
            "rule": "T16",
            "duty_id": "5b0f6a52-6f0e-4d8e-9d54-0000000000d1",
            "due_on": "2026-11-20",
        }
    },
    "announce_withdrawal": {
        "withdrawal": {"by": "parent", "on": "2026-11-23", "last_day": "2026-11-27", "why": "It is too far."}
    },
    "ask_for_early_review": {"placement_id": PLACEMENT, "on": "2026-11-23"},
}
TRIGGERS: dict[str, dict[str, Any]] = {
    "introduce_trigger": {
        "trigger": "unexplained_absences_open_a_concern",
        "version": 1,
        "sentence": "So many unexplained half-days in a row open a concern.",
        "from_on": "2026-11-23",
    },
    "record_undone": {
        "trigger": "unexplained_absences_open_a_concern",
        "version": 1,
        "cause": "1742",
        "command": "notice_concern",
        "record_id": PLACEMENT,
        "placement_id": PLACEMENT,
        "commissioner_id": AUTHORITY,
        "reasons": ["wrong_stage"],
    },
    "attend_to_undone": {"how": "Rang the family; the placement had ended the day before."},
}
