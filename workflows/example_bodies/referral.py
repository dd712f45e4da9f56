"""Requests of the referral and the needs assessment."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import AUTHORITY, CHILD, SCHOOL

_PASSPORT = {
    "prior_attainment": "Working at the level expected in maths, two years behind in reading.",
    "behaviour": "Leaves the room when reading aloud is expected; settles with a quiet task and a familiar adult.",
    "support_needs": "Short tasks, coloured overlays, a place to calm down.",
    "physical_health": "Asthma, carries an inhaler.",
    "mental_health": "Anxious in crowds.",
    "attendance": "71 per cent last year.",
    "strengths": "Good with tools, patient with younger children.",
}

NEEDS_AND_REFERRAL: dict[str, dict[str, Any]] = {
    "refer_child": {
        "child_id": CHILD,
        "commissioner_id": AUTHORITY,
        "home_school_id": SCHOOL,
        "route": "section_19_exclusion",
        "reason": "EXR",
        "why": "Permanently excluded after an assault on an adult; full-time education is due from the sixth school day.",
        "referral_path": "Fair access panel",
        "passport": _PASSPORT,
    },
    "update_passport": {"passport": _PASSPORT},
    "assess_needs": {
        "assessment": {
            "assessed_on": "2026-11-10",
            "assessed_by": "Inclusion officer",
            "summary": "Needs to learn to read with confidence, in a small calm setting.",
            "underlying_causes": "Dyslexia was not identified until year 8; avoids reading aloud.",
            "needs": [{"sen_type": "SEMH", "rank": 1}, {"sen_type": "SPLD", "rank": 2}],
            "outcomes": ["Attend every day", "Read at the level expected for the age"],
            "services": ["Educational psychology"],
        }
    },
    "record_earlier_support": {
        "support": {
            "what": "Reading recovery and a mentor",
            "from_on": "2025-09-08",
            "until_on": "2026-07-17",
            "effect": "Reading improved by six months; behaviour did not.",
        }
    },
    "record_views": {
        "views": {
            "whose": "child",
            "phase": "before",
            "asked_on": "2026-11-11",
            "words": "I would like to make things.",
            "agrees": True,
        }
    },
    "record_consultation": {
        "consultation": {
            "with_whom": "virtual_school",
            "on": "2026-11-11",
            "said": "Agrees, wants a review before Christmas.",
        }
    },
    "hold_professionals_meeting": {
        "meeting": {
            "held_on": "2026-11-12",
            "attended": ["social_worker", "virtual_school", "home_school"],
            "in_school_strategies_tried": True,
            "concluded": "A small practical setting is the best chance of a return to school.",
        }
    },
    "complete_needs_assessment": {},
}
