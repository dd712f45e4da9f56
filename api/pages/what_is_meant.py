"""Requests to put something right: where what is meant is said in words, its numbers are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NUMBERS = ("record_id", "version")


def with_what_is_meant(record: Mapping[str, Any]) -> dict[str, Any]:
    """The child's file, in which nobody has to know an entry by the number of its record and its own."""
    asked = [
        {name: value for name, value in one.items() if name not in NUMBERS or not one.get("about")}
        for one in record.get("rectifications") or ()
    ]
    return {**record, "rectifications": asked} if "rectifications" in record else dict(record)
