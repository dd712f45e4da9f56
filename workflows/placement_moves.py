"""The life of a placement, top to bottom. To change a rule, change a row.

The first part moves a placement from stage to stage; the second part records facts without moving it.
"""

from __future__ import annotations

from domain.rules import checks, contract, leaving, needs, places, referral, review, risk, suitability
from domain.stages import BEFORE_START, EVERY, LIVE, Stage
from workflows.moves import Lifecycle, Move

NEEDS_ASSESSMENT, SUITABILITY_CHECK, CONTRACT, RISK_ASSESSMENT, ACTIVE, REVIEW, BREAKDOWN, EXIT = Stage
NOT_CLOSED = (*BEFORE_START, *LIVE)
CHOSEN = (SUITABILITY_CHECK, CONTRACT, RISK_ASSESSMENT)
PREPARING = (CONTRACT, RISK_ASSESSMENT)
PLANNING = (*BEFORE_START, ACTIVE, REVIEW)

STILL_RIGHT = (
    checks.safeguarding_is_confirmed,
    suitability.the_provider_may_be_used,
    *places.LAWFULNESS,
)
"""What must be true whenever a child is to be, or to go on being, with a provider."""

TO_CONTRACT = (*suitability.ASSESSMENT, *checks.CHECKS, *places.LAWFULNESS, *places.PLACES)
TO_RISK = (*contract.CONTRACT, *STILL_RIGHT, *places.PLACES, *review.PROPOSALS)
TO_ACTIVE = (
    *risk.RISK,
    *checks.CHECKS,
    suitability.the_provider_may_be_used,
    *places.LAWFULNESS,
    *places.PLACES,
    review.the_next_review_is_within_the_half_term,
)
TO_GO_ON = (*review.REVIEW, *STILL_RIGHT)
TO_RECOVER = (
    review.no_safeguarding_concern_is_open,
    *STILL_RIGHT,
    review.the_next_review_is_within_the_half_term,
)
TO_REOPEN = (
    leaving.it_had_started,
    leaving.nothing_took_its_place,
    review.no_safeguarding_concern_is_open,
    *STILL_RIGHT,
    *places.PLACES,
)

# fmt: off
PLACEMENT = Lifecycle((
    #    move                          from                  to                 needs
    Move("refer_child",                (),                   NEEDS_ASSESSMENT,  referral.REFERRAL, opens=True),
    Move("complete_needs_assessment",  (NEEDS_ASSESSMENT,),  SUITABILITY_CHECK, needs.NEEDS),
    Move("confirm_suitability",        (SUITABILITY_CHECK,), CONTRACT,          TO_CONTRACT),
    Move("complete_contract",          (CONTRACT,),          RISK_ASSESSMENT,   TO_RISK),
    Move("start_placement",            (RISK_ASSESSMENT,),   ACTIVE,            TO_ACTIVE),
    Move("call_review",                (ACTIVE,),            REVIEW),
    Move("continue_placement",         (REVIEW,),            ACTIVE,            TO_GO_ON),
    Move("record_breakdown",           (ACTIVE, REVIEW),     BREAKDOWN),
    Move("start_contingency",          (ACTIVE, REVIEW),     BREAKDOWN),
    Move("report_safeguarding_concern", LIVE,                BREAKDOWN),
    Move("recover_placement",          (BREAKDOWN,),         ACTIVE,            TO_RECOVER),
    Move("replace_placement",          (REVIEW, BREAKDOWN),  EXIT,              (leaving.the_last_day_is_not_before_the_first,)),
    Move("end_placement",              (REVIEW, BREAKDOWN),  EXIT,              leaving.EXIT),
    Move("choose_again",               PREPARING,            SUITABILITY_CHECK),
    Move("withdraw_referral",          BEFORE_START,         EXIT),
    Move("reopen_placement",           (EXIT,),              REVIEW,            TO_REOPEN),
    Move("reopen_referral",            (EXIT,),              NEEDS_ASSESSMENT,  (leaving.it_never_started,)),

    #    fact                          recorded in
    Move("update_passport",            NOT_CLOSED),
    Move("assess_needs",               PLANNING),
    Move("record_earlier_support",     BEFORE_START),
    Move("record_views",               EVERY),
    Move("record_consultation",        NOT_CLOSED),
    Move("hold_professionals_meeting", PLANNING),
    Move("propose_provider",           (SUITABILITY_CHECK,)),
    Move("assess_suitability",         (SUITABILITY_CHECK,), None,              (suitability.a_provider_is_proposed,)),
    Move("turn_down_provider",         (SUITABILITY_CHECK,), None,              (suitability.a_provider_is_proposed,)),
    Move("choose_agreement",           CHOSEN),
    Move("write_plan",                 PLANNING),
    Move("agree_plan",                 PLANNING,             None,              (contract.the_plan_is_written,)),
    Move("make_individual_agreement",  (CONTRACT,)),
    Move("sign_individual_agreement",  (CONTRACT,),          None,              (contract.the_child_has_an_agreement_of_their_own,)),
    Move("assess_risk",                (*PREPARING, ACTIVE, REVIEW)),
    Move("accept_risk",                (*PREPARING, ACTIVE, REVIEW), None,      (risk.the_one_who_accepts_did_not_prepare_it,)),
    Move("serve_notice",               PREPARING),
    Move("inform_local_authority",     NOT_CLOSED),
    Move("arrange_transport_and_meals", NOT_CLOSED),
    Move("agree_reporting",            (*PREPARING, *LIVE)),
    Move("plan_contingency",           (*PREPARING, *LIVE)),
    Move("log_contact",                (*PREPARING, *LIVE)),
    Move("report_progress",            LIVE),
    Move("report_change",              (*PREPARING, *LIVE)),
    Move("change_hours",               (ACTIVE, REVIEW),     None,              (*places.LAWFULNESS, *places.PLACES)),
    Move("change_home_school",         NOT_CLOSED),
    Move("raise_concern",              LIVE),
    Move("settle_concern",             (*LIVE, EXIT)),
    Move("notice_concern",             LIVE),
    Move("escalate",                   LIVE),
    Move("announce_withdrawal",        LIVE),
    Move("request_review",             LIVE),
    Move("record_review",              (REVIEW,)),
    Move("notify_review_outcome",      (*LIVE, EXIT)),
    Move("resolve_safeguarding",       (BREAKDOWN, EXIT)),
    Move("answer_tomorrow",            (BREAKDOWN,)),
    Move("mark_at_risk",               NOT_CLOSED),
    Move("clear_risk",                 NOT_CLOSED),
    Move("plan_exit",                  LIVE),
    Move("receive_end_report",         (*LIVE, EXIT)),
    Move("record_destination",         (*LIVE, EXIT)),
    Move("support_reintegration",      (*LIVE, EXIT)),
    Move("request_override",           NOT_CLOSED),
    Move("approve_override",           NOT_CLOSED),
    Move("decline_override",           NOT_CLOSED),
    Move("code_session",               (*LIVE, EXIT)),
    Move("correct_record",             EVERY),
))
# fmt: on
