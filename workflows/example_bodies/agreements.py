"""Requests about standing contracts."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import AUTHORITY, PROVIDER

_TERM = "Set out in the schedule, reviewed each year."
AGREEMENTS: dict[str, dict[str, Any]] = {
    "draft_agreement": {
        "commissioner_id": AUTHORITY,
        "provider_id": PROVIDER,
        "starts_on": "2026-09-01",
        "ends_on": "2028-08-31",
    },
    "write_terms": {
        "terms": dict.fromkeys(
            [
                "child_protection",
                "targets",
                "performance_management",
                "pupil_information",
                "baseline_assessment",
                "programme",
                "changed_circumstances",
                "attendance",
                "health_and_safety",
                "insurance",
                "accreditation",
                "behaviour",
                "payment",
                "pay_and_conditions",
                "staff_development",
                "information_sharing",
                "monitoring_and_review",
                "outcomes",
                "services",
                "plan_steps",
                "penalties",
                "termination",
            ],
            _TERM,
        )
    },
    "agree_price": {"price": {"amount": 45.0, "per": "session", "lifetime_value": 90000.0}},
    "record_tender": {
        "tender": {
            "reference": "INV-2026-014",
            "requirements": "Practical learning for key stages 3 and 4, with outcomes and safeguards.",
            "evidence": "Attendance 89 per cent, nine in ten leavers in education.",
            "awarded_on": "2026-07-01",
        }
    },
    "judge_value": {"judgement": "Cheaper than two comparable offers, with better attendance."},
    "sign_agreement": {
        "signature": {"party": "commissioner", "on": "2026-09-01", "signatory": "Head of commissioning"}
    },
    "end_agreement": {"on": "2026-11-20", "why": "Insurance lapsed; clause 14.", "at_once": True},
}
