"""Which facts of a placement that ends hold on for its successor: by their age, and by what they were about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from domain import placement_events as before
from domain import referral_events as referral
from domain.events import Event
from domain.facts.carrying import Because, Carried, Carryable
from domain.facts.needs import Views
from domain.guidance import Parameters
from domain.placement import Placement

RULES: dict[Carryable, tuple[str, ...]] = {
    "passport": ("the_passport_is_open",),
    "needs_assessment": ("the_needs_are_assessed",),
    "earlier_support": (
        "earlier_support_is_recorded",
        "in_school_strategies_were_tried_for_a_looked_after_child",
    ),
    "childs_views": ("the_child_was_asked",),
    "parents_views": ("a_parent_was_asked",),
    "professionals_meeting": (
        "the_professionals_met",
        "in_school_strategies_were_tried_for_a_looked_after_child",
    ),
    "plan": ("the_plan_is_written",),
    "agreement_to_the_plan": ("all_four_agree_to_the_plan",),
}
CONSULTED: dict[str, tuple[str, ...]] = {
    "social_worker": ("the_social_worker_was_consulted",),
    "virtual_school": ("the_virtual_school_was_consulted",),
    "local_authority": ("the_local_authority_was_consulted",),
}
REPLACED_BY = "replace_placement"


@dataclass(frozen=True, slots=True)
class ToCarry:
    """A fact, whether it holds on, and the event by which the successor would remember it."""

    told: Carried
    kind: type[Event] | None = None
    facts: tuple[tuple[str, Any], ...] = ()


def facts_to_carry(old: Placement, today: date, numbers: Parameters) -> Iterator[ToCarry]:
    """Every fact that the gates of a successor ask for, in their order."""

    def youngest(name: str) -> date:
        return today - timedelta(days=int(numbers.of(f"{name}_holds_days")))

    yield from _of_the_child(old, youngest)
    yield from _views(old)
    for one in old.consultations:
        fact = (referral.ConsultationRecorded, (("consultation", one),))
        yield ToCarry(_by_age("consultation", one.on, youngest("consultation"), one.with_whom), *fact)
    if old.meeting is not None:
        told = _by_age("professionals_meeting", old.meeting.held_on, youngest("professionals_meeting"))
        yield ToCarry(told, referral.ProfessionalsMet, (("meeting", old.meeting),))
    yield from _plan(old)


def _of_the_child(old: Placement, youngest: Callable[[str], date]) -> Iterator[ToCarry]:
    if old.passport is not None:
        told = _by_age("passport", passport_since(old), youngest("passport"))
        yield ToCarry(told, referral.PassportUpdated, (("passport", old.passport),))
    if old.needs is not None:
        told = _by_age("needs_assessment", old.needs.assessed_on, youngest("needs_assessment"))
        yield ToCarry(told, referral.NeedsAssessed, (("assessment", old.needs),))
    for support in old.earlier_support:
        told = _ageless("earlier_support", support.from_on)
        yield ToCarry(told, referral.EarlierSupportRecorded, (("support", support),))


def _plan(old: Placement) -> Iterator[ToCarry]:
    if old.plan is not None:
        yield ToCarry(_ageless("plan", None), before.PlanWritten, (("plan", old.plan),))
    if old.plan_agreed:
        # Who agreed, agreed to this plan at the former provider.
        told = Carried(
            what="agreement_to_the_plan",
            holds=False,
            since=max(old.plan_agreed.values()),
            because="it_was_about_the_former_placement",
            rules=RULES["agreement_to_the_plan"],
        )
        yield ToCarry(told)


def _by_age(what: Carryable, since: date | None, youngest: date, whom: str | None = None) -> Carried:
    holds = since is not None and since >= youngest
    rules = CONSULTED.get(whom, ()) if whom else RULES[what]
    because: Because = "it_is_not_too_old" if holds else "it_is_too_old"
    return Carried(what=what, whom=whom, holds=holds, since=since, because=because, rules=rules)


def _ageless(what: Carryable, since: date | None) -> Carried:
    return Carried(what=what, holds=True, since=since, because="it_does_not_age", rules=RULES[what])


def _views(old: Placement) -> Iterator[ToCarry]:
    """Child and parent are asked about each placement anew (002 l.34, l.36; 004 l.53), unless they were since it broke down."""
    fell = max((b.on for b in old.breakdowns), default=None)
    for views in old.views:
        holds = fell is not None and views.asked_on >= fell and views.phase != "end"
        told = Carried(
            what="childs_views" if views.whose == "child" else "parents_views",
            holds=holds,
            since=views.asked_on,
            because="it_was_asked_since_the_breakdown" if holds else "it_was_about_the_former_placement",
            rules=RULES["childs_views" if views.whose == "child" else "parents_views"],
        )
        yield ToCarry(told, referral.ViewsRecorded, (("views", _before(views)),))


def _before(views: Views) -> Views:
    """What they said since the breakdown is, for the successor, what they said before it."""
    return Views(
        whose=views.whose,
        phase="before",
        asked_on=views.asked_on,
        words=views.words,
        agrees=views.agrees,
        used_for=views.used_for,
    )


def passport_since(old: Placement) -> date | None:
    """When the passport was last brought up to date by someone, and not only handed on from placement to placement."""
    written = [
        e for e in old.events if isinstance(e, referral.PassportUpdated) and e.decision.command != REPLACED_BY
    ]
    if written:
        return written[-1].occurred_on
    return next((one.since for one in old.carried if one.what == "passport"), None)
