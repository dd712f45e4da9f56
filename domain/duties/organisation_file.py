"""The file that an organisation's own duties are read from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from domain.duties.counting import Counting
from domain.duties.duty import Cause, Duty
from domain.duties.story import Story
from domain.events import Event
from domain.organisation import Organisation


class OrganisationFile:
    """An organisation with what it owes each year and to those who ask."""

    def __init__(self, organisation: Organisation, counting: Counting) -> None:
        self.organisation, self.story, self.counting = organisation, Story(organisation), counting

    def owed(
        self,
        rule: str,
        anchor: date,
        known: Event,
        *,
        about: str = "",
        child_id: UUID | None = None,
        done: tuple[date, Event] | None = None,
    ) -> Iterator[Duty]:
        """The duty, if its rule is on here."""
        mine = self.organisation.id
        authority = self.organisation.authority_id or mine
        if not self.counting.is_on(rule, (mine,)):
            return
        counted = self.counting.count(rule, anchor, mine, (mine, authority))
        if counted is None:
            return
        row = counted.rule
        yield Duty(
            rule=rule, subject_id=mine, about=about, file_id=mine, child_id=child_id, organisation_id=mine,
            owner=row.owner, severity=row.severity, mark=row.mark, version=row.version, anchor_on=anchor,
            due_on=counted.due_on, counted_by=counted.by, known_by=Cause.of(known),
            done_on=done[0] if done else None, done_by=Cause.of(done[1]) if done else None,
        )  # fmt: skip
