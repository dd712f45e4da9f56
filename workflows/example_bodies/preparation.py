"""Requests from the suitability check to the last preparations."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import AGREEMENT, PROVIDER

_TIMETABLE = [
    {
        "day": day,
        "half": half,
        "where": "provider" if day in ("monday", "tuesday", "wednesday") else "home_school",
    }
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    for half in ("am", "pm")
]

BEFORE_THE_START: dict[str, dict[str, Any]] = {
    "propose_provider": {
        "proposal": {
            "provider_id": PROVIDER,
            "sites": ["Mill Lane"],
            "sessions_per_week": 6,
            "hours_per_week": 16,
            "starts_on": "2026-11-23",
            "ends_on": "2027-03-25",
        }
    },
    "assess_suitability": {
        "assessment": {
            "assessed_on": "2026-11-13",
            "assessed_by": "Inclusion officer",
            "suitable": True,
            "needs_met": "Groups of six, reading specialist twice a week.",
            "registration": "Not a school; 16 hours is below full-time, so it need not be one.",
            "curriculum": "English and maths daily, carpentry, personal development.",
            "english_and_maths": True,
            "staff": "Qualified teacher, cleared staff, yearly training seen.",
            "equality": "Policies seen, accessible site, experience with children in care.",
            "alternatives": ["Forest school: no reading specialist"],
            "value_for_money": "Middle of the price range, best attendance.",
        }
    },
    "turn_down_provider": {"decision": {"words": "No reading specialist after all."}},
    "confirm_suitability": {},
    "choose_agreement": {"agreement_id": AGREEMENT},
    "write_plan": {
        "plan": {
            "objectives": [
                {
                    "what": "Attend nine sessions out of ten",
                    "area": "attendance",
                    "by": "2026-12-18",
                    "measured_by": "The register",
                }
            ],
            "baseline": "Reading age 9 years; attendance 71 per cent.",
            "monitoring": "Weekly report, reading test each half-term.",
            "review_every_weeks": 4,
            "review_criteria": "Attendance, reading age, incidents.",
            "provider_contribution": "Reading specialist, carpentry, mentor.",
            "linked_plans": ["Personal education plan"],
            "next_steps": "Return to school part-time after Easter.",
            "ready_to_return_when": "Attendance of 90 per cent and no serious incident for six weeks.",
            "timetable": _TIMETABLE,
        }
    },
    "agree_plan": {"agreed": {"party": "commissioner", "on": "2026-11-16"}},
    "make_individual_agreement": {
        "agreement": {
            "targets": {
                "attendance_percent": 90,
                "achievement": "Reading age up by a year.",
                "after_leaving": "Back at school, on course for GCSEs.",
            },
            "hours_per_week": 16,
            "sessions_per_week": 6,
            "starts_on": "2026-11-23",
            "ends_by": "2027-03-25",
            "delivery": "Reading specialist twice a week, mentor daily.",
            "reporting": "Attendance daily, progress every four weeks.",
            "price_per_week": 270.0,
        }
    },
    "sign_individual_agreement": {
        "signature": {"party": "commissioner", "on": "2026-11-17", "signatory": "Head of inclusion"}
    },
    "complete_contract": {},
    "choose_again": {"decision": {"words": "The provider withdrew its offer."}},
    "assess_risk": {
        "assessment": {
            "assessed_on": "2026-11-18",
            "assessed_by": "Inclusion officer",
            "hazards": [
                {
                    "what": "Injury with tools",
                    "likelihood": 2,
                    "severity": 4,
                    "control": "One to one in the workshop, induction first",
                    "residual": "low",
                }
            ],
            "journey": "Taxi with escort for the first month, then the 14 bus.",
            "medical": "Inhaler in the office.",
            "review_on": "2027-01-15",
        }
    },
    "accept_risk": {},
    "serve_notice": {
        "notice": {
            "served_on": "2026-11-18",
            "to": ["parent", "local_authority"],
            "address": "1 Mill Lane, Inventon IN1 1AA",
            "report_to": "Head of centre",
            "days": 60,
            "reasons": "To improve behaviour through practical learning.",
            "objectives": "Attendance of 90 per cent, reading age up by a year.",
            "session_times": "9.15 to 12.00 and 12.45 to 15.00",
            "review": "Every four weeks, first on 11 December.",
        }
    },
    "inform_local_authority": {
        "informed": {"on": "2026-11-18", "officer": "Named officer, alternative provision"}
    },
    "arrange_transport_and_meals": {
        "arrangement": {
            "transport": "Taxi with escort, then the 14 bus.",
            "free_school_meals": True,
            "meals": "Packed lunch from the provider.",
            "information_given_to": ["parent", "provider"],
        }
    },
    "agree_reporting": {
        "reporting": {
            "absence_told_to": "01632 960004",
            "parent_told_same_day": True,
            "progress_every_weeks": 4,
            "how": "Register by ten o'clock; report by e-mail every fourth Friday.",
        }
    },
    "plan_contingency": {
        "contingency": {
            "tomorrow": "home_school",
            "what": "Back in the learning base at school; home tuition from the third day.",
            "owner": "Inclusion officer",
        }
    },
}
