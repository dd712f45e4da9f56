"""What follows when a placement breaks down, a child is not safe, or a family withdraws: contingency, and who is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.facts.breaking_down import BreakdownCause, Tomorrow
from domain.facts.reviewing import ReviewOpened
from domain.noticed_events import WithdrawalAnnounced
from domain.placement import Placement
from domain.placement_life_events import BrokenDown, SafeguardingConcernReported, TomorrowAnswered
from domain.stages import Stage
from workflows.noticing import AskForEarlyReview
from workflows.reviewing import INVITED, CallReview
from workflows.stopping import StartContingency
from workflows.triggers.cause import FellDue, Happened
from workflows.triggers.messages import NOW, TODAY, Message, in_words, told
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View

BREAKS = (BrokenDown, SafeguardingConcernReported)
WHERE = {
    "home_school": "back at school",
    "interim_provision": "interim provision",
    "no_education": "nothing is arranged yet",
}
WITHDREW: dict[str, BreakdownCause] = {"parent": "parent_withdrew", "child": "child_withdrew"}


def _day(event: BrokenDown | SafeguardingConcernReported) -> date:
    return event.breakdown.on if isinstance(event, BrokenDown) else event.concern.on


@trigger(
    "003 ¶41; KCSIE 2026 (T17)",
    "source",
    watches=(SafeguardingConcernReported,),
    tells=("safeguarding_concern",),
)
def a_safeguarding_concern_is_told_at_once(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """A safeguarding concern stops the placement in the decision that reports it; safeguarding lead and officers are told day and night."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    if placement is None or not isinstance(event, SafeguardingConcernReported):
        return
    yield told(
        placement, "safeguarding_concern",
        ("safeguarding_lead", "named_officer", "commissioner", "home_school"), day=in_words(event.concern.on),
    )  # fmt: skip


@trigger("003 ¶51; item 70 (T19)", "source", watches=(BrokenDown,), tells=("placement_broke_down",))
def a_breakdown_is_told(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """A breakdown is told to commissioner, named officer, home school, provider and parent, with where the child is tomorrow."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    if placement is None or not isinstance(event, BrokenDown):
        return
    yield told(
        placement, "placement_broke_down",
        ("commissioner", "named_officer", "home_school", "provider", "parent"),
        day=in_words(event.breakdown.on), tomorrow=WHERE[event.tomorrow.where], due=TODAY,
    )  # fmt: skip


@trigger(
    "003 ¶51-52; item 70", "source", watches=(*BREAKS, TomorrowAnswered), tells=("day_without_education",)
)
def a_day_without_education_has_an_owner(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """Where the answer to "where is the child tomorrow" is "nowhere", commissioner and named officer are told whose day it is."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    tomorrow: Tomorrow | None = getattr(event, "tomorrow", None)
    if placement is None or tomorrow is None or tomorrow.where != "no_education":
        return
    yield told(
        placement, "day_without_education",
        ("commissioner", "named_officer"), from_day=in_words(tomorrow.from_on), days="no school day", due=TODAY,
    )  # fmt: skip


@trigger("003 ¶51; item 70 (T19)", "source", duties=("T19",), tells=("day_without_education",))
def no_education_after_a_breakdown_is_taken_higher(cause: FellDue, view: View) -> Iterator[Follows | Message]:
    """No other education on the school day after a breakdown is taken to the named officer and a senior officer."""
    placement = view.find(Placement, cause.placement_id)
    if placement is None:
        return
    yield told(
        placement, "day_without_education",
        ("named_officer", "senior_officer"), from_day=in_words(cause.due_on), days="one school day", due=NOW,
    )  # fmt: skip


@trigger(
    "Children and Families Act 2014 s.42 and s.44 (T26): that it has to be at once is unverified",
    "U", watches=BREAKS, does=("ask_for_early_review",), tells=("early_annual_review",),
)  # fmt: skip
def breakdown_of_a_child_with_a_plan_asks_for_an_early_review(
    cause: Happened, view: View
) -> Iterator[Follows | Message]:
    """The breakdown of a child with an EHC plan asks the authority for an early annual review of the plan."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    child = view.child_of(placement) if placement else None
    if placement is None or child is None or child.ehc_plan is None or not isinstance(event, BREAKS):
        return
    asked = AskForEarlyReview(placement_id=placement.id, on=_day(event))
    yield Follows(asked, child.id, "review", placement.id, placement.commissioner_id)
    yield told(
        placement, "early_annual_review",
        ("authority",), day=in_words(_day(event)), due=TODAY,
    )  # fmt: skip


@trigger(
    "004 l.54; 002 l.33; item 21", "source", watches=BREAKS, tells=("looked_after_placement_broke_down",)
)
def breakdown_of_a_looked_after_child_is_told(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """The breakdown of a looked-after child is told to the social worker and the virtual school."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    child = view.child_of(placement) if placement else None
    if placement is None or child is None or child.looked_after is None or not isinstance(event, BREAKS):
        return
    yield told(
        placement, "looked_after_placement_broke_down",
        ("social_worker", "virtual_school_head"), day=in_words(_day(event)), tomorrow=WHERE[event.tomorrow.where], due=TODAY,
    )  # fmt: skip


@trigger(
    "003 ¶51-52; items 22, 70", "source", watches=(WithdrawalAnnounced,),
    does=("start_contingency", "call_review"), tells=("family_withdraws",),
)  # fmt: skip
def a_withdrawal_starts_contingency(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """A parent or child who withdraws starts the contingency plan; where they still come until a later day, a review is called."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    if placement is None or not isinstance(event, WithdrawalAnnounced):
        return
    said, whose = event.withdrawal, placement.commissioner_id
    goes_on = said.last_day is not None and said.last_day > cause.on
    if placement.stage in (Stage.ACTIVE, Stage.REVIEW) and not goes_on:
        what = f"The {said.by} withdrew from the placement on {in_words(said.on)}."
        start = StartContingency(cause=WITHDREW[said.by], on=said.on, what_happened=what)
        yield Follows(start, placement.id, "contingency", placement.id, whose)
    elif placement.stage is Stage.ACTIVE and said.last_day is not None:
        review = ReviewOpened(
            kind="requested", requested_by=said.by, meeting_on=said.last_day, invited=INVITED
        )
        yield Follows(CallReview(review=review), placement.id, "review", placement.id, whose)
    yield told(
        placement, "family_withdraws",
        ("commissioner", "named_officer", "home_school"), who=f"The {said.by}", day=in_words(said.on), due=TODAY,
    )  # fmt: skip
