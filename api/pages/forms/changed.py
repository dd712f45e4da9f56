"""What others changed while a form was open: each field as it was when the form was opened, and as it is now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from api.pages.steps_of_changes import Changed, steps_of
from api.pages.stories import people_in
from api.pages.the_api import ApiRefused, TheApi


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """Both versions, the events between them, and what people who are named by an id are called."""

    fields: list[Changed] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


async def changed_meanwhile(api: TheApi, about: str, seen: str) -> ChangedMeanwhile:
    """What happened to a record since a position. Nothing where the API does not say, as for a kind that has no such answer."""
    if not seen.isdecimal():
        return ChangedMeanwhile()
    try:
        found = await api.get(f"{about}/changes", **{"from": seen})
    except ApiRefused:
        return ChangedMeanwhile()
    return ChangedMeanwhile(steps_of(found), found["events"], dict(people_in(found["events"])))
