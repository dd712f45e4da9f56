"""The published numbers that a decision is counted with: each that it rests on is kept with it, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from domain.events import ParameterUsed
from domain.guidance import Guidance, Version, guidance_id
from workflows.published import Published


class NumbersUsed:
    """Published numbers as they stand on the day, and which of their versions were asked for."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self._known: Mapping[str, Guidance] | None = None
        self._used: dict[tuple[str, int, UUID | None], ParameterUsed] = {}

    def on(self, today: date) -> Mapping[str, Guidance]:
        """Read when they are first asked for; a decision is of one day."""
        if self._known is None:
            self._known = self._published.on(today)
        return self._known

    def note(self, name: str, version: Version) -> bool:
        """It is counted with; whether that is news."""
        key = (name, version.number, version.own)
        news = key not in self._used
        if news:
            self._used[key] = ParameterUsed(
                parameter=name, version=version.number, value=version.value, own=version.own
            )
        return news

    @property
    def used(self) -> tuple[ParameterUsed, ...]:
        """In the order in which they were asked for."""
        return tuple(self._used.values())

    def read(self) -> dict[UUID, int]:
        """The records of the parameters with the version read: a number that changed meanwhile is counted with anew."""
        known = self._known or {}
        records = {guidance_id(used.parameter): known.get(used.parameter) for used in self._used.values()}
        return {id: record.version if record is not None else 0 for id, record in records.items()}
