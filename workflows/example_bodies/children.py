"""Requests about children."""

from __future__ import annotations

from typing import Any

from workflows.example_bodies.ids import AUTHORITY, CHILD, SCHOOL

CHILDREN: dict[str, dict[str, Any]] = {
    "register_child": {
        "given_names": "Robin",
        "family_name": "Sample",
        "born_on": "2012-03-14",
        "sex": "U",
        "authority_id": AUTHORITY,
        "year_group": "9",
        "identifiers": [{"kind": "UPN", "value": "B801200005001"}],
    },
    "change_details": {
        "given_names": "Robin Lee",
        "family_name": "Sample",
        "born_on": "2012-03-14",
        "sex": "U",
    },
    "set_year_group": {"year_group": "10"},
    "add_identifier": {
        "identifier": {"kind": "LA", "value": "INV-00417", "issued_by": "Inventshire Council"}
    },
    "retire_identifier": {"identifier": {"kind": "UPN", "value": "B801200005001"}},
    "record_carer": {
        "carer": {"name": "Sam Sample", "relationship": "parent", "contact": "01632 960001"},
    },
    "record_sen": {
        "provision": "K",
        "needs": [{"sen_type": "SEMH", "rank": 1}, {"sen_type": "SPLD", "rank": 2}],
    },
    "record_ehc_plan": {
        "plan": {
            "issued_on": "2026-05-11",
            "section_f": "Ten hours a week of specialist teaching for dyslexia; weekly counselling.",
            "section_i": "Mainstream secondary school",
            "annual_review_by": "2027-05-10",
        }
    },
    "cease_ehc_plan": {"on": "2026-11-20"},
    "record_looked_after": {"looked_after": {"since_on": "2025-06-02", "authority": "Inventshire Council"}},
    "end_looked_after": {"on": "2026-11-20"},
    "record_social_worker": {
        "social_worker": {
            "name": "Alex Example",
            "plan": "care",
            "since_on": "2025-06-02",
            "contact": "01632 960002",
        }
    },
    "end_social_work": {"on": "2026-11-20"},
    "change_roll": {"school_id": SCHOOL, "enrolment": "C", "from_on": "2023-09-04"},
    "set_school_sessions": {"sessions_per_week": 4},
    "record_exclusion": {"exclusion_type": "PERM", "from_on": "2026-11-09", "reasons": ["PA"]},
    "record_session_counts": {
        "school_id": SCHOOL,
        "term": "spring",
        "year": 2026,
        "counts": {"/": 61, "\\": 58, "I": 9, "O": 2, "H": 4},
    },
    "record_out_of_education": {
        "absence": {
            "cause": "health",
            "since_on": "2026-11-09",
            "expected_school_days": 20,
            "what": "Waiting for an operation.",
        }
    },
    "record_back_in_education": {"on": "2026-11-20"},
    "record_return_sent": {
        "sent": {
            "kind": "sickness",
            "sent_on": "2026-11-16",
            "about_on": "2026-11-09",
            "reference": "INV-R-12",
        }
    },
    "notify_exclusion": {
        "told": {
            "excluded_on": "2026-11-09",
            "told": ["parent", "governing_body", "local_authority"],
            "told_on": "2026-11-09",
        }
    },
    "record_governors_meeting": {
        "meeting": {"excluded_on": "2026-11-09", "held_on": "2026-11-20", "decision": "upheld"}
    },
    "record_pep_meeting": {"pep": {"held_on": "2026-11-18", "next_on": "2027-03-01"}},
    "record_annual_review_step": {
        "review": {"step": "decision_told", "on": "2026-11-19", "decision": "amend"}
    },
    "record_protection_file_sent": {
        "file": {"sent_on": "2026-11-12", "receipt_on": "2026-11-13", "to_school_id": SCHOOL}
    },
    "request_erasure": {
        "categories": ["contact", "narrative"],
        "ground": "unlawful",
        "asked_by": "the_child",
        "asked_on": "2026-11-16",
    },
    "approve_erasure": {"request": 4},
    "refuse_erasure": {"request": 4, "grounds": ["legal_claims"]},
    "place_hold": {
        "because": "public_inquiry",
        "categories": ["safeguarding", "identity"],
        "review_on": "2027-11-22",
        "reference": "Inquiry 12 of an invented council",
    },
    "lift_hold": {"hold": 4},
    "note_erasure": {"approval": 5, "keys": 2},
    "request_rectification": {
        "record_id": CHILD,
        "version": 1,
        "fields": ["family_name"],
        "asked_by": "parent",
        "asked_on": "2026-11-23",
        "statement": "The family name has been another one since January.",
    },
    "answer_rectification": {"request": 4, "outcome": "refused", "refused": ["accurate"]},
    "prepare_subject_access": {"asked_by": "parent", "asked_on": "2026-11-16", "identity_checked": True},
    "correct_child": {
        "version": 1,
        "changes": {"born_on": "2012-04-13"},
        "why": "Day and month were exchanged; the birth certificate was seen.",
    },
}
