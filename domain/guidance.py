"""Guidance: the numbers of rules, deadlines and triggers as published versions, each with the day from which it holds.

How to count with one::

    parameters.of("unexplained_sessions_in_a_row", on=day)        # 3
    parameters.deadline("T13", on=day)                            # the time rule, with its count as it stands that day
    parameters.but(review_interval_weeks=4).of(...)               # what if: nothing is written

- In a rule or a command: `case.parameters` counts for the day of the decision and the commissioner, and each parameter that is
  asked for is written into the decision with its version and value. There `on` can be left out.
- Anywhere else (a trigger, a list, a report): `Parameters(guidance_of(history.get_many(GUIDANCE)), organisation)`; for a moment
  gone by, `history.get_many(GUIDANCE, as_at=position)`. Take the day of the anchor (the day absent, the day it started) as
  `on`: then a duty that has begun keeps its count when a later version is published.
- `SHIPPED` is what the service came with, for who has no history at hand.

A day has one version: a version is in force from the day after it was published at the earliest, so that nothing that was
decided or told today rests on a number that changes today. All names are in `domain.parameters.catalogue.PARAMETERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self
from uuid import NAMESPACE_URL, UUID, uuid5

from domain import guidance_events as e
from domain.confidence import Mark
from domain.deadlines.time_rule import TimeRule
from domain.organisation import Organisation
from domain.parameter import Number, Parameter
from domain.parameters.catalogue import PARAMETERS
from domain.parameters.of_deadlines import is_counted, name_of
from domain.record import Record, remembers
from domain.time_rules import time_rule


@dataclass(frozen=True, slots=True)
class Version:
    """What was published of a parameter, or what the service came with."""

    number: int
    value: Number
    in_force_from: date | None
    source: str
    mark: Mark
    own: UUID | None = None
    """The organisation that holds itself to a tighter value than this version's, where one does."""

    def holds_on(self, day: date) -> bool:
        """Whether it has come into force by a day."""
        return self.in_force_from is None or self.in_force_from <= day


class Guidance(Record):
    """One parameter with all its versions. What was published stays; a later version takes its place from its first day."""

    def begin(self) -> None:
        self.parameter = ""
        self.versions: list[Version] = []

    @remembers
    def version_published(self, event: e.VersionPublished) -> None:
        self.parameter = event.parameter
        self.versions.append(
            Version(event.number, event.value, event.in_force_from, event.source, event.mark)
        )


def guidance_id(name: str) -> UUID:
    """The record of a parameter."""
    return uuid5(NAMESPACE_URL, f"guidance {name}")


GUIDANCE: dict[UUID, type[Record]] = {guidance_id(name): Guidance for name in PARAMETERS}
"""The records of all parameters, as the history's `get_many` takes them."""


def guidance_of(records: Mapping[UUID, Record]) -> dict[str, Guidance]:
    """What was found of them, by the names of the parameters."""
    return {record.parameter: record for record in records.values() if isinstance(record, Guidance)}


def shipped(parameter: Parameter) -> Version:
    """Version 1: it holds also while no set-up has written it down."""
    return Version(1, parameter.value, parameter.in_force_from, parameter.source, parameter.mark)


class NotInForce(LookupError):
    """No version of the parameter was in force on that day."""

    def __init__(self, name: str, day: date) -> None:
        self.name, self.day = name, day
        super().__init__(f"no version of {name} was in force on {day}")


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers of rules as they stand, for the service as a whole or for one organisation."""

    published: Mapping[str, Guidance]
    organisation: Organisation | None = None
    day: date | None = None
    """The day that is meant where a question names none."""
    supposed: Mapping[str, Number] | None = None
    note: Callable[[str, Version], None] | None = None
    """Is told what was asked for."""

    def of(self, name: str, on: date | None = None) -> Number:
        """The value on a day. Raises KeyError where there is no such parameter, NotInForce before its first version."""
        found = self.version(name, on)
        if found is None:
            raise NotInForce(name, self._day(on))
        return found.value

    def version(self, name: str, on: date | None = None) -> Version | None:
        """The version in force on a day, with the organisation's own value where that is tighter; none before the first."""
        parameter, day = PARAMETERS[name], self._day(on)
        found = next((v for v in reversed(versions_of(parameter, self.published)) if v.holds_on(day)), None)
        if found is not None:
            found = self._as_held_here(parameter, found, day)
            if self.note is not None:
                self.note(name, found)
        return found

    def deadline(self, id: str, on: date | None = None) -> TimeRule:
        """A time rule by its id, such as `T13`, with the count, source and version in force on a day."""
        rule = time_rule(id)
        found = self.version(name_of(rule), on) if is_counted(rule) else None
        if found is None:
            return rule
        count = -int(found.value) if rule.count < 0 else int(found.value)
        return replace(
            rule,
            count=count,
            version=found.number,
            in_force_from=found.in_force_from,
            source=found.source,
            mark=found.mark,
        )

    def but(self, **supposed: Number) -> Self:
        """The same numbers, but for these: to ask what would have been. Raises KeyError where there is no such parameter."""
        for name in supposed:
            PARAMETERS[name]
        return replace(self, supposed={**(self.supposed or {}), **supposed})

    def _as_held_here(self, parameter: Parameter, found: Version, day: date) -> Version:
        if self.supposed and parameter.name in self.supposed:
            return replace(found, number=0, value=self.supposed[parameter.name])
        own = self.organisation.own_value(parameter.name, day) if self.organisation is not None else None
        if own is None or parameter.at_least_as_tight(found.value, own):
            return found
        return replace(found, value=own, own=self.organisation.id if self.organisation else None)

    def _day(self, on: date | None) -> date:
        day = on or self.day
        if day is None:
            raise ValueError("say for which day")
        return day


def versions_of(parameter: Parameter, published: Mapping[str, Guidance]) -> list[Version]:
    """Every version of a parameter, the first one first."""
    known = published.get(parameter.name)
    return known.versions if known is not None and known.versions else [shipped(parameter)]


SHIPPED = Parameters({})
"""What the service came with."""
