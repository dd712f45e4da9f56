"""Commands about guidance: a version of a parameter is published, or an organisation holds itself to a tighter value."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, cast

from annotated_types import Len
from pydantic import StrictFloat, StrictInt

from domain import guidance_events as e
from domain.confidence import Mark
from domain.days_in_words import in_words
from domain.events import Event
from domain.guidance import GUIDANCE, Guidance, Parameters, guidance_id, shipped, versions_of
from domain.organisation import Organisation
from domain.organisation_events import ParameterTightened
from domain.parameter import Number, Parameter
from domain.parameters.catalogue import PARAMETERS
from domain.personal import Label, Prose
from domain.reasons import Invalid, Reason, Refused
from domain.record import Record
from workflows.case import Case
from workflows.command import Command
from workflows.organising import OrganisationCommand

AmountAsked = StrictInt | StrictFloat
"""A number as such: no text and no yes or no that would pass for one."""


class PublishShippedVersions(Command):
    """Write down version 1 of every parameter that is not written down yet: what the service came with. Only set-up does so."""

    target: ClassVar[type[Record]] = Guidance
    opens: ClassVar[bool] = True

    def decide(self, case: Case) -> None:
        case.fetch(dict.fromkeys(GUIDANCE, Guidance))
        for name, parameter in PARAMETERS.items():
            guidance = case.begin(Guidance, guidance_id(name))
            if not guidance.versions:
                _publish(guidance, parameter, shipped(parameter).value, parameter.in_force_from)


class PublishVersion(Command):
    """Publish another value of a parameter, for everybody, from a day to come. Versions that were published before stay as they are.

    Whoever runs the service does, for it concerns every organisation in it: `decision.on_behalf_of` names the organisation that decided it.
    """

    target: ClassVar[type[Record]] = Guidance

    value: AmountAsked
    """The value, in the parameter's own unit."""
    in_force_from: date
    """The first day on which it holds: tomorrow at the earliest, so that nothing decided today rests on what changes today."""
    source: Label
    """The law, guidance or decision that it stands on: document and paragraph."""
    mark: Mark
    """How sure we are: P its own text was read, S a secondary source, U unverified, source, or design for a choice of our own."""
    why: Annotated[Prose, Len(1, 8000)]
    """Why it changes, without naming a child."""

    def decide(self, case: Case) -> None:
        guidance = cast(Guidance, case.target)
        parameter = _known(guidance.parameter, "id")
        last = versions_of(parameter, {guidance.parameter: guidance})[-1]
        found = [*_day_ahead(case, self.in_force_from), *_in_range(parameter, self.value)]
        if (self.value, self.in_force_from) == (last.value, last.in_force_from):
            message = f"Version {last.number} says the same already."
            found.append(Reason(code="says_the_same", message=message, field="value"))
        if found:
            raise Invalid(found)
        if parameter.hard and self.mark is Mark.UNVERIFIED:
            message = "Rules refuse by this number, so its source has to be verified first. What is unverified only warns."
            raise Refused([Reason(code="unverified_never_refuses", message=message, field="mark")])
        value = _plain(parameter, self.value)
        _publish(guidance, parameter, value, self.in_force_from, self.source, self.mark, self.why)


class TightenParameter(OrganisationCommand):
    """Hold the organisation to a tighter value of a parameter than the published one, from a day to come; or no longer."""

    event: ClassVar[type[Event] | None] = ParameterTightened

    parameter: Label
    """The name of the parameter."""
    value: AmountAsked | None = None
    """The value, in the parameter's own unit; empty for the published one again."""
    in_force_from: date
    """The first day on which it holds: tomorrow at the earliest."""
    why: Annotated[Prose, Len(1, 8000)]
    """Why, without naming a child."""

    def decide(self, case: Case) -> None:
        parameter = _known(self.parameter, "parameter")
        found = _day_ahead(case, self.in_force_from)
        if self.value is not None:
            found += _in_range(parameter, self.value)
        elif self.parameter not in cast(Organisation, case.target).own_values:
            message = "The organisation keeps to the published value already."
            found.append(Reason(code="nothing_to_give_up", message=message, field="value"))
        if found:
            raise Invalid(found)
        if self.value is not None:
            _require_as_tight(case, parameter, self.value, self.in_force_from)
        value = None if self.value is None else _plain(parameter, self.value)
        case.target.remember(ParameterTightened, **{**self.facts(), "value": value})


def _require_as_tight(case: Case, parameter: Parameter, value: Number, day: date) -> None:
    """Raises Refused where the published number asks more: nobody excuses themselves from a rule."""
    # Not what was read this morning: the day that counts lies ahead, and a version for it may have come since.
    guidance = case.find(Guidance, guidance_id(parameter.name))
    published = Parameters({parameter.name: guidance} if guidance else {}).version(parameter.name, on=day)
    if published is None or parameter.at_least_as_tight(value, published.value):
        return
    direction = "at most" if parameter.tighter == "lower" else "at least"
    message = (
        f"For everybody it is {published.value:,} {parameter.unit}. An organisation may ask more of itself, never less: "
        f"give {direction} {published.value:,}."
    )
    reason = Reason(code="looser_than_published", message=message, source=published.source, field="value")
    raise Refused([reason])


def _publish(
    guidance: Guidance,
    parameter: Parameter,
    value: Number,
    in_force_from: date | None,
    source: str = "",
    mark: Mark | None = None,
    why: str = "",
) -> None:
    guidance.remember(
        e.VersionPublished,
        parameter=parameter.name,
        number=len(guidance.versions) + 1,
        value=value,
        in_force_from=in_force_from,
        source=source or parameter.source,
        mark=mark or parameter.mark,
        why=why,
    )


def _known(name: str, field: str) -> Parameter:
    parameter = PARAMETERS.get(name)
    if parameter is None:
        message = "There is no parameter of this name. The list of parameters names them all."
        raise Invalid([Reason(code="no_such_parameter", message=message, field=field)])
    return parameter


def _day_ahead(case: Case, day: date) -> list[Reason]:
    if day > case.today:
        return []
    message = f"It can hold from tomorrow at the earliest; today is {in_words(case.today)}. What was decided stays as it was decided."
    return [Reason(code="in_force_too_early", message=message, field="in_force_from")]


def _in_range(parameter: Parameter, value: Number) -> list[Reason]:
    fault = parameter.fault_of(value)
    return [Reason(code="out_of_range", message=fault, field="value")] if fault else []


def _plain(parameter: Parameter, value: Number) -> Number:
    """A whole number is kept as one, however it was written."""
    return int(value) if parameter.whole else value
