"""Duties for a looked-after child: the personal education plan and its review (T27, T28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.child_events import LookedAfterRecorded
from domain.child_step_events import PepMeetingHeld
from domain.duties.child_file import ChildFile
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.of_school_rolls import times_in_care
from domain.duties.way import counts


@counts("T27", started_by=(LookedAfterRecorded,), completed_by=(PepMeetingHeld,))
def the_first_pep_meeting_is_held(file: ChildFile) -> Iterator[Duty]:
    """Ten working days, as in an emergency: whether the move was planned is not recorded. A meeting before the move does it, too."""
    held = [(p.pep.held_on, p) for p in file.story.of(PepMeetingHeld)]
    before = date.min
    for since, until, known in times_in_care(file):
        if file.was_here(since, file.child.authority_id):
            yield from file.owed("T27", since, known, done=first_on_or_after(before, held), lapsed=until)
        before = until or since


@counts("T28", started_by=(LookedAfterRecorded,), completed_by=(PepMeetingHeld,))
def the_pep_is_reviewed_each_term(file: ChildFile) -> Iterator[Duty]:
    """For every term in which the child is looked after, by its last school day. Unverified: off until it is chosen."""
    held = [(p.pep.held_on, p) for p in file.story.of(PepMeetingHeld)]
    for since, until, known in times_in_care(file):
        if not file.counting.is_on("T28", (file.child.authority_id,)):
            return
        calendars = file.counting.calendars((file.child.school_on(since), file.child.authority_id))
        covering = next((days for days in calendars if days.half_terms()), None)
        if covering is None:
            file.uncovered.setdefault(file.child.id, (since, known))
            continue
        for term in covering.calendar.in_order:
            met = [h.last_school_day for h in covering.half_terms() if h.term == term.name]
            if not met or max(met) < since or (until is not None and until < term.starts_on):
                continue
            done = first_on_or_after(max(since, term.starts_on), held)
            anchor = max(since, term.starts_on) if since > date.min else term.starts_on
            if file.was_here(max(met), file.child.authority_id):
                yield from file.owed("T28", anchor, known, due=max(met), by="terms", done=done, lapsed=until)
