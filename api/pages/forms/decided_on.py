"""What a decision is taken on: the parts of a record that stand above the questions of its form, so that who decides has read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.pages.child_page import PARTS as OF_CHILDREN
from api.pages.placement_sections import SECTIONS, Part
from domain.routes import Route, terms_of

AGREED = ("plan", "plan_agreed", "agreement", "commission", "signatures")
UNDER_WAY = ("reviews", "progress", "concerns")

DECIDED_ON: dict[str, tuple[str, ...]] = {
    "complete_needs_assessment": ("needs", "earlier_support", "views"),
    "turn_down_provider": ("proposal", "suitability"),
    "confirm_suitability": ("proposal", "suitability", "needs"),
    "choose_again": ("proposal", "suitability"),
    "agree_plan": ("plan", "plan_agreed"),
    "sign_individual_agreement": ("agreement", "commission", "signatures"),
    "complete_contract": AGREED,
    "accept_risk": ("risk_prepared_by", "risk"),
    "start_placement": (
        "risk_prepared_by",
        "risk_accepted_by",
        "risk",
        *AGREED,
        "notice",
        "transport",
        "reporting",
        "contingency",
    ),
    "change_hours": ("commission",),
    "settle_concern": ("concerns",),
    "call_review": ("review_requests", *UNDER_WAY),
    "record_review": UNDER_WAY,
    "continue_placement": UNDER_WAY,
    "end_placement": ("breakdowns", "exit_plan", "end_report", *UNDER_WAY),
    "record_breakdown": ("at_risk", "concerns", "contingency"),
    "start_contingency": ("breakdowns", "contingency", "tomorrow"),
    "report_safeguarding_concern": ("safeguarding", "own_safeguarding"),
    "resolve_safeguarding": ("safeguarding",),
    "answer_tomorrow": ("breakdowns", "contingency", "tomorrow"),
    "recover_placement": ("breakdowns", "safeguarding", "risk_prepared_by", "risk", "tomorrow"),
    "replace_placement": ("breakdowns", "safeguarding", "tomorrow"),
    "clear_risk": ("at_risk",),
    "withdraw_referral": ("reason", "why", "referred_on", "needs"),
    "reopen_placement": ("ended_on", "outcome", "breakdowns", "reviews"),
    "reopen_referral": ("ended_on", "outcome", "needs"),
    "approve_override": ("overrides",),
    "decline_override": ("overrides",),
    "approve_erasure": ("erasures", "holds"),
    "refuse_erasure": ("erasures", "holds"),
    "answer_rectification": ("rectifications",),
    "lift_hold": ("holds",),
}
"""Fields of the record's file. Every move of a placement has a line, and so has everything that one person asks and another answers."""
LAST_ONLY = ("reviews", "progress")
"""Of these the last is decided on; the others stand on the record's own page."""

PARTS = {part.field: part for section in SECTIONS for part in section.parts} | {
    part.field: part
    for parts in OF_CHILDREN.values()
    for part in parts
    if part.field in ("erasures", "holds", "rectifications")
}


@dataclass(frozen=True, slots=True)
class DecidedOn:
    """What stands above the questions. Nothing of it where the decision needs nothing read, or the person is shown nothing."""

    file: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    names: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines or self.parts)


def decided_on(command: str, record: Mapping[str, Any], names: Mapping[str, Any]) -> DecidedOn:
    """The parts of this record that such a decision is taken on, as far as the person is shown them."""
    shown = [
        name for name in DECIDED_ON.get(command, ()) if name in record and not _of_another_route(name, record)
    ]
    file = {name: record[name][-1:] if name in LAST_ONLY else record[name] for name in shown}
    lines = tuple(name for name in shown if name not in PARTS)
    return DecidedOn(file, lines, tuple(PARTS[name] for name in shown if name in PARTS), names)


def _of_another_route(name: str, record: Mapping[str, Any]) -> bool:
    """The notice belongs to a direction off site (T13): where no school directs, nobody has to look for it."""
    if name != "notice" or record["notice"] or not record.get("route"):
        return False
    return not terms_of(Route(record["route"])).section_29a_notice
