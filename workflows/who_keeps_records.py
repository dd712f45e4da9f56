"""Who may keep the records of children, providers, agreements and organisations: rows of the table of permissions."""

from __future__ import annotations

from domain.people import Role
from workflows.relations import (
    OFFICERS,
    OVERSEERS,
    May,
    any_of,
    at_any_commissioner,
    at_the_childs_school,
    for_own_organisation,
    of_the_child,
    of_the_childs_authority,
    own_provider,
    the_service_itself,
)

CHILD_RECORD = of_the_child(*OFFICERS, Role.VIRTUAL_SCHOOL_HEAD, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)
PROVIDER_RECORD = at_any_commissioner(
    Role.COMMISSIONER, Role.SENIOR_OFFICER, Role.NAMED_OFFICER, Role.ADMINISTRATOR
)
AGREEMENT = for_own_organisation(*OFFICERS)
ORGANISATION = for_own_organisation(Role.ADMINISTRATOR)
KEEPING = of_the_child(Role.DATA_OFFICER, *OFFICERS, Role.ADMINISTRATOR)
CONTROLLER = of_the_childs_authority(Role.DATA_OFFICER, Role.SENIOR_OFFICER)

WHO_KEEPS_RECORDS: dict[str, May] = {
    "register_child": any_of(
        for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
        at_the_childs_school(Role.SCHOOL_LEAD, Role.COMMISSIONER, Role.ADMINISTRATOR),
    ),
    "change_details": CHILD_RECORD,
    "set_year_group": CHILD_RECORD,
    "add_identifier": CHILD_RECORD,
    "retire_identifier": CHILD_RECORD,
    "record_carer": CHILD_RECORD,
    "record_sen": CHILD_RECORD,
    "record_ehc_plan": CHILD_RECORD,
    "cease_ehc_plan": CHILD_RECORD,
    "record_looked_after": CHILD_RECORD,
    "end_looked_after": CHILD_RECORD,
    "record_social_worker": CHILD_RECORD,
    "end_social_work": CHILD_RECORD,
    "change_roll": CHILD_RECORD,
    "set_school_sessions": CHILD_RECORD,
    "record_exclusion": CHILD_RECORD,
    "record_session_counts": CHILD_RECORD,
    "record_out_of_education": CHILD_RECORD,
    "record_back_in_education": CHILD_RECORD,
    "record_return_sent": CHILD_RECORD,
    "notify_exclusion": CHILD_RECORD,
    "record_governors_meeting": CHILD_RECORD,
    "record_pep_meeting": CHILD_RECORD,
    "record_annual_review_step": CHILD_RECORD,
    "record_protection_file_sent": CHILD_RECORD,
    "correct_child": CHILD_RECORD,
    "request_erasure": KEEPING,
    "approve_erasure": CONTROLLER,
    "refuse_erasure": CONTROLLER,
    "place_hold": any_of(KEEPING, CHILD_RECORD),
    "lift_hold": CONTROLLER,
    "request_rectification": any_of(KEEPING, CHILD_RECORD),
    "answer_rectification": of_the_child(Role.DATA_OFFICER, *OFFICERS),
    "prepare_subject_access": CONTROLLER,
    "register_provider": PROVIDER_RECORD,
    "rename_provider": PROVIDER_RECORD,
    "set_contact": any_of(PROVIDER_RECORD, own_provider),
    "add_site": any_of(PROVIDER_RECORD, own_provider),
    "close_site": PROVIDER_RECORD,
    "record_registration": PROVIDER_RECORD,
    "publish_offer": any_of(PROVIDER_RECORD, own_provider),
    "record_check": PROVIDER_RECORD,
    "move_approval": PROVIDER_RECORD,
    "record_visit": any_of(PROVIDER_RECORD, own_provider),
    "suspend_provider": at_any_commissioner(Role.SENIOR_OFFICER, Role.NAMED_OFFICER, Role.SAFEGUARDING_LEAD),
    "stop_placements": at_any_commissioner(*OFFICERS),
    "lift_suspension": at_any_commissioner(Role.SENIOR_OFFICER, Role.NAMED_OFFICER, Role.SAFEGUARDING_LEAD),
    "remove_provider": at_any_commissioner(Role.SENIOR_OFFICER, Role.NAMED_OFFICER),
    "correct_provider": PROVIDER_RECORD,
    "draft_agreement": AGREEMENT,
    "write_terms": AGREEMENT,
    "agree_price": AGREEMENT,
    "record_tender": AGREEMENT,
    "judge_value": AGREEMENT,
    "sign_agreement": any_of(AGREEMENT, own_provider),
    "end_agreement": AGREEMENT,
    "found_organisation": at_any_commissioner(Role.ADMINISTRATOR),
    "appoint_named_officer": ORGANISATION,
    "set_calendar": ORGANISATION,
    "grant_role": ORGANISATION,
    "revoke_role": ORGANISATION,
    "choose_warnings": ORGANISATION,
    "tighten_parameter": ORGANISATION,
    "publish_version": the_service_itself,
    "record_needs_audit": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "receive_information_request": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "answer_information_request": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "record_advice": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "record_inspection_notice": for_own_organisation(*OFFICERS, *OVERSEERS, Role.ADMINISTRATOR),
    "record_complaint": for_own_organisation(*OFFICERS, *OVERSEERS, Role.ADMINISTRATOR),
}
"""Every such command and who may give it."""
