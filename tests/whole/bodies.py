"""The requests of a story: as they usually are, and with something in them that may be wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from domain.placement import Placement
from tests.support.walk import MONDAY
from tests.whole.world import PROVIDERS
from workflows.examples import EXAMPLES
from workflows.overriding import overridable_rules

DAY = re.compile(r"\d{4}-\d\d-\d\d")
CORRECTIONS = st.sampled_from(
    [
        {"reason": "OTH"},
        {"stage": "active"},
        {"proposal": {**EXAMPLES["propose_provider"]["proposal"], "hours_per_week": 25}},
        {"agreement": EXAMPLES["make_individual_agreement"]["agreement"]},
        {"on": "2026-11-20"},
        {"why": "Someone else said so."},
    ]
)


def usual(name: str, changes: dict[str, Any], full_time: bool = False) -> dict[str, Any]:
    """The usual body of a command."""
    body = {**changes}
    for field in ("first_review_on", "next_review_on"):
        if field in EXAMPLES[name]:
            body[field] = str(MONDAY.date() + timedelta(days=11))
    for field, inner in (("propose_provider", "proposal"), ("make_individual_agreement", "agreement")):
        if name == field and full_time:
            body[inner] = {**EXAMPLES[name][inner], "hours_per_week": 20, "sessions_per_week": 8}
    return body


def unusual(name: str, data: st.DataObject, placement: Placement | None) -> dict[str, Any]:
    """A body with something in it that may be wrong."""
    version = st.integers(1, max(1, placement.version if placement else 1))
    draw: dict[str, Callable[[], dict[str, Any]]] = {
        "approve_override": lambda: {"request": data.draw(version)},
        "decline_override": lambda: {"request": data.draw(version)},
        "settle_concern": lambda: {"settled": {**EXAMPLES[name]["settled"], "concern": data.draw(version)}},
        "request_override": lambda: {
            "rules": [data.draw(st.sampled_from(sorted([*overridable_rules(), "the_setting_is_lawful"])))],
            "until": str(MONDAY.date() + timedelta(days=data.draw(st.sampled_from([7, 20, 60])))),
        },
        "correct_record": lambda: {"version": data.draw(version), "changes": data.draw(CORRECTIONS)},
        "propose_provider": lambda: {
            "proposal": {
                **EXAMPLES[name]["proposal"],
                "provider_id": str(PROVIDERS[data.draw(st.sampled_from(sorted(PROVIDERS)))]),
            }
        },
        "change_hours": lambda: {
            "hours": {
                **EXAMPLES[name]["hours"],
                "hours_per_week": data.draw(st.sampled_from([4, 16, 20, 25])),
                "sessions_per_week": data.draw(st.integers(1, 10)),
            }
        },
    }
    return draw[name]() if name in draw else usual(name, {}, data.draw(st.booleans()))


def moved(body: Any, by: timedelta) -> Any:
    """A request whose days lie so much later."""
    if isinstance(body, dict):
        return {name: moved(inner, by) for name, inner in body.items()}
    if isinstance(body, list):
        return [moved(inner, by) for inner in body]
    if isinstance(body, str) and DAY.fullmatch(body):
        return str(date.fromisoformat(body) + by)
    return body
