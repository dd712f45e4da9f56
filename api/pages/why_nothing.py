"""Why a duty that falls to somebody leads them to no form now: in words, so that nobody looks for a button that is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.moves_on_offer import title_of
from api.pages.next_step import NO_FORM, STEPS, falls_to, next_steps
from api.pages.words import label
from domain.placement import Placement
from domain.stages import Stage
from projections.due_days import ENDED_STATES
from workflows.catalogue import COMMANDS
from workflows.placement_moves import PLACEMENT

OTHERWISE = {
    "T17": "The safeguarding lead decides whether the worry is resolved. Until then it is met by ending or replacing the placement, "
    "which the placement's page offers.",
}
"""By rule, what those are told to whom it falls and who may not write down what meets it."""


def why_nothing(row: Mapping[str, Any], me: Mapping[str, Any]) -> str:
    """A sentence about an open row for whom it falls to; empty where there is a form, or others see to it."""
    if row["state"] in ENDED_STATES or row["done_on"] or not falls_to(row, me) or next_steps(row, me):
        return ""
    rule, stage = row["rule"], row["stage"]
    if rule in OTHERWISE:
        return OTHERWISE[rule]
    if rule in NO_FORM:
        return NO_FORM[rule]
    last = STEPS[rule][-1].command if rule in STEPS else ""
    if last and COMMANDS[last].target is Placement and stage:
        source = PLACEMENT.rows[last].source
        stages = [label(at.value).lower() for at in Stage if at in source]
        if stage == Stage.BREAKDOWN and stage not in source:
            return (
                f"First settle the breakdown: recover the placement, replace it or end it. Once it goes on, "
                f"\u201c{title_of(last)}\u201d is open at {' and '.join(stages)}; it goes by itself if the placement ends."
            )
        if stage not in source:
            return (
                f"Nothing can be written down for it now: the placement stands at {label(stage).lower()}, and "
                f"\u201c{title_of(last)}\u201d is open at {' and '.join(stages)}. It goes by itself if the placement ends."
            )
    return (
        "It is written down by others of your organisation: your roles do not open its form." if last else ""
    )
