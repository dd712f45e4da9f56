"""Who may do what with a placement: rows of the table of permissions."""

from __future__ import annotations

from domain.people import Role
from workflows.relations import (
    OFFICERS,
    OVERSEERS,
    SAFEGUARDING,
    May,
    any_of,
    for_own_organisation,
    own_provider,
    the,
)

COMMISSIONER = the("commissioner", *OFFICERS)
PROVIDER = the("provider", Role.PROVIDER_STAFF)
HOME_SCHOOL = the("home_school", Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER, Role.COMMISSIONER)
AUTHORITY = the("authority", *OVERSEERS)
SENIOR = any_of(the("commissioner", Role.SENIOR_OFFICER), the("authority", Role.SENIOR_OFFICER))

WHO_PLACES: dict[str, May] = {
    "refer_child": for_own_organisation(*OFFICERS),
    "complete_needs_assessment": COMMISSIONER,
    "confirm_suitability": COMMISSIONER,
    "complete_contract": COMMISSIONER,
    "start_placement": COMMISSIONER,
    "call_review": any_of(COMMISSIONER, AUTHORITY),
    "continue_placement": COMMISSIONER,
    "record_breakdown": COMMISSIONER,
    "report_safeguarding_concern": any_of(
        the("commissioner", *SAFEGUARDING),
        the("authority", *SAFEGUARDING),
        the("home_school", *SAFEGUARDING),
        PROVIDER,
    ),
    "start_contingency": COMMISSIONER,
    "mark_at_risk": COMMISSIONER,
    "clear_risk": COMMISSIONER,
    "recover_placement": COMMISSIONER,
    "replace_placement": COMMISSIONER,
    "end_placement": COMMISSIONER,
    "choose_again": COMMISSIONER,
    "withdraw_referral": COMMISSIONER,
    "reopen_placement": the("commissioner", Role.SENIOR_OFFICER, Role.NAMED_OFFICER, Role.SCHOOL_LEAD),
    "reopen_referral": COMMISSIONER,
    "update_passport": any_of(COMMISSIONER, HOME_SCHOOL),
    "assess_needs": COMMISSIONER,
    "record_earlier_support": any_of(COMMISSIONER, HOME_SCHOOL),
    "record_views": any_of(COMMISSIONER, HOME_SCHOOL, AUTHORITY),
    "record_consultation": any_of(COMMISSIONER, AUTHORITY),
    "hold_professionals_meeting": any_of(COMMISSIONER, AUTHORITY),
    "propose_provider": COMMISSIONER,
    "assess_suitability": COMMISSIONER,
    "turn_down_provider": COMMISSIONER,
    "choose_agreement": COMMISSIONER,
    "write_plan": COMMISSIONER,
    "agree_plan": any_of(COMMISSIONER, PROVIDER),
    "make_individual_agreement": COMMISSIONER,
    "sign_individual_agreement": any_of(COMMISSIONER, PROVIDER),
    "assess_risk": any_of(COMMISSIONER, PROVIDER),
    "accept_risk": the(
        "commissioner",
        Role.SENIOR_OFFICER,
        Role.NAMED_OFFICER,
        Role.SCHOOL_LEAD,
        Role.SAFEGUARDING_LEAD,
        Role.COMMISSIONER,
    ),
    "serve_notice": COMMISSIONER,
    "inform_local_authority": COMMISSIONER,
    "arrange_transport_and_meals": any_of(COMMISSIONER, HOME_SCHOOL),
    "agree_reporting": COMMISSIONER,
    "plan_contingency": COMMISSIONER,
    "log_contact": any_of(COMMISSIONER, HOME_SCHOOL, AUTHORITY),
    "report_progress": any_of(COMMISSIONER, PROVIDER),
    "report_change": any_of(COMMISSIONER, PROVIDER),
    "change_hours": COMMISSIONER,
    "change_home_school": any_of(COMMISSIONER, AUTHORITY),
    "raise_concern": any_of(COMMISSIONER, HOME_SCHOOL, AUTHORITY, PROVIDER),
    "settle_concern": any_of(COMMISSIONER, AUTHORITY),
    "request_review": any_of(COMMISSIONER, HOME_SCHOOL, AUTHORITY),
    "record_review": COMMISSIONER,
    "notify_review_outcome": COMMISSIONER,
    "resolve_safeguarding": any_of(
        the("commissioner", Role.SAFEGUARDING_LEAD), the("authority", Role.SAFEGUARDING_LEAD)
    ),
    "answer_tomorrow": COMMISSIONER,
    "plan_exit": COMMISSIONER,
    "receive_end_report": any_of(COMMISSIONER, PROVIDER),
    "record_destination": any_of(COMMISSIONER, HOME_SCHOOL),
    "support_reintegration": any_of(COMMISSIONER, HOME_SCHOOL),
    "request_override": COMMISSIONER,
    "approve_override": SENIOR,
    "decline_override": SENIOR,
    "correct_record": COMMISSIONER,
    "code_session": any_of(
        the("home_school", Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER),
        the("commissioner", Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER, Role.COMMISSIONER),
    ),
    "report_day": own_provider,
}
"""Every such command and who may give it."""
