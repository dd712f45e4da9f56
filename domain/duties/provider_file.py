"""The file that a provider's duties are read from: the provider and its standing agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from domain.agreement import Agreement
from domain.duties.counting import Counting
from domain.duties.duty import Cause, Duty
from domain.duties.story import Story
from domain.events import Event
from domain.provider import Provider


class ProviderFile:
    """A provider with its standing agreements."""

    def __init__(self, provider: Provider, agreements: Iterable[Agreement], counting: Counting) -> None:
        self.provider, self.story, self.counting = provider, Story(provider), counting
        self.agreements = sorted(agreements, key=lambda a: a.id)

    @property
    def users(self) -> list[UUID]:
        """The organisations that have an agreement with it."""
        return list(dict.fromkeys(a.commissioner_id for a in self.agreements if a.commissioner_id))

    def owed(
        self,
        rule: str,
        anchor: date,
        known: Event,
        *,
        agreement: Agreement | None = None,
        about: str = "",
        due: date | None = None,
        done: tuple[date, Event] | None = None,
        lapsed: date | None = None,
    ) -> Iterator[Duty]:
        """The duty, if its rule is on for one of those who use the provider."""
        if not self.counting.is_on(rule, self.users):
            return
        debtor = agreement.commissioner_id if agreement else None
        row = self.counting.rule(rule, anchor, debtor)
        by = "as agreed"
        if due is None:
            counted = self.counting.count(rule, anchor, debtor, ())
            if counted is None:
                return
            row, due, by = counted.rule, counted.due_on, counted.by
        yield Duty(
            rule=rule, subject_id=agreement.id if agreement else self.provider.id, about=about,
            file_id=self.provider.id, provider_id=self.provider.id, organisation_id=debtor,
            commissioner_id=debtor, owner=row.owner, severity=row.severity, mark=row.mark, version=row.version,
            anchor_on=anchor, due_on=due, counted_by=by, known_by=Cause.of(known),
            done_on=done[0] if done else None, done_by=Cause.of(done[1]) if done else None, lapsed_on=lapsed,
        )  # fmt: skip
