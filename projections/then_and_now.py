"""Who may know of the past: whoever was concerned then and may know of it now."""

from __future__ import annotations

from typing import LiteralString

from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE

PLACEMENT_THEN_AND_NOW: LiteralString = (
    " (("
    + PLACEMENT_IN_SCOPE
    + """) AND (
    %(everything)s OR p.placement_id IN (SELECT p.placement_id FROM read_models.caseload p WHERE """
    + PLACEMENT_IN_SCOPE
    + ")))"
)
CHILD_THEN_AND_NOW: LiteralString = (
    " (("
    + CHILD_IN_SCOPE.replace(PLACEMENT_IN_SCOPE, PLACEMENT_THEN_AND_NOW)
    + """) AND (
    %(everything)s OR c.child_id IN (SELECT c.child_id FROM read_models.children c WHERE """
    + CHILD_IN_SCOPE.replace("FROM caseload p", "FROM read_models.caseload p")
    + ")))"
)
"""As a count asks, which goes through all there are: those that may be known of now are found once."""
PLACEMENT_OF_A_PAGE: LiteralString = (
    " (("
    + PLACEMENT_IN_SCOPE
    + ") AND (%(everything)s OR (SELECT "
    + PLACEMENT_IN_SCOPE.replace("p.", "now.")
    + " FROM read_models.caseload now WHERE now.placement_id = p.placement_id)))"
)
CHILD_OF_A_PAGE: LiteralString = (
    " (("
    + CHILD_IN_SCOPE.replace(PLACEMENT_IN_SCOPE, PLACEMENT_THEN_AND_NOW)
    + ") AND (%(everything)s OR (SELECT "
    + CHILD_IN_SCOPE.replace("c.", "now.").replace("FROM caseload p", "FROM read_models.caseload p")
    + " FROM read_models.children now WHERE now.child_id = c.child_id)))"
)
"""As a page asks, which ends after some rows: of each of them whether it may be known of now."""


def then_and_now(statement: LiteralString) -> LiteralString:
    """A statement of the read models in use, as it is asked of tables of the past: its questions of scope are asked of both.

    So nobody who has lost a right gets it back by looking at the past, and nobody sees what was between others before they came. A page of
    duties asks as a count: PostgreSQL takes what is asked of single placements to cost nothing where they are joined to their duties, and
    asks it of all.
    """
    child, placement = (
        (CHILD_OF_A_PAGE, PLACEMENT_OF_A_PAGE)
        if "LIMIT" in statement and "FROM due" not in statement
        else (CHILD_THEN_AND_NOW, PLACEMENT_THEN_AND_NOW)
    )
    of_children = [part.replace(PLACEMENT_IN_SCOPE, placement) for part in statement.split(CHILD_IN_SCOPE)]
    return child.join(of_children)
