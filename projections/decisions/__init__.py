"""The page of one decision: what was known when it was taken, and marked apart what became known later."""

from projections.decisions.finding import find_decision
from projections.decisions.page import decision_page, page_of
from projections.decisions.shapes import DecisionPage, canonical, canonical_object

__all__ = ["DecisionPage", "canonical", "canonical_object", "decision_page", "find_decision", "page_of"]
