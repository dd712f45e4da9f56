"""Requests about messages, and about how people are reached."""

from __future__ import annotations

from typing import Any

from domain.facts.telling import Cause, Recipient
from domain.message import message_id
from workflows.example_bodies.ids import AUTHORITY, PLACEMENT

CAUSE = {"rule": "an_unexplained_absence_is_told_the_same_day", "what": f"{PLACEMENT}/31", "position": 1742}
MESSAGE = str(message_id(Cause(**CAUSE), "unexplained_absence", Recipient(relation="named_officer")))  # type: ignore[arg-type]
OFFICER = "officer@inventshire.example"
TO = f"officer:{AUTHORITY}/{OFFICER}"

TELLING: dict[str, dict[str, Any]] = {
    "tell": {
        "template": "unexplained_absence",
        "to": {"relation": "named_officer"},
        "record": {"kind": "placement", "id": PLACEMENT},
        "cause": CAUSE,
        "urgency": "soon",
        "tell_by": "2026-11-24T00:00:00+00:00",
        "slots": [{"name": "day", "value": "Monday 23 November 2026"}],
    },
    "address_message": {"offices": []},
    "hold_message": {"to": TO, "until": "2026-11-24T07:00:00+00:00"},
    "record_handed_over": {"to": TO, "channel": "email", "reference": "<8f14e45f@inventshire.example>"},
    "record_failed_try": {
        "to": TO,
        "channel": "email",
        "attempt": 1,
        "code": "unreachable",
        "again_at": "2026-11-23T09:00:30+00:00",
    },
    "give_up_message": {"to": TO, "channel": "email", "attempt": 1, "code": "refused"},
    "record_not_sent": {"to": TO, "because": "no_address"},
    "let_go_stale": {},
    "make_digest": {
        "day": "2026-11-24",
        "organisation_id": AUTHORITY,
        "person_id": OFFICER,
        "covers": [{"message_id": MESSAGE, "to": TO}],
    },
    "send_again": {"to": TO},
}

REACHING: dict[str, dict[str, Any]] = {
    "set_person_contact": {
        "person_id": OFFICER,
        "email": "nia@inventshire.example",
        "mobile": "07700 900123",
    },
    "set_office_contact": {"email": "ap-team@inventshire.example", "telephone": "01632 960123"},
    "add_endpoint": {
        "endpoint": {
            "name": "case management",
            "url": "https://cases.inventshire.example/hooks/placements",
            "secret": "whsec_" + "aW52ZW50ZWQtc2VjcmV0LWZvci1leGFtcGxlcw==",
            "templates": ["placement_broke_down", "safeguarding_concern"],
        }
    },
    "remove_endpoint": {"endpoint_name": "case management"},
    "open_calendar_address": {"person_id": OFFICER, "key_sha256": "5e" * 32},
    "close_calendar_address": {"person_id": OFFICER},
}
