"""The case before a decider: the records it touches, loaded when a rule asks for them, and what was read is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, cast
from uuid import UUID

import msgspec

from domain.agreement import Agreement
from domain.child import Child
from domain.events import Decision, ParameterUsed
from domain.guidance import Guidance, Parameters, Version, guidance_id
from domain.organisation import Organisation
from domain.people import Asker
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.reasons import Invalid, NotFound, Reason
from domain.record import Record, Recording
from domain.rules.rule import AskedFor
from domain.school_days import SchoolDays, london_day, school_days_of
from workflows.moves import Weighed
from workflows.published import Published, Shelf

R = TypeVar("R", bound=Record)


class Case:
    """All records of one decision. Those that are read are part of what the decision stands on: see `read`."""

    def __init__(
        self,
        shelf: Shelf,
        asker: Asker,
        recording: Recording,
        asked: AskedFor | None = None,
        published: Published | None = None,
    ) -> None:
        self.shelf, self.asker, self.recording = shelf, asker, recording
        self.asked = asked or AskedFor()
        self.published = published or Published(shelf)
        self.numbers: Mapping[str, Guidance] | None = None
        self.counted_with: dict[tuple[str, int, UUID | None], ParameterUsed] = {}
        self.loaded: dict[UUID, Record] = {}
        self.absent: set[UUID] = set()
        self.warnings: tuple[Reason, ...] = ()
        self._target: Record | None = None

    def find(self, kind: type[R], id: UUID | None) -> R | None:
        """A record, or None where there is none."""
        if id is None or id in self.absent:
            return None
        known = self.loaded.get(id)
        if known is None:
            found = self.shelf.find(kind, id)
            if found is None:
                self.absent.add(id)
                return None
            known = self.loaded[id] = found.under(self.recording)
        return known if isinstance(known, kind) else None

    def get(self, kind: type[R], id: UUID) -> R:
        """A record. Raises NotFound."""
        found = self.find(kind, id)
        if found is None:
            raise NotFound(kind.__name__.lower())
        return found

    def named(self, kind: type[R], id: UUID, field: str) -> R:
        """A record that a field of the request names. Raises Invalid, pointing at the field."""
        found = self.find(kind, id)
        if found is None:
            what = kind.__name__.lower()
            raise Invalid(
                [Reason(code="unknown_reference", message=f"There is no {what} with this id.", field=field)]
            )
        return found

    def begin(self, kind: type[R], id: UUID) -> R:
        """A new record, or the one that has this id already."""
        return self.find(kind, id) or self._new(kind, id)

    def _new(self, kind: type[R], id: UUID) -> R:
        self.absent.discard(id)
        record = kind(id).under(self.recording)
        self.loaded[id] = record
        return record

    def fetch(self, kinds: dict[UUID | None, type[Record]]) -> None:
        """Load several records in one go, so that the rules need not fetch them one by one."""
        wanted = {id: kind for id, kind in kinds.items() if id is not None and id not in self.loaded}
        if wanted:
            found = self.shelf.get_many(wanted)
            self.loaded.update({id: record.under(self.recording) for id, record in found.items()})
            self.absent.update(set(wanted) - set(found))

    @property
    def target(self) -> Record:
        """The record that the command is about."""
        if self._target is None:
            raise RuntimeError("the case has no target yet")
        return self._target

    def open(self, kind: type[Record], id: UUID, *, new: bool) -> None:
        """Put the command's record on the table, with those around it."""
        if new:
            self._target = self._new(kind, id)
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
        if self.numbers is None:
            self.numbers = self.published.on(self.today)
        return Parameters(self.numbers, self._answers_for_it(), self.today, note=self._count_with)

    def _answers_for_it(self) -> Organisation | None:
        target = self._target
        if isinstance(target, Placement | Agreement):
            return self.find(Organisation, target.commissioner_id)
        if isinstance(target, Child):
            return self.find(Organisation, target.authority_id)
        return target if isinstance(target, Organisation) else None

    def _count_with(self, name: str, version: Version) -> None:
        """A number that the decision rests on is kept with it, once."""
        key = (name, version.number, version.own)
        if key not in self.counted_with:
            self.counted_with[key] = ParameterUsed(
                parameter=name, version=version.number, value=version.value, own=version.own
            )
            self._decide_on(parameters=tuple(self.counted_with.values()))

    def weigh(self, weighed: Weighed) -> None:
        """Write what the rules said into the decision that the events will carry."""
        self.warnings = weighed.warnings
        self._decide_on(rules=weighed.rules, override=weighed.override)

    def _decide_on(self, **grounds: Any) -> None:
        decision: Decision = msgspec.structs.replace(self.recording.decision, **grounds)
        self.recording = replace(self.recording, decision=decision)
        for record in self.loaded.values():
            record.under(self.recording)

    def changed(self) -> list[Record]:
        """The records with something new to store."""
        return [record for record in self.loaded.values() if record.pending]

    def read(self) -> dict[UUID, int]:
        """Records that were read and not changed, with the version read; 0 for one that was found absent.

        The history stores nothing if one of them has changed meanwhile, so a decision never stands on facts that were gone
        when it was written down.
        """
        unchanged = {id: r.version for id, r in self.loaded.items() if not r.pending}
        return self._numbers_read() | unchanged | dict.fromkeys(self.absent, 0)

    def _numbers_read(self) -> dict[UUID, int]:
        """The records of the parameters, too: a number that changed meanwhile is counted with anew."""
        known = self.numbers or {}
        read: dict[UUID, int] = {}
        for used in self.counted_with.values():
            id, record = guidance_id(used.parameter), known.get(used.parameter)
            if id not in self.loaded:
                read[id] = record.version if record is not None else 0
        return read


def no_such(kind: type[Record], field: str) -> Invalid:
    """A field names a record that does not exist, or of which the asker may not know."""
    message = f"There is no {kind.__name__.lower()} with this id."
    return Invalid([Reason(code="unknown_reference", message=message, field=field)])
