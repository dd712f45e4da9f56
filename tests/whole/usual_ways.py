"""What is usually done in each stage of a placement, in this order."""

from __future__ import annotations

from typing import Any

from tests.support.walk import LIFE

Way = list[tuple[str, dict[str, Any]]]


def _life(first: str, last: str) -> Way:
    names = [name for name, _ in LIFE]
    return LIFE[names.index(first) : names.index(last) + 1]


END_OF_LIFE: Way = _life("record_review", "end_placement")

USUAL_WAYS: dict[str, Way] = {
    "needs_assessment": _life("assess_needs", "complete_needs_assessment"),
    "suitability_check": _life("propose_provider", "confirm_suitability"),
    "contract": _life("choose_agreement", "complete_contract"),
    "risk_assessment": _life("assess_risk", "start_placement"),
    "active": [("call_review", {})],
    "review": [("record_review", {}), ("continue_placement", {})],
    "breakdown": [("answer_tomorrow", {}), ("resolve_safeguarding", {}), ("recover_placement", {})],
    "exit": [("reopen_placement", {}), ("reopen_referral", {})],
}
