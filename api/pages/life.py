"""The life of a placement as a track of stations: where it was, where it is, and what lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Station:
    """One stage on the track."""

    stage: str
    been: bool
    here: bool


def life_of(file: dict[str, Any], timeline: Sequence[dict[str, Any]]) -> list[Station]:
    """The eight stages in their order. One that was skipped, as breakdown mostly is, stays empty."""
    been = {entry.get("stage") for entry in timeline} | {entry.get("to_stage") for entry in timeline}
    return [Station(stage.value, stage.value in been, stage.value == file["stage"]) for stage in Stage]
