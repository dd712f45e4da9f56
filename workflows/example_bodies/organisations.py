"""Requests about organisations."""

from __future__ import annotations

from typing import Any

ORGANISATIONS: dict[str, dict[str, Any]] = {
    "found_organisation": {
        "organisation_name": "Inventshire Council",
        "kind": "local_authority",
        "local_authority_code": "830",
        "administrator_id": "admin@inventshire.example",
        "administrator_name": "Ada Example",
    },
    "appoint_named_officer": {"person_id": "officer@inventshire.example", "person_name": "Nia Example"},
    "set_calendar": {
        "calendar": {
            "terms": [
                {
                    "name": "Autumn 2026",
                    "starts_on": "2026-09-02",
                    "ends_on": "2026-12-18",
                    "half_term_starts_on": "2026-10-26",
                    "half_term_ends_on": "2026-10-30",
                },
                {
                    "name": "Spring 2027",
                    "starts_on": "2027-01-04",
                    "ends_on": "2027-03-25",
                    "half_term_starts_on": "2027-02-15",
                    "half_term_ends_on": "2027-02-19",
                },
                {
                    "name": "Summer 2027",
                    "starts_on": "2027-04-12",
                    "ends_on": "2027-07-21",
                    "half_term_starts_on": "2027-05-31",
                    "half_term_ends_on": "2027-06-04",
                },
            ],
            "inset_days": ["2026-09-02", "2027-01-04"],
            "closures": [],
        }
    },
    "grant_role": {
        "person_id": "officer@inventshire.example",
        "person_name": "Nia Example",
        "role": "named_officer",
    },
    "revoke_role": {"person_id": "officer@inventshire.example", "role": "named_officer"},
    "choose_warnings": {"rules": ["it_keeps_to_the_proposed_limits"]},
    "record_needs_audit": {
        "audit": {"audited_on": "2026-09-30", "document": "Needs audit 2026", "gaps_analysed": True}
    },
    "receive_information_request": {
        "request": {"kind": "subject_access", "received_on": "2026-11-02", "reference": "SAR-2026-14"}
    },
    "answer_information_request": {"answer": {"reference": "SAR-2026-14", "answered_on": "2026-11-20"}},
    "record_inspection_notice": {
        "notice": {"notified_on": "2026-11-20", "inspectorate": "ofsted", "reference": "10012345"}
    },
    "record_complaint": {
        "complaint": {"received_on": "2026-11-20", "reference": "C-2026-0031", "from_whom": "parent"}
    },
    "record_advice": {
        "advice": {
            "on": "2026-11-20",
            "asked_by": "Invented Academy",
            "about": "procedure",
            "question": "Who signs when a trust commissions for one of its schools?",
            "advice": "The trust signs; the head teacher is named as the contact.",
        }
    },
}
