"""Commands about the keeping of a child's words: one person asks for an erasure, a second one decides; a hold stops it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Len

from domain import forgetting_events as e
from domain.days_in_words import in_words
from domain.events import Event, RuleWeighed
from domain.facts.forgetting import AskedBy, Categories, ErasureGround, HoldReason, RefusalGround
from domain.happened import Happened
from domain.keeping import Erasure
from domain.personal import Category, Words
from domain.reasons import Invalid, NotPermitted, Reason, Refused
from domain.retention import EVERY
from domain.rules.erasing import ERASURE
from workflows.case import Case
from workflows.child_command import ChildCommand
from workflows.moves import Weighed
from workflows.words_left import kinds_left

OWN_WORK = "Design: second person"
ONCE = "Design: what is erased is erased once"


class RequestErasure(ChildCommand):
    """Ask that words about the child be erased. It is refused at once, with every reason, where they must be kept."""

    event: ClassVar[type[Event] | None] = e.ErasureRequested
    categories: Categories
    """Which kinds of words: each is sealed under a key of its own. Identity goes with the last of the others."""
    ground: ErasureGround
    """The time for keeping them is over, or why UK GDPR Art. 17 has them erased."""
    asked_by: AskedBy
    """Who asked: no name."""
    asked_on: Happened
    """The day on which it was asked."""

    def decide(self, case: Case) -> None:
        _something_left(case, self.categories, "categories")
        _weigh(case, _once(self.categories), self.ground)
        case.target.remember(self.event or Event, **{**self.facts(), "categories": _once(self.categories)})


class ApproveErasure(ChildCommand):
    """Decide that the words are erased. Not by who asked for it. From that moment nobody can read them, and no one can undo it."""

    request: Annotated[int, Ge(1)]
    """The number of the request: the version at which it was made."""

    def decide(self, case: Case) -> None:
        _not_approved_yet(case, self.request)
        asked = _open_request(case, self.request)
        _second_person(case, asked)
        _something_left(case, asked.categories, "request")
        _weigh(case, asked.categories, asked.ground)
        case.target.remember(
            e.ErasureApproved,
            request=asked.request,
            requested_by=asked.requested_by,
            categories=asked.categories,
            ground=asked.ground,
        )


class RefuseErasure(ChildCommand):
    """Decide that the words are kept, with the reasons that who asked is told. Not by who entered the request."""

    request: Annotated[int, Ge(1)]
    """The number of the request: the version at which it was made."""
    grounds: Annotated[tuple[RefusalGround, ...], Len(1, 7)]
    """Why: what UK GDPR Art. 17(3) or the schedule says."""

    def decide(self, case: Case) -> None:
        asked = _open_request(case, self.request)
        _second_person(case, asked)
        facts = {**self.facts(), "requested_by": asked.requested_by}
        case.target.remember(e.ErasureRefused, **facts)


class PlaceHold(ChildCommand):
    """Order that nothing of these categories be erased, whatever the schedule says, until the hold is lifted."""

    because: HoldReason
    """Why."""
    categories: Categories = EVERY
    """Which kinds of words; all, where it is left out."""
    review_on: date | None = None
    """The day on which to look whether it is still needed."""
    reference: Words | None = None
    """The number or name of the case. It is sealed."""

    def decide(self, case: Case) -> None:
        facts = {**self.facts(), "categories": _once(self.categories), "reference": self.reference or ""}
        case.target.remember(e.HoldPlaced, **facts)


class LiftHold(ChildCommand):
    """Say that a hold is over."""

    event: ClassVar[type[Event] | None] = e.HoldLifted
    hold: Annotated[int, Ge(1)]
    """The number of the hold: the version at which it was placed."""

    def decide(self, case: Case) -> None:
        if all(hold.number != self.hold for hold in case.child.holds):
            message = "There is no hold in force with this number."
            raise Invalid([Reason(code="no_such_hold", message=message, field="hold")])
        super().decide(case)


class NoteErasure(ChildCommand):
    """Note that an approved erasure was carried out. Only the service itself does so, once for each."""

    event: ClassVar[type[Event] | None] = e.WordsErased
    approval: int
    """The version at which it was approved."""
    keys: int
    """How many keys were destroyed."""

    def decide(self, case: Case) -> None:
        waiting = [one for one in case.child.erasures if one.approval == self.approval]
        if all(one.state != "approved" for one in waiting):
            raise Invalid([Reason(code="no_such_approval", message="No approval waits.", field="approval")])
        super().decide(case)


def _once(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    """Each category once, in one order."""
    return tuple(category for category in EVERY if category in categories)


def _open_request(case: Case, number: int) -> Erasure:
    for asked in case.child.erasures:
        if asked.request == number and asked.state == "requested":
            return asked
    message = "There is no open request with this number."
    raise Invalid([Reason(code="no_such_request", message=message, field="request")])


def _not_approved_yet(case: Case, number: int) -> None:
    """Raises Refused where another person was quicker."""
    for asked in case.child.erasures:
        if asked.request == number and asked.approval is not None:
            raise Refused([_already_erased(asked, "request")])


def _something_left(case: Case, categories: tuple[Category, ...], field: str) -> None:
    """Raises Refused where all of it was erased, and nothing of the kind was written down since."""
    last = {c: erasure for erasure in case.child.erasures if erasure.approval for c in erasure.categories}
    if not set(categories) <= set(last):
        return
    # As soon as it is approved it is as good as done; what can still be read is of later only when the keys are known to be gone.
    waits = any(last[category].state == "approved" for category in categories)
    if waits or kinds_left(case).isdisjoint(categories):
        erasures = {last[category].request: last[category] for category in categories}
        raise Refused([_already_erased(erasure, field) for erasure in erasures.values()])


def _already_erased(erasure: Erasure, field: str) -> Reason:
    words = ", ".join(erasure.categories)
    message = f"Already erased on {in_words(erasure.decided_on)} by {erasure.decided_by}: {words} (request number {erasure.request})."
    return Reason(code="already_erased", message=message, source=ONCE, field=field)


def _second_person(case: Case, asked: Erasure) -> None:
    """Raises NotPermitted for a part of the service, Refused for who asked: there is no right to decide on one's own request."""
    if case.asker.machine:
        raise NotPermitted("A person decides on an erasure.", "a_person_decides")
    if asked.requested_by == case.asker.person_id:
        message = "You asked for this erasure. Another person must decide on it."
        raise Refused([Reason(code="own_work", message=message, source=OWN_WORK)])


def _weigh(case: Case, categories: tuple[Category, ...], ground: ErasureGround) -> None:
    """Ask every rule of erasure. Raises Refused with every reason."""
    case.asked = replace(case.asked, categories=categories, ground=ground)
    refusals: list[Reason] = []
    warnings: list[Reason] = []
    weighed: list[RuleWeighed] = []
    for rule in ERASURE:
        reasons = rule.weigh(case)
        (warnings if rule.warning else refusals).extend(reasons)
        code = reasons[0].code if reasons else ""
        verdict: Literal["met", "warned"] = "warned" if reasons else "met"
        weighed.append(RuleWeighed(rule=rule.name, version=rule.version, verdict=verdict, reason=code))
    if refusals:
        raise Refused(refusals)
    case.weigh(Weighed(None, (), tuple(warnings), tuple(weighed), None))
