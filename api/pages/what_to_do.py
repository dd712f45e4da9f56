"""What may be done with a placement, in the order in which people look for it. What may be done is the API's word; this only sorts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Offer = dict[str, Any]

ONWARDS = (
    "complete_needs_assessment",
    "confirm_suitability",
    "complete_contract",
    "start_placement",
    "recover_placement",
    "continue_placement",
    "call_review",
    "end_placement",
    "replace_placement",
    "reopen_placement",
    "reopen_referral",
)
"""Moves that take a placement on, the usual one first."""
GONE_WRONG = ("report_safeguarding_concern", "record_breakdown", "start_contingency")
"""Moves for when the child cannot stay as things are."""

FACTS = {
    "Needs and views": (
        "update_passport",
        "assess_needs",
        "record_earlier_support",
        "record_views",
        "record_consultation",
        "hold_professionals_meeting",
    ),
    "Provider and suitability": (
        "propose_provider",
        "assess_suitability",
        "turn_down_provider",
        "choose_agreement",
    ),
    "Plan and agreement": (
        "write_plan",
        "agree_plan",
        "make_individual_agreement",
        "sign_individual_agreement",
        "serve_notice",
        "inform_local_authority",
        "arrange_transport_and_meals",
        "agree_reporting",
        "change_hours",
        "change_home_school",
    ),
    "Risk and contingency": (
        "assess_risk",
        "accept_risk",
        "plan_contingency",
        "answer_tomorrow",
        "resolve_safeguarding",
        "mark_at_risk",
        "clear_risk",
    ),
    "Contact and progress": (
        "log_contact",
        "report_progress",
        "report_change",
        "code_session",
        "raise_concern",
        "settle_concern",
        "escalate",
    ),
    "Reviews": ("request_review", "record_review", "notify_review_outcome"),
    "Leaving": (
        "plan_exit",
        "receive_end_report",
        "record_destination",
        "support_reintegration",
        "announce_withdrawal",
    ),
    "Overrides and corrections": (
        "request_override",
        "approve_override",
        "decline_override",
        "correct_record",
    ),
}
"""Facts that are recorded without a move, by what they are about. What is named nowhere stands under Other."""
OTHER = "Other"


@dataclass(frozen=True, slots=True)
class WhatToDo:
    """What one person may do with one placement."""

    onwards: list[Offer]
    """Open moves that take it on, the usual one first."""
    gone_wrong: list[Offer]
    otherwise: list[Offer]
    """Open moves back or out."""
    missing: list[Offer]
    """What would be possible from here, if nothing were missing; moves first."""
    elsewhere: list[Offer]
    """Moves of other stages."""
    facts: list[tuple[str, list[Offer]]]

    @property
    def nothing(self) -> bool:
        """Whether all this is for others to do."""
        return not (self.onwards or self.gone_wrong or self.otherwise or self.missing or self.facts)


def what_to_do(offers: Sequence[Offer]) -> WhatToDo:
    """The offers of a placement, sorted. Those that the person may never make are left out."""
    mine = [offer for offer in offers if offer["permitted"]]
    moves = [offer for offer in mine if offer["leads_to"]]
    facts = [offer for offer in mine if not offer["leads_to"]]
    free = {offer["name"]: offer for offer in moves if offer["open"]}
    return WhatToDo(
        onwards=[free[name] for name in ONWARDS if name in free],
        gone_wrong=[free[name] for name in GONE_WRONG if name in free],
        otherwise=[offer for name, offer in free.items() if name not in (*ONWARDS, *GONE_WRONG)],
        missing=[offer for offer in (*_usual(moves), *facts) if not offer["open"] and not _elsewhere(offer)],
        elsewhere=[offer for offer in _usual(moves) if _elsewhere(offer)],
        facts=_grouped([offer for offer in facts if offer["open"]]),
    )


def _elsewhere(offer: Offer) -> bool:
    return any(reason["code"] == "wrong_stage" for reason in offer["reasons"])


def _usual(moves: Sequence[Offer]) -> list[Offer]:
    order = {name: place for place, name in enumerate(ONWARDS)}
    return sorted(moves, key=lambda offer: order.get(offer["name"], len(order)))


def _grouped(facts: Sequence[Offer]) -> list[tuple[str, list[Offer]]]:
    known = {name: title for title, names in FACTS.items() for name in names}
    titles = (*FACTS, OTHER)
    grouped = {
        title: [offer for offer in facts if known.get(offer["name"], OTHER) == title] for title in titles
    }
    return [(title, offers) for title, offers in grouped.items() if offers]
