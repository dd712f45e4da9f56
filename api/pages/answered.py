"""How it is said where a child is after a breakdown: what was answered, and from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from api.pages.words import day

WHERE = {
    "home_school": "home school",
    "interim_provision": "interim provision",
    "no_education": "no education",
}


def answered(where: str, from_on: str, on: str | None) -> str:
    """ "From tomorrow, 24 November 2026: no education", or "Answered: home school from 24 November 2026". `on`: the day of the page."""
    if where != "no_education":
        return f"Answered: {WHERE.get(where, where)} from {day(from_on)}"
    tomorrow = on is not None and date.fromisoformat(from_on) == date.fromisoformat(on) + timedelta(days=1)
    return f"From {'tomorrow, ' if tomorrow else ''}{day(from_on)}: no education"


def answer_of(file: Mapping[str, Any]) -> str:
    """What the top of a placement in breakdown says; empty where nothing was answered, or the days without education are counted there."""
    tomorrow, on = file.get("tomorrow"), (file.get("derived") or {}).get("on")
    if file.get("stage") != "breakdown" or not tomorrow:
        return ""
    if tomorrow["where"] == "no_education" and (on is None or tomorrow["from_on"] <= on):
        return ""
    return answered(tomorrow["where"], tomorrow["from_on"], on)
