"""The life of a placement as a track of stations: where it was and for how long, where it is, and what lies ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.stages import BEFORE_START, EVERY, Stage


@dataclass(frozen=True, slots=True)
class Station:
    """One stage on the track. `days`: all days spent there so far, over every time it was there."""

    stage: str
    been: bool
    here: bool
    days: int = 0
    since: date | None = None
    """For the stage where it is now."""
    not_shown: bool = False
    """It may have been there before this person was concerned, who is not told of that time."""
    passed: bool = False
    """It comes before the stage where it is now."""

    @property
    def aloud(self) -> str:
        """What the track shows, for whom it is read to."""
        if self.here:
            return "it is here"
        if self.not_shown:
            return "not shown to you"
        return "it was here" if self.been else "it was not here" if self.passed else "not yet"


def life_of(
    file: dict[str, Any], timeline: Sequence[dict[str, Any]], *, in_part: bool = False
) -> list[Station]:
    """The eight stages in their order, made from the entries that led to a stage.

    One that was skipped, as breakdown mostly is, stays empty. `in_part`: only a part of the story is told, as to a provider's people;
    which stages it had before its start they cannot know, and are told so.
    """
    today = date.fromisoformat(file["derived"]["on"])
    stays = list(_stays(timeline, today))
    here = file["stage"]
    return [
        Station(
            stage.value,
            been=any(at == stage for at, _, _ in stays),
            here=stage.value == here,
            days=sum((until - since).days for at, since, until in stays if at == stage),
            since=next((since for at, since, _ in reversed(stays) if at == stage), None)
            if stage.value == here
            else None,
            not_shown=in_part
            and stage in BEFORE_START
            and stage in _before(here)
            and not any(at == stage for at, _, _ in stays),
            passed=stage in _before(here),
        )
        for stage in Stage
    ]


def _before(here: str) -> Sequence[Stage]:
    """The stages that come before this one."""
    return EVERY[: EVERY.index(Stage(here))]


def _stays(timeline: Sequence[dict[str, Any]], today: date) -> Iterator[tuple[str, date, date]]:
    """From one change of stage to the next, by the days on which that was true. A second report in the same stage goes on with the stay."""
    changes: list[tuple[str, date]] = []
    for entry in timeline:
        if entry.get("stage") and (not changes or changes[-1][0] != entry["stage"]):
            changes.append((entry["stage"], date.fromisoformat(entry.get("stage_on") or entry["true_on"])))
    until, stays = today, []
    for stage, since in reversed(changes):
        # What was written down late was true before what was written down first, and cuts its stay short.
        stays.append((stage, since, max(since, until)))
        until = min(since, until)
    yield from reversed(stays)
