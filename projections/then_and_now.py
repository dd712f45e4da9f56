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


def then_and_now(statement: LiteralString) -> LiteralString:
    """A statement of the read models in use, as it is asked of tables of the past: its questions of scope are asked of both.

    So nobody who has lost a right gets it back by looking at the past, and nobody sees what was between others before they came.
    """
    of_children = [
        part.replace(PLACEMENT_IN_SCOPE, PLACEMENT_THEN_AND_NOW) for part in statement.split(CHILD_IN_SCOPE)
    ]
    return CHILD_THEN_AND_NOW.join(of_children)
