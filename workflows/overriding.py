"""Commands of the emergency override: one person asks, a senior officer decides, it runs out by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, ClassVar

from annotated_types import Ge, Len

from domain import placement_events as e
from domain.days_in_words import in_words
from domain.events import Event
from domain.people import Role
from domain.personal import Label, Words
from domain.placement_parts import Override
from domain.reasons import Invalid, Reason, Refused
from workflows.case import Case
from workflows.placement_command import PlacementCommand
from workflows.placement_moves import PLACEMENT


def overridable_rules() -> dict[str, str]:
    """The rules that an emergency can set aside, with their sentences."""
    return {
        r.name: r.sentence
        for m in PLACEMENT.rows.values()
        for r in m.needs
        if r.may_be_overridden and not r.warning
    }


class RequestOverride(PlacementCommand):
    """Ask that named rules be set aside for a time, in an emergency such as a sixth-day deadline."""

    event: ClassVar[type[Event] | None] = e.OverrideRequested
    rules: Annotated[tuple[Label, ...], Len(1, 20)]
    """The rules, by the names that a refusal gives."""
    why: Words
    """Why it cannot wait."""
    until: date
    """The last day of the override: at most 28 days from now, unless another limit was published."""

    def before(self, case: Case) -> None:
        may = overridable_rules()
        found = [
            Reason(
                code="not_overridable",
                message=f"'{name}' is not a rule that can be set aside.",
                field="rules",
            )
            for name in self.rules
            if name not in may
        ]
        found += _until_is_sensible(case, self.until)
        if found:
            raise Invalid(found)


class ApproveOverride(PlacementCommand):
    """A senior officer sets the rules aside until a day. Not the person who asked, unless they hold the right to approve their own work."""

    event: ClassVar[type[Event] | None] = e.OverrideApproved
    request: Annotated[int, Ge(1)]
    """The number of the request: the version at which it was made."""
    until: date
    """The last day; no later than was asked for."""

    def before(self, case: Case) -> None:
        asked = _open_request(case, self.request)
        found = _until_is_sensible(case, self.until)
        if self.until > asked.until:
            found.append(
                Reason(
                    code="longer_than_asked",
                    message=f"It was asked for until {in_words(asked.until)}.",
                    field="until",
                )
            )
        if found:
            raise Invalid(found)
        if asked.requested_by == case.asker.person_id and not case.asker.acts_as(Role.SELF_APPROVER):
            message = "You asked for this override. Another senior officer must decide on it."
            raise Refused([Reason(code="own_work", message=message, source="Design: second person")])

    def happened(self, case: Case) -> dict[str, Any]:
        asked = _open_request(case, self.request)
        return {
            "request": asked.request,
            "requested_by": asked.requested_by,
            "rules": asked.rules,
            "until": self.until,
            "self_approved": asked.requested_by == case.asker.person_id,
        }


class DeclineOverride(PlacementCommand):
    """Turn down a request to set rules aside."""

    event: ClassVar[type[Event] | None] = e.OverrideDeclined
    request: Annotated[int, Ge(1)]
    """The number of the request: the version at which it was made."""

    def before(self, case: Case) -> None:
        _open_request(case, self.request)


def _open_request(case: Case, number: int) -> Override:
    for asked in case.placement.overrides:
        if asked.request == number and asked.state == "requested":
            return asked
    raise Invalid(
        [
            Reason(
                code="no_such_request", message="There is no open request with this number.", field="request"
            )
        ]
    )


def _until_is_sensible(case: Case, until: date) -> list[Reason]:
    if until < case.today:
        return [Reason(code="already_over", message="The last day lies in the past.", field="until")]
    latest = case.today + timedelta(days=case.parameters.of("override_days_at_most"))
    if until > latest:
        return [
            Reason(
                code="too_long", message=f"An override lasts at most until {in_words(latest)}.", field="until"
            )
        ]
    return []
