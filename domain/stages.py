"""The eight stages of a placement."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a placement stands. The words are those that staff use (design: exactly these eight)."""

    NEEDS_ASSESSMENT = "needs_assessment"
    SUITABILITY_CHECK = "suitability_check"
    CONTRACT = "contract"
    RISK_ASSESSMENT = "risk_assessment"
    ACTIVE = "active"
    REVIEW = "review"
    BREAKDOWN = "breakdown"
    EXIT = "exit"


BEFORE_START = (Stage.NEEDS_ASSESSMENT, Stage.SUITABILITY_CHECK, Stage.CONTRACT, Stage.RISK_ASSESSMENT)
"""The child has not started yet."""
LIVE = (Stage.ACTIVE, Stage.REVIEW, Stage.BREAKDOWN)
"""The child has started and has not left."""
EVERY = tuple(Stage)
"""All stages."""
