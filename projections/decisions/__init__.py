"""The page of one decision: what was known when it was taken, and marked apart what became known later."""

from projections.decisions.finding import find_decision
from projections.decisions.page import decision_page
from projections.decisions.shapes import DecisionPage, canonical

__all__ = ["DecisionPage", "canonical", "decision_page", "find_decision"]
