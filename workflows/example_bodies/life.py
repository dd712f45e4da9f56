"""Requests from the first day to the end and after."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import PROVIDER, SCHOOL, SUCCESSOR

_TOMORROW = {
    "where": "home_school",
    "from_on": "2026-11-24",
    "what": "Back at school, in the learning base, with the deputy head.",
    "owner": "Inclusion lead, Invented Academy",
}

FROM_THE_START: dict[str, dict[str, Any]] = {
    "request_review": {"request": {"by": "parent", "asked_on": "2026-11-23"}},
    "notify_review_outcome": {"notified": {"notified_on": "2026-11-23", "to": ["parent", "provider"]}},
    "start_placement": {"on": "2026-11-23", "first_review_on": "2026-12-11"},
    "log_contact": {
        "contact": {
            "kind": "visit",
            "with_whom": ["child", "provider"],
            "on": "2026-11-23",
            "notes": "Settled, made a box.",
            "child_seen": True,
        }
    },
    "report_progress": {
        "report": {
            "on": "2026-11-23",
            "academic": "Reads aloud in the small group.",
            "social": "Two friends.",
            "attendance_percent": 94.0,
        }
    },
    "report_change": {
        "change": {
            "kind": "staff",
            "on": "2026-11-23",
            "what": "A new carpentry teacher from Monday; checks enclosed.",
        }
    },
    "change_hours": {
        "hours": {
            "hours_per_week": 12,
            "sessions_per_week": 4,
            "from_on": "2026-11-23",
            "why": "More time at school.",
        }
    },
    "change_home_school": {"home_school_id": SCHOOL},
    "raise_concern": {
        "concern": {
            "what": "Late three times",
            "about": "attendance",
            "cause": "The bus",
            "action": "Earlier bus, call at eight",
            "agreed_with": ["child", "parent", "provider"],
            "look_again_on": "2026-11-30",
        }
    },
    "settle_concern": {
        "settled": {
            "concern": 1,
            "outcome": "On time for two weeks.",
            "told": ["child", "parent", "provider"],
        }
    },
    "call_review": {
        "review": {
            "kind": "scheduled",
            "meeting_on": "2026-12-11",
            "invited": ["child", "parent", "provider", "commissioner", "social_worker"],
        }
    },
    "record_review": {
        "held": {
            "held_on": "2026-11-23",
            "attended": ["child", "parent", "provider", "commissioner"],
            "attendance": "94 per cent.",
            "safety": "Feels safe; knows whom to tell.",
            "needs_met": "Reading specialist in place.",
            "progress": "Ahead on attendance, on course in reading.",
        }
    },
    "continue_placement": {
        "because": "It works; the return to school is prepared.",
        "next_review_on": "2026-12-11",
    },
    "record_breakdown": {
        "breakdown": {
            "cause": "behaviour",
            "on": "2026-11-23",
            "what_happened": "Left the site twice and refused to go back.",
            "tried": "Mentor, shorter day.",
        },
        "tomorrow": _TOMORROW,
    },
    "start_contingency": {
        "cause": "provider_suspended",
        "on": "2026-11-23",
        "what_happened": "The provider was suspended this morning.",
    },
    "mark_at_risk": {
        "provider_id": PROVIDER,
        "failure": {
            "kind": "suspended",
            "fact": "provider",
            "since_on": "2026-11-23",
            "why": "Suspended: no designated safeguarding lead on site.",
        },
        "stop": "all",
    },
    "clear_risk": {"why": "The new safeguarding lead was seen on site, and the suspension is lifted."},
    "report_safeguarding_concern": {
        "concern": {
            "on": "2026-11-23",
            "what": "Says that a member of staff shouts at children.",
            "told": ["designated_safeguarding_lead", "lado"],
            "about_staff": True,
        },
        "tomorrow": _TOMORROW,
    },
    "resolve_safeguarding": {
        "resolved": {
            "on": "2026-11-23",
            "why": "LADO: not substantiated; the child asked to go back and was heard alone.",
        }
    },
    "answer_tomorrow": {"tomorrow": _TOMORROW},
    "recover_placement": {
        "recovery": {
            "resolved": "Mentor changed, afternoons in the kitchen.",
            "agreed_with": ["child", "parent", "provider"],
            "back_on": "2026-11-24",
        },
        "next_review_on": "2026-12-04",
    },
    "replace_placement": {
        "on": "2026-11-23",
        "why": "Another provider is nearer and has a place.",
        "successor_id": SUCCESSOR,
    },
    "plan_exit": {
        "plan": {
            "leaves_on": "2026-12-18",
            "destination": "reintegration",
            "readiness": "Attendance 94 per cent, no incident for seven weeks.",
            "reintegration": "Two mornings, then full days; mentor for half a term.",
            "agreed_with": ["child", "parent", "home_school"],
        }
    },
    "receive_end_report": {
        "report": {
            "on": "2026-11-23",
            "attendance_percent": 94.0,
            "attendance": "Two absences, both authorised.",
            "achievement": "Reading age up by 14 months.",
            "personal_social_emotional": "More at ease in groups.",
            "sent_to": ["governing_body", "parent", "social_worker", "virtual_school"],
        }
    },
    "record_destination": {
        "reached": {
            "destination": "reintegration",
            "from_on": "2026-11-23",
            "where": "Invented Academy, year 9",
        }
    },
    "support_reintegration": {
        "support": {"on": "2026-11-23", "support": "Mentor twice a week, quiet base.", "going_well": True}
    },
    "end_placement": {"on": "2026-11-23", "why": "Ready to return; the review decided it with everyone."},
    "withdraw_referral": {
        "withdrawal": {
            "on": "2026-11-16",
            "by_whom": "parent",
            "why": "Moving away.",
            "child_is_at": "home_school",
        }
    },
    "reopen_placement": {"note": "Closed by mistake: the child is still there."},
    "reopen_referral": {"note": "The family stays after all."},
    "request_override": {
        "rules": ["the_policies_are_in_date"],
        "why": "The sixth school day is tomorrow; the equality policy comes on Friday.",
        "until": "2026-11-27",
    },
    "approve_override": {"request": 1, "until": "2026-11-27"},
    "decline_override": {"request": 1},
    "code_session": {"day": "2026-11-23", "half": "am", "code": "K", "activity": "Carpentry, English"},
    "correct_record": {
        "version": 1,
        "changes": {"reason": "OTH"},
        "why": "The wrong code was chosen; the panel's letter says otherwise.",
    },
}
