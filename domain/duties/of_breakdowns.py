"""The duty that a breakdown begins: other education from the next school day (T19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import placement_events as e
from domain import placement_life_events as life
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.way import counts
from domain.events import Event
from domain.facts.breaking_down import Tomorrow


@counts(
    "T19",
    started_by=(life.BrokenDown, life.SafeguardingConcernReported),
    completed_by=(
        life.BrokenDown,
        life.SafeguardingConcernReported,
        life.TomorrowAnswered,
        life.Recovered,
        e.Started,
    ),
)
def other_education_is_in_place(file: ChildFile) -> Iterator[Duty]:
    """The next school day. Done from the first day at the home school, in interim provision, back here, or in another placement."""
    for placed in file.placements:
        breaks = placed.story.of(life.BrokenDown, life.SafeguardingConcernReported)
        for broke in breaks:
            on = broke.breakdown.on if isinstance(broke, life.BrokenDown) else broke.concern.on
            after = [x for x in placed.story.events if x.originator_version > broke.originator_version]
            taught: list[tuple[date, Event]] = _somewhere(broke.tomorrow, broke)
            for event in after:
                if isinstance(event, life.TomorrowAnswered):
                    taught += _somewhere(event.tomorrow, event)
                elif isinstance(event, life.Recovered):
                    taught.append((event.recovery.back_on, event))
            taught += [
                (stretch.from_on, stretch.begun_by)
                for other in file.placements
                if other is not placed
                for stretch in other.live
            ]
            yield from file.owed(
                "T19",
                on,
                broke,
                placement=placed.record,
                about=str(broke.originator_version),
                done=first_on_or_after(on, taught),
            )


def _somewhere(tomorrow: Tomorrow, event: Event) -> list[tuple[date, Event]]:
    return [] if tomorrow.where == "no_education" else [(tomorrow.from_on, event)]
