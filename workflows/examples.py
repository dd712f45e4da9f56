"""One good request for every command: they stand in the API's description, and the tests perform every one of them.

All people, schools and providers are invented. The dates lie around the start of a placement on Monday 23 November 2026.
"""

from __future__ import annotations

from typing import Any

AUTHORITY = "5b0f6a52-6f0e-4d8e-9d54-000000000001"
SCHOOL = "5b0f6a52-6f0e-4d8e-9d54-000000000002"
PROVIDER = "5b0f6a52-6f0e-4d8e-9d54-000000000003"
PROVIDER_OFFICE = "5b0f6a52-6f0e-4d8e-9d54-000000000004"
CHILD = "5b0f6a52-6f0e-4d8e-9d54-000000000005"
AGREEMENT = "5b0f6a52-6f0e-4d8e-9d54-000000000006"
PLACEMENT = "5b0f6a52-6f0e-4d8e-9d54-000000000007"
SUCCESSOR = "5b0f6a52-6f0e-4d8e-9d54-000000000008"

_PASSPORT = {
    "prior_attainment": "Working at the level expected in maths, two years behind in reading.",
    "behaviour": "Leaves the room when reading aloud is expected; settles with a quiet task and a familiar adult.",
    "support_needs": "Short tasks, coloured overlays, a place to calm down.",
    "physical_health": "Asthma, carries an inhaler.",
    "mental_health": "Anxious in crowds.",
    "attendance": "71 per cent last year.",
    "strengths": "Good with tools, patient with younger children.",
}
_TOMORROW = {
    "where": "home_school",
    "from_on": "2026-11-24",
    "what": "Back at school, in the learning base, with the deputy head.",
    "owner": "Inclusion lead, Invented Academy",
}
_TIMETABLE = [
    {
        "day": day,
        "half": half,
        "where": "provider" if day in ("monday", "tuesday", "wednesday") else "home_school",
    }
    for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    for half in ("am", "pm")
]

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
    "correct_child": {
        "version": 1,
        "changes": {"born_on": "2012-04-13"},
        "why": "Day and month were exchanged; the birth certificate was seen.",
    },
}

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

PLACEMENTS: dict[str, dict[str, Any]] = {
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

REFUSALS: dict[str, dict[str, Any]] = {
    "record_refusal": {
        "why": "not_permitted",
        "code": "not_permitted",
        "method": "POST",
        "route": "/placements/{id}/start-placement",
        "person_id": "provider@workshop.example",
        "record_id": PLACEMENT,
    },
}

EXAMPLES: dict[str, dict[str, Any]] = {
    **ORGANISATIONS,
    **CHILDREN,
    **PROVIDERS,
    **AGREEMENTS,
    **PLACEMENTS,
    **REFUSALS,
}
"""The request of every command, by its name."""
