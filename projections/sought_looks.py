"""Which looks are asked for, and whether a look is one of those: told of looks as they are kept, since hardly any of them becomes a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.looks import Look
from domain.packed_ids import has_any
from history.reading import Reading
from history.whose_placements import placements_of
from projections.look_rows import LookRow, Noted


@dataclass(frozen=True, slots=True)
class Sought:
    """Which looks are asked for."""

    person_id: str | None = None
    about: frozenset[UUID] = frozenset()
    """At any of these records or children; all where there is none."""
    since: datetime | None = None
    until: datetime | None = None
    how: str | None = None
    failed: bool = False
    """Only attempts that showed nothing."""

    def fits(self, look: Look | LookRow) -> bool:
        """Whether it is one of those, but for whom it is about. What cannot be read at all may be any."""
        return look.at is None or (
            (self.person_id is None or look.person_id == self.person_id)
            and (self.since is None or look.at >= self.since)
            and (self.until is None or look.at < self.until)
            and (self.how is None or look.how == self.how)
            and (not self.failed or look.outcome != "shown")
        )

    @property
    def names(self) -> list[str]:
        """By which of its ids the index finds them: the fewest."""
        if self.about:
            return [str(id) for id in self.about]
        return [self.person_id] if self.person_id is not None else []


def fitting(history: Reading, sought: Sought) -> Callable[[Noted], bool]:
    """What tells whether a look is one of those. Ids that are packed are compared as they are. Raises Unavailable."""
    about = sought.about
    own = [id.bytes for id in about]
    placements = [*own, *(id.bytes for id in placements_of(history, about))]

    def fits(noted: Noted) -> bool:
        look = noted.look
        if not sought.fits(look):
            return False
        if not about or look.record_id in about or look.at is None:
            return True
        if not (about.isdisjoint(look.children) and about.isdisjoint(look.records)):
            return True
        page = None if isinstance(look, LookRow) else look.page
        try:
            return page is not None and (
                (bool(page.placements) and has_any(page.placements, placements))
                or (bool(page.records) and has_any(page.records, own))
                or (bool(page.children) and has_any(page.children, own))
            )
        except ValueError:
            # Nobody can tell whom it was about.
            return True

    return fits
