"""Who may do what: role x move x organisation x relation to the child. One row for each command; nothing else decides."""

from __future__ import annotations

from domain.agreement import Agreement
from domain.child import Child
from domain.message import Message
from domain.people import Asker, OrganisationKind, Role, Scope
from domain.placement import Placement
from domain.reasons import NotFound, NotPermitted
from workflows.case import Case
from workflows.command import Command
from workflows.relations import (
    OFFICERS,
    OVERSEERS,
    SAFEGUARDING,
    May,
    any_of,
    at_any_authority,
    at_any_commissioner,
    at_the_childs_school,
    child_is_known_to,
    for_own_organisation,
    of_the_child,
    of_the_childs_authority,
    own_provider,
    relations_in,
    the,
    the_service_itself,
)
from workflows.relations_to_messages import knows_message
from workflows.who_notices import WHO_NOTICES
from workflows.who_tells import WHO_TELLS

COMMISSIONER = the("commissioner", *OFFICERS)
PROVIDER = the("provider", Role.PROVIDER_STAFF)
HOME_SCHOOL = the("home_school", Role.SCHOOL_LEAD, Role.ATTENDANCE_OFFICER, Role.COMMISSIONER)
AUTHORITY = the("authority", *OVERSEERS)
CHILD_RECORD = of_the_child(*OFFICERS, Role.VIRTUAL_SCHOOL_HEAD, Role.SAFEGUARDING_LEAD, Role.ADMINISTRATOR)
PROVIDER_RECORD = at_any_commissioner(
    Role.COMMISSIONER, Role.SENIOR_OFFICER, Role.NAMED_OFFICER, Role.ADMINISTRATOR
)
AGREEMENT = for_own_organisation(*OFFICERS)
ORGANISATION = for_own_organisation(Role.ADMINISTRATOR)
KEEPING = of_the_child(Role.DATA_OFFICER, *OFFICERS, Role.ADMINISTRATOR)
CONTROLLER = of_the_childs_authority(Role.DATA_OFFICER, Role.SENIOR_OFFICER)
SENIOR = any_of(the("commissioner", Role.SENIOR_OFFICER), the("authority", Role.SENIOR_OFFICER))

WHO_MAY: dict[str, May] = {
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
    "note_erasure": the_service_itself,
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
    "note_stoppage": the_service_itself,
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
    "publish_version": at_any_authority(Role.ADMINISTRATOR),
    "publish_shipped_versions": the_service_itself,
    "record_refusal": the_service_itself,
    "note_looks": the_service_itself,
    "record_nightly_check": the_service_itself,
    **WHO_TELLS,
    **WHO_NOTICES,
    "record_needs_audit": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "receive_information_request": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "answer_information_request": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "record_advice": for_own_organisation(*OFFICERS, Role.ADMINISTRATOR),
    "record_inspection_notice": for_own_organisation(*OFFICERS, *OVERSEERS, Role.ADMINISTRATOR),
    "record_complaint": for_own_organisation(*OFFICERS, *OVERSEERS, Role.ADMINISTRATOR),
}
"""Every command and who may give it. The service itself may give any, under its own name."""

READERS = (
    *OFFICERS,
    *OVERSEERS,
    Role.AUDITOR,
    Role.DATA_OFFICER,
    Role.ATTENDANCE_OFFICER,
    Role.ADMINISTRATOR,
)

TOLD_OF_LOOKS = (Role.AUDITOR, Role.DATA_OFFICER, Role.ADMINISTRATOR)
"""Who may ask who looked at what: they are told of their own organisation's people, and of looks at records in their scope."""


def require_right_to_looks(asker: Asker) -> None:
    """Raises NotPermitted."""
    if not asker.acts_as(*TOLD_OF_LOOKS):
        raise NotPermitted("Who looked is for auditors, data protection officers and administrators.")


def require_right_to_audit(asker: Asker) -> None:
    """Whether everything about a case, with its proofs, is for the asker to take away. Raises NotPermitted."""
    if not asker.acts_as(Role.AUDITOR):
        raise NotPermitted("Bundles and proofs are for auditors.", "may_not_audit")


def require_right_to_receipts(asker: Asker) -> None:
    """Whether the asker may give somebody a receipt for a decision. Raises NotPermitted."""
    if not asker.acts_as(*OFFICERS, *OVERSEERS, Role.AUDITOR, Role.PROVIDER_STAFF):
        raise NotPermitted(
            "Receipts are given by those who decide, oversee, audit or teach.", "may_not_give_receipts"
        )


def require_permission(case: Case, command: Command) -> None:
    """Raises NotPermitted; or NotFound where the asker may not even know that the record exists."""
    if the_service_itself(case, command) or WHO_MAY[command.name()](case, command):
        return
    if not command.opens and not may_know(case):
        raise NotFound(type(case.target).__name__.lower())
    what = command.name().replace("_", " ")
    raise NotPermitted(f"Your roles do not let you do this here: {what}.")


def require_right_to_oversee(asker: Asker) -> None:
    """Whether how others wrote things down is for the asker to ask: those who oversee, audit or lead. Raises NotPermitted."""
    may = asker.machine or (
        asker.organisation_kind is not OrganisationKind.PROVIDER
        and asker.acts_as(*OVERSEERS, Role.AUDITOR, Role.SCHOOL_LEAD)
    )
    if not may:
        raise NotPermitted(
            "How things were written down is for auditors and for those who oversee.", "may_not_oversee"
        )


def may_know(case: Case) -> bool:
    """Whether the asker may know of the target at all."""
    target, asker = case.target, case.asker
    if isinstance(target, Placement):
        return bool(relations_in(case)) and may_read(asker)
    if isinstance(target, Child):
        return child_is_known_to(asker, target) and may_read(asker)
    if isinstance(target, Message):
        return knows_message(case, target) and may_read(asker)
    if isinstance(target, Agreement):
        ours = asker.organisation_id is not None and asker.organisation_id == target.commissioner_id
        theirs = asker.provider_id is not None and asker.provider_id == target.provider_id
        return (ours or theirs) and may_read(asker)
    return True


def may_read(asker: Asker) -> bool:
    """Whether any role of the asker lets them read records in their scope."""
    return asker.machine or asker.acts_as(*READERS, Role.PROVIDER_STAFF)


def scope_of(asker: Asker) -> Scope:
    """Which children's records the asker may know of."""
    if asker.machine:
        return Scope(everything=True)
    if asker.organisation_kind is OrganisationKind.PROVIDER:
        return Scope(provider_id=asker.provider_id if asker.acts_as(Role.PROVIDER_STAFF) else None)
    mine = asker.organisation_id
    if mine is None or not asker.acts_as(*READERS):
        return Scope()
    return Scope(organisations=frozenset({mine}))
