"""What lies on a child's file: placements with the times in which the child was there, and registers of attendance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from domain import placement_events as e
from domain import placement_life_events as life
from domain.attendance import Attendance
from domain.attendance_events import SessionCoded
from domain.away import Away, away
from domain.duties.story import Story
from domain.events import Event
from domain.placement import Placement


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another, or until further notice."""

    from_on: date
    until_on: date | None
    begun_by: Event
    ended_by: Event | None = None


class LifeOfPlacement:
    """A placement with its events, and when the child was there."""

    def __init__(self, placement: Placement) -> None:
        self.record, self.story = placement, Story(placement)

    @cached_property
    def live(self) -> tuple[Stretch, ...]:
        """From each start or reopening to the end after it."""
        found: list[Stretch] = []
        begun: tuple[date, Event] | None = None
        for event in self.story.of(e.Started, life.Reopened, life.Ended, life.Replaced):
            if isinstance(event, e.Started):
                begun = (event.on, event)
            elif isinstance(event, life.Reopened):
                begun = (event.occurred_on, event) if found else None
            elif begun is not None:
                found.append(Stretch(begun[0], event.on, begun[1], event))
                begun = None
        if begun is not None:
            found.append(Stretch(begun[0], None, begun[1]))
        return tuple(found)

    @cached_property
    def away(self) -> tuple[Away, ...]:
        """When nobody expected the child there, because the placement had broken down."""
        return away(self.record)

    @property
    def ended_on(self) -> date | None:
        """The day it ended or was withdrawn; None while it goes on."""
        return self.record.ended_on

    def held(self) -> list[tuple[date, life.ReviewRecorded]]:
        """The reviews that were held, by their day."""
        found = [(event.held.held_on, event) for event in self.story.of(life.ReviewRecorded)]
        return sorted(found, key=lambda pair: (pair[0], pair[1].originator_version))


class Register:
    """A register of attendance with its events, and what the school entered for each day."""

    def __init__(self, record: Attendance) -> None:
        self.record, self.story = record, Story(record)

    @property
    def placement_id(self) -> UUID | None:
        return self.record.placement_id

    @cached_property
    def coded(self) -> dict[date, list[SessionCoded]]:
        """By their day, the codes in the order in which they were entered."""
        found: dict[date, list[SessionCoded]] = {}
        for event in self.story.of(SessionCoded):
            found.setdefault(event.day, []).append(event)
        return found
