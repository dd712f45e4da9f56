"""Requests about the published numbers of rules."""

from __future__ import annotations

from typing import Any

GUIDANCE: dict[str, dict[str, Any]] = {
    "publish_shipped_versions": {},
    "publish_version": {
        "value": 4,
        "in_force_from": "2027-01-04",
        "source": "Inventshire alternative provision policy 2027, paragraph 12",
        "mark": "design",
        "why": "Reviews every four weeks worked well in the pilot.",
    },
    "tighten_parameter": {
        "parameter": "review_interval_weeks",
        "value": 6,
        "in_force_from": "2027-01-04",
        "why": "Decided by the committee in November.",
    },
}
