"""Who else stands in a child's record: marks for the person who decides what is given out. Nothing is left out by itself."""

from __future__ import annotations

import re
from typing import Literal

Other = Literal["", "staff", "parent_or_carer", "social_worker", "someone_else"]
"""Whom a fact is about besides the child."""
Weigh = Literal["", "serious_harm", "may_name_others"]
"""What a person decides: whether it would do serious harm to tell it (the test is [U], domain pack 5.2), or whom free words name."""

_FIELDS: tuple[tuple[str, Other], ...] = (
    (r"carer\.(name|contact|relationship)", "parent_or_carer"),
    (r"social_worker\.(name|contact)", "social_worker"),
    (r"looked_after\.virtual_school", "staff"),
    (
        r"(^|\.)(signatory|assessed_by|prepared_by|requested_by|authorised_by|officer|owner|settled_by|reported_by)$",
        "staff",
    ),
    (r"(^|\.)(contact|name)$", "someone_else"),
    (r"secured_with$", "someone_else"),
)
OTHERS = tuple((re.compile(pattern), other) for pattern, other in _FIELDS)
"""Fields in which others stand, the first that fits."""


def other_in(event: str, path: str, facts: dict[str, object]) -> Other:
    """Whom a field is about besides the child."""
    if event == "placement.views_recorded" and facts.get("views.whose") == "parent":
        return "parent_or_carer"
    return next((other for pattern, other in OTHERS if pattern.search(path)), "")


def weighed_in(category: str | None, text: object) -> Weigh:
    """What has to be weighed before a text is given out."""
    if category == "safeguarding":
        return "serious_harm"
    return "may_name_others" if category in ("health", "narrative") and text else ""
