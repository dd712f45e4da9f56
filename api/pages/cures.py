"""What meets a rule that stands in the way: the form in which the missing thing is written down, or whose act it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from api.moves_on_offer import title_of
from domain.child import Child
from domain.placement import Placement
from domain.provider import Provider
from workflows.catalogue import COMMANDS

BY: dict[str, str] = {
    "a_contingency_plan_exists": "plan_contingency",
    "a_parent_was_asked": "record_views",
    "a_part_time_week_is_accounted_for": "write_plan",
    "a_provider_is_proposed": "propose_provider",
    "a_second_person_accepted_the_risk": "accept_risk",
    "a_standing_contract_is_chosen": "choose_agreement",
    "accredited_courses_come_from_a_proper_body": "publish_offer",
    "all_four_agree_to_the_plan": "agree_plan",
    "both_sides_signed_the_childs_agreement": "sign_individual_agreement",
    "child_and_parent_were_asked_at_the_end": "record_views",
    "earlier_support_is_recorded": "record_earlier_support",
    "english_and_maths_are_taught": "publish_offer",
    "every_site_is_known": "add_site",
    "everyone_took_part_in_the_review": "record_review",
    "in_school_strategies_were_tried_for_a_looked_after_child": "record_earlier_support",
    "it_keeps_to_the_proposed_limits": "make_individual_agreement",
    "no_hazard_is_left_high": "assess_risk",
    "no_safeguarding_concern_is_open": "resolve_safeguarding",
    "reporting_is_set_up": "agree_reporting",
    "safeguarding_is_confirmed": "record_check",
    "staff_are_trained_and_qualified": "record_check",
    "the_behaviour_policy_is_in_date": "record_check",
    "the_child_has_an_agreement_of_their_own": "make_individual_agreement",
    "the_child_is_on_a_roll": "change_roll",
    "the_child_was_asked": "record_views",
    "the_childs_risks_are_assessed": "assess_risk",
    "the_childs_week_has_room": "set_school_sessions",
    "the_destination_is_recorded": "record_destination",
    "the_end_report_was_received": "receive_end_report",
    "the_exit_is_planned": "plan_exit",
    "the_hours_are_within_the_offer": "publish_offer",
    "the_insurance_is_in_date": "record_check",
    "the_local_authority_was_consulted": "record_consultation",
    "the_local_authority_was_told": "inform_local_authority",
    "the_needs_are_assessed": "assess_needs",
    "the_notice_was_served_in_time": "serve_notice",
    "the_passport_is_open": "update_passport",
    "the_plan_is_written": "write_plan",
    "the_policies_are_in_date": "record_check",
    "the_professionals_met": "hold_professionals_meeting",
    "the_provider_is_on_the_approved_list": "move_approval",
    "the_provider_may_be_used": "move_approval",
    "the_provider_undertakes_to_report_staff_changes": "record_check",
    "the_provider_was_assessed_for_this_child": "assess_suitability",
    "the_registration_was_looked_up": "record_registration",
    "the_review_was_held": "record_review",
    "the_setting_is_lawful": "record_registration",
    "the_setting_is_not_a_side_room": "add_site",
    "the_social_worker_was_consulted": "record_consultation",
    "the_virtual_school_was_consulted": "record_consultation",
    "the_voluntary_standards_are_met": "record_check",
    "transport_and_meals_are_arranged": "arrange_transport_and_meals",
}
"""Rules by their names, and the command that writes down what is missing."""

SAID: dict[str, dict[str, str]] = {
    "a_parent_was_asked": {"views.whose": "parent", "views.phase": "before"},
    "the_child_was_asked": {"views.whose": "child", "views.phase": "before"},
    "child_and_parent_were_asked_at_the_end": {"views.phase": "end"},
}
"""What a rule says already of what goes into the form that meets it."""

OTHERWISE: dict[str, str] = {
    "a_childrens_home_needs_a_reason": "Give the reason on the form.",
    "an_off_site_direction_is_for_maintained_schools": "Refer the child by another legal route.",
    "every_term_of_appendix_a_is_agreed": "The terms are written into the contract by those who hold it with the provider.",
    "it_had_started": "A referral that never started is opened again as a referral.",
    "it_never_started": "A placement that had started is opened again as a placement.",
    "nothing_took_its_place": "The placement that took its place has to end first.",
    "price_and_value_are_recorded": "Price and value are recorded in the contract by those who hold it with the provider.",
    "the_child_is_of_the_providers_age": "Propose a provider for the child's age.",
    "the_contract_is_signed_and_in_force": "The contract is signed by those who hold it with the provider.",
    "the_first_day_is_near_and_a_school_day": "Choose another first day on the form.",
    "the_first_day_is_not_before_the_agreed_one": "Choose the agreed day on the form, or agree on the earlier one first.",
    "the_last_day_is_not_before_the_first": "Choose another last day on the form.",
    "the_next_review_is_within_the_half_term": "Choose an earlier day for the review on the form.",
    "the_one_who_accepts_did_not_prepare_it": "Another person accepts it.",
    "the_package_is_full_time": "Agree more hours, or record why a part-time week is right for the child.",
    "the_provider_has_a_place": "Choose another provider, or wait until a place is free.",
    "the_provider_offers_what_the_child_needs": "Propose a provider that offers it.",
    "the_route_is_the_commissioners_to_take": "Refer the child by a route that is yours, or let the other body refer.",
}
"""Rules that no form meets by itself, and what does."""


@dataclass(frozen=True, slots=True)
class Cure:
    """The way to what is missing. `href` is empty where there is nothing to open for this person."""

    words: str
    href: str = ""


def cures_of(file: Mapping[str, Any], moves: Iterable[Mapping[str, Any]]) -> dict[str, Cure]:
    """For every rule the way to what meets it, for this person and this placement."""
    offers = {move["name"]: move for move in moves}
    return {rule: _cure(rule, name, file, offers) for rule, name in BY.items()} | {
        rule: Cure(words) for rule, words in OTHERWISE.items()
    }


def _cure(rule: str, name: str, file: Mapping[str, Any], offers: Mapping[str, Mapping[str, Any]]) -> Cure:
    of = COMMANDS[name].target
    if of is Placement:
        offer = offers.get(name)
        if offer is None or not offer["permitted"]:
            return Cure(
                f"{title_of(name)}: your roles do not open this form; others who see to the placement do it."
            )
        if not offer["open"]:
            # What comes first, or who else has to do it.
            return Cure(f"{title_of(name)}: not yet. {offer['reasons'][0]['message']}")
        said = f"?{urlencode(SAID[rule])}" if rule in SAID else ""
        return Cure(title_of(name), f"/placements/{file['id']}/{name.replace('_', '-')}{said}")
    if of is Provider and file.get("provider"):
        return Cure("To the provider's record", f"/providers/{file['provider']['id']}")
    if of is Child and file.get("child"):
        return Cure("To the child's record", f"/children/{file['child']['id']}")
    return Cure(f"{title_of(name)}.")
