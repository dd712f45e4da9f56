"""Requests about providers, and the day that a provider reports."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import PLACEMENT

PROVIDERS: dict[str, dict[str, Any]] = {
    "register_provider": {
        "provider_name": "Invented Workshop",
        "setting_type": "OTH",
        "local_authority_code": "830",
    },
    "rename_provider": {"new_name": "The Invented Workshop"},
    "set_contact": {"contact": {"post": "Safeguarding lead", "contact": "01632 960003"}},
    "add_site": {
        "site": {"name": "Mill Lane", "address": "1 Mill Lane, Inventon", "postcode": "IN1 1AA"},
    },
    "close_site": {"site_name": "Mill Lane", "on": "2026-11-20"},
    "record_registration": {
        "registration": {
            "status": "not_registered",
            "since_on": "2019-01-01",
            "checked_on": "2026-11-02",
            "source": "Get information about schools",
        }
    },
    "publish_offer": {
        "offer": {
            "aim": "Practical learning with English and maths.",
            "needs": ["SEMH", "SPLD"],
            "age_from": 11,
            "age_to": 16,
            "places": 12,
            "hours_per_week": 18,
            "price_per_session": 45.0,
            "subjects": ["English", "Maths", "Carpentry"],
        }
    },
    "record_check": {
        "check": {
            "kind": "safer_recruitment",
            "checked_on": "2026-11-03",
            "expires_on": "2027-11-02",
            "document": "Letter of assurance, all staff on site",
        }
    },
    "move_approval": {"stage": "approved"},
    "record_visit": {
        "visit": {
            "kind": "quality_visit",
            "on": "2026-11-03",
            "effectiveness": "Calm, well planned, good records.",
        }
    },
    "suspend_provider": {"why": "Insurance lapsed and was not renewed."},
    "stop_placements": {
        "failure": {
            "kind": "suspended",
            "fact": "provider",
            "since_on": "2026-11-20",
            "why": "Suspended: no designated safeguarding lead on site.",
        },
        "stop": "those_that_must",
    },
    "note_stoppage": {"round": 1, "stopped": [PLACEMENT]},
    "lift_suspension": {"why": "Insurance certificate seen."},
    "remove_provider": {"why": "The provider has closed.", "closed": True},
    "correct_provider": {
        "version": 1,
        "changes": {"local_authority_code": "831"},
        "why": "The workshop lies in the city, not the county.",
    },
    "report_day": {
        "sessions": [
            {
                "placement_id": PLACEMENT,
                "session": {"day": "2026-11-23", "half": "am", "seen": "present"},
            },
            {
                "placement_id": PLACEMENT,
                "session": {
                    "day": "2026-11-23",
                    "half": "pm",
                    "seen": "absent",
                    "told_commissioner_at": "2026-11-23T13:20:00+00:00",
                    "told_parent_at": "2026-11-23T13:25:00+00:00",
                },
            },
        ]
    },
}
