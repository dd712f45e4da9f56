"""Duties to tell: an authority of a school's placement, and the commissioner of a change (T20, T21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import placement_events as e
from domain import placement_life_events as life
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.way import counts


@counts("T20", started_by=(e.ContractCompleted,), completed_by=(e.LocalAuthorityTold,))
def the_authority_is_told_of_a_schools_placement(file: ChildFile) -> Iterator[Duty]:
    """Where a school or trust commissions. Counted from the day everything was agreed and signed."""
    for placed in file.placements:
        if not file.is_school(placed.record.commissioner_id):
            continue
        told = [(t.informed.on, t) for t in placed.story.of(e.LocalAuthorityTold)]
        for completed in placed.story.of(e.ContractCompleted):
            yield from file.owed(
                "T20",
                completed.occurred_on,
                completed,
                placement=placed.record,
                done=first_on_or_after(date.min, told),
                lapsed=placed.ended_on,
                owes=placed.record.commissioner_id,
            )


@counts("T21", started_by=(life.CircumstancesChanged,), completed_by=(life.CircumstancesChanged,))
def a_change_is_told(file: ChildFile) -> Iterator[Duty]:
    """Only a change that was told can be seen: told on a later day than it happened, it was told late."""
    for placed in file.placements:
        for told in placed.story.of(life.CircumstancesChanged):
            yield from file.owed(
                "T21",
                told.change.on,
                told,
                placement=placed.record,
                about=str(told.originator_version),
                done=(told.occurred_on, told),
            )
