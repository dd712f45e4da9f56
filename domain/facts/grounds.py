"""Why someone decides: what any request may say besides its own facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Len

from domain.events import Evidence
from domain.fact import fact
from domain.personal import Words


@fact
class Grounds:
    """The grounds of a decision. All of it may be left out; what is said is kept with every event of the decision."""

    occurred_on: date | None = None
    """The day on which it was true, if that was not today. A review held on Friday may be typed on Monday; never a day to come."""
    occurred_at: datetime | None = None
    """The instant at which it was true, where that matters. With a time zone."""
    reason_code: Annotated[str, Len(1, 60)] | None = None
    """A code for the reason, from the organisation's own list."""
    words: Words | None = None
    """The reason in words."""
    evidence: Annotated[tuple[Evidence, ...], Len(0, 20)] = ()
    """The documents relied on."""
    known_at: Annotated[int, Ge(0)] | None = None
    """The position in the history that your screen showed, as `position` in the answer you read."""
    on_behalf_of: UUID | None = None
    """The organisation for which you decide, if it is not your own."""
