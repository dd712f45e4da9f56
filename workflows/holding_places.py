"""A place held at the provider and in the child's week: always both, always in the same decision."""

from __future__ import annotations

from domain.child_events import WeekFreed, WeekTaken
from domain.provider_events import PlaceFreed, PlaceTaken
from domain.rules.places import of_compulsory_age
from workflows.case import Case


def hold_place(case: Case) -> None:
    """Take, or take anew with other hours, what the placement's agreement says."""
    placement, child, places = case.placement, case.child, case.places
    if places is None or placement.hours_per_week is None or placement.sessions_per_week is None:
        return
    places.remember(
        PlaceTaken,
        about=child.id,
        placement_id=placement.id,
        commissioner_id=placement.commissioner_id,
        hours_per_week=placement.hours_per_week,
        sessions_per_week=placement.sessions_per_week,
        ehc_plan=child.ehc_plan is not None,
        looked_after=child.looked_after is not None,
        compulsory_age=of_compulsory_age(child, case),
    )
    child.remember(
        WeekTaken,
        placement_id=placement.id,
        provider_id=placement.provider_id,
        sessions_per_week=placement.sessions_per_week,
        hours_per_week=placement.hours_per_week,
    )


def free_place(case: Case) -> None:
    """Give back what was held, if anything was."""
    placement, places = case.placement, case.places
    if places is not None and placement.id in places.taken:
        places.remember(PlaceFreed, about=placement.child_id, placement_id=placement.id)
    if placement.id in case.child.week:
        case.child.remember(WeekFreed, placement_id=placement.id)
