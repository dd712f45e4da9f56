"""The case before a decider: the record that the command is about, those around it, and what the decision stands on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, cast
from uuid import UUID

import msgspec

from domain.agreement import Agreement
from domain.child import Child
from domain.events import Decision
from domain.guidance import Parameters, Version
from domain.organisation import Organisation
from domain.people import Asker
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.reasons import Reason
from domain.record import Record, Recording
from domain.rules.rule import AskedFor
from domain.school_days import SchoolDays, london_day, school_days_of
from workflows.moves import Weighed
from workflows.numbers_used import NumbersUsed
from workflows.published import Published, Shelf
from workflows.records_at_hand import RecordsAtHand


class Case(RecordsAtHand):
    """All records of one decision. Those that are read are part of what the decision stands on: see `read`."""

    def __init__(
        self,
        shelf: Shelf,
        asker: Asker,
        recording: Recording,
        asked: AskedFor | None = None,
        published: Published | None = None,
    ) -> None:
        super().__init__(shelf, recording)
        self.asker, self.asked = asker, asked or AskedFor()
        self.published = published or Published(shelf)
        self.numbers = NumbersUsed(self.published)
        self.warnings: tuple[Reason, ...] = ()
        self._target: Record | None = None

    @property
    def target(self) -> Record:
        """The record that the command is about."""
        if self._target is None:
            raise RuntimeError("the case has no target yet")
        return self._target

    def open(self, kind: type[Record], id: UUID, *, new: bool) -> None:
        """Put the command's record on the table, with those around it."""
        if new:
            self._target = self.new(kind, id)
        else:
            self._target = self.get(kind, id)
            if isinstance(self._target, Placement):
                self.fetch_around(self._target)

    def fetch_around(self, placement: Placement) -> None:
        """Everything that the rules of a placement may ask about, in one query."""
        provider = placement.provider_id
        self.fetch(
            {
                placement.child_id: Child,
                placement.commissioner_id: Organisation,
                placement.home_school_id: Organisation,
                placement.agreement_id: Agreement,
                provider: Provider,
                Places.id_for(provider) if provider else None: Places,
            }
        )

    @property
    def placement(self) -> Placement:
        return cast(Placement, self.target)

    @property
    def child(self) -> Child:
        if isinstance(self._target, Child):
            return self._target
        return self.get(Child, cast(UUID, self.placement.child_id))

    @cached_property
    def placements_of_child(self) -> list[Placement]:
        """Every placement of the child that there is, whoever commissioned it."""
        ids = self.shelf.records_about(Placement, self.child.id)
        self.fetch(dict.fromkeys(ids, Placement))
        return [record for id in ids if isinstance(record := self.loaded.get(id), Placement)]

    @property
    def commissioner(self) -> Organisation:
        return self.get(Organisation, cast(UUID, self.placement.commissioner_id))

    @property
    def home_school(self) -> Organisation | None:
        return self.find(Organisation, self.placement.home_school_id)

    @property
    def provider(self) -> Provider | None:
        return self.find(Provider, self.placement.provider_id)

    @property
    def places(self) -> Places | None:
        provider = self.placement.provider_id
        return self.begin(Places, Places.id_for(provider)) if provider else None

    @property
    def agreement(self) -> Agreement | None:
        return self.find(Agreement, self.placement.agreement_id)

    @property
    def today(self) -> date:
        return london_day(self.recording.recorded_at)

    @cached_property
    def days(self) -> SchoolDays | None:
        """School days of the home school, or else of the commissioner, or of the child's authority; None without a calendar."""
        return self.days_of(self.placement)

    def days_of(self, placement: Placement) -> SchoolDays | None:
        """The same for any placement."""
        for id in (
            placement.home_school_id,
            placement.commissioner_id,
            self.child_of(placement).authority_id,
        ):
            organisation = self.find(Organisation, id)
            if organisation is not None and organisation.calendar is not None:
                return school_days_of(organisation.calendar)
        return None

    def child_of(self, placement: Placement) -> Child:
        """The child of any placement."""
        return self.get(Child, cast(UUID, placement.child_id))

    @property
    def parameters(self) -> Parameters:
        """The published numbers as they stand today for whoever answers for the record; what is asked for joins the decision."""
        return Parameters(
            self.numbers.on(self.today), self._answers_for_it(), self.today, note=self._count_with
        )

    def _answers_for_it(self) -> Organisation | None:
        target = self._target
        if isinstance(target, Placement | Agreement):
            return self.find(Organisation, target.commissioner_id)
        if isinstance(target, Child):
            return self.find(Organisation, target.authority_id)
        return target if isinstance(target, Organisation) else None

    def _count_with(self, name: str, version: Version) -> None:
        if self.numbers.note(name, version):
            self._decide_on(parameters=self.numbers.used)

    def weigh(self, weighed: Weighed) -> None:
        """Write what the rules said into the decision that the events will carry."""
        self.warnings = weighed.warnings
        self._decide_on(rules=weighed.rules, override=weighed.override)

    def _decide_on(self, **grounds: Any) -> None:
        decision: Decision = msgspec.structs.replace(self.recording.decision, **grounds)
        self.recording = replace(self.recording, decision=decision)
        for record in self.loaded.values():
            record.under(self.recording)

    def read(self) -> dict[UUID, int]:
        """Records that were read and not changed, and the numbers that were counted with, each with the version read.

        The history stores nothing if one of them has changed meanwhile, so a decision never stands on facts that were gone
        when it was written down.
        """
        numbers = {id: version for id, version in self.numbers.read().items() if id not in self.loaded}
        return numbers | super().read()
