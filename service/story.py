"""The whole story of a placement with its registers, from the history itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from domain.attendance import Attendance
from domain.placement import Placement
from domain.school_days import london_day
from history.store import History
from projections.entries import Entry
from projections.timeline import timeline
from service.opening import now
from service.plain_error import PlainError

if TYPE_CHECKING:
    from api.looking_back import LookingBack

LONGEST_HALF_TERM = timedelta(days=120)


def story_of(history: History, placement_id: UUID, back: LookingBack | None = None) -> list[Entry]:
    """Every event as a sentence, in order; as it could be read at a moment. Raises PlainError where there is no such placement."""
    as_at, true_on = (back.position, back.true_on) if back else (None, None)
    placement = history.find(Placement, placement_id, as_at=as_at)
    if placement is None:
        raise PlainError("There is no placement with this id" + (" at that moment." if back else "."))
    return timeline(history, [placement_id, *_registers(placement)], as_at=as_at, true_on=true_on)


def _registers(placement: Placement) -> list[UUID]:
    """The ids that registers of this placement can have: a half-term may have begun on any of these days.

    Asking for all of them costs one query, and no read model has to be up to date for it.
    """
    if placement.started_on is None:
        return []
    first, last = placement.started_on - LONGEST_HALF_TERM, placement.ended_on or london_day(now())
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [Attendance.id_for(placement.id, day) for day in days]
