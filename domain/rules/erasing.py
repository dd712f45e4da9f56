"""When words about a child may be erased. Who asks in vain is told every reason; a person decides, and another one approves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.child import Child
from domain.days_in_words import in_words
from domain.personal import Category
from domain.placement import Placement
from domain.retention import EVERY, KeptAbout, Verdict, verdict
from domain.rules.rule import Answer, CaseFacts, No, rule
from domain.stages import Stage

BY_FORCE_OF_LAW = ("unlawful", "legal_duty")
"""Grounds that no period of the schedule stands against: the words should never have been kept, or a law or court has them erased."""


@rule("Design: a hold stops every erasure", "design", may_be_overridden=False)
def nothing_is_held(case: CaseFacts) -> Answer:
    """No hold on these words is in force."""
    return [
        No(
            "on_hold",
            f"A hold (number {hold.number}) is in force: {hold.because.replace('_', ' ')}. Lift it first.",
        )
        for hold in case.child.held(case.asked.categories)
    ]


@rule("Design: the retention schedule, with the source of each period", "design", may_be_overridden=False)
def no_checked_period_runs(case: CaseFacts) -> Answer:
    """No period of the schedule whose source was checked is still running, or the law itself has the words erased."""
    if case.asked.ground in BY_FORCE_OF_LAW:
        return None
    return [
        No("within_retention", f"{_sentence(found)} The source is: {found.because.source}.", "categories")
        for found in verdicts(case)
        if found.status == "keep"
    ]


@rule("Design: an unverified period warns and never decides", "design", warning=True)
def no_unverified_period_runs(case: CaseFacts) -> Answer:
    """No period whose source no one has verified is still running."""
    return [
        No(
            "unverified_retention",
            f"{_sentence(found)} No one has verified this period: look it up before you decide.",
        )
        for found in verdicts(case)
        if found.status in ("keep_proposed", "unknown")
    ]


@rule("Design: nobody's words are erased while a placement needs them", "design", may_be_overridden=False)
def no_placement_is_open(case: CaseFacts) -> Answer:
    """Every placement of the child has come to its end."""
    is_open = sum(placement.stage is not Stage.EXIT for placement in case.placements_of_child)
    if not is_open:
        return None
    return No("placement_open", f"The child has placements that have not ended: {is_open}. End them first.")


@rule("Design: a child's safety comes before erasure", "design", may_be_overridden=False)
def no_safeguarding_is_open(case: CaseFacts) -> Answer:
    """No safeguarding concern is open, and the child is on no child protection plan."""
    found = []
    if any(placement.safeguarding_open for placement in case.placements_of_child):
        found.append(No("safeguarding_open", "A safeguarding concern is open. It has to be resolved first."))
    worker = case.child.social_worker
    if worker is not None and worker.plan == "child_protection":
        found.append(
            No("child_protection_plan", "The child is on a child protection plan. It has to end first.")
        )
    return found


@rule("Design: what is left has to be about someone", "design", may_be_overridden=False)
def identity_goes_with_the_last(case: CaseFacts) -> Answer:
    """Who the child is, is erased together with all other words, or after them."""
    asked = case.asked.categories
    left = [c for c in EVERY if c not in asked and c not in case.child.erased]
    if "identity" not in asked or not left:
        return None
    message = f"Without it nobody knows whom the rest is about. Erase these too, or leave identity out: {', '.join(left)}."
    return No("others_would_remain", message, "categories")


ERASURE = (
    nothing_is_held,
    no_checked_period_runs,
    no_unverified_period_runs,
    no_placement_is_open,
    no_safeguarding_is_open,
    identity_goes_with_the_last,
)
"""What is asked when an erasure is asked for, and again when it is approved."""


def kept_about(child: Child, placements: Iterable[Placement], today: date) -> KeptAbout:
    """What the schedule has to know of the child."""
    begun = [placement for placement in placements if placement.started_on is not None]
    return KeptAbout(
        born_on=child.born_on,
        special_needs=child.ever_had_special_needs,
        looked_after=child.ever_looked_after,
        child_protection=child.ever_on_child_protection or any(one.safeguarding for one in begun),
        last_register_on=max((one.ended_on or today for one in begun), default=None),
    )


def verdicts(case: CaseFacts) -> list[Verdict]:
    """How it stands with each category that is asked for."""
    kept = kept_about(case.child, case.placements_of_child, case.today)
    asked: tuple[Category, ...] = case.asked.categories
    return [verdict(kept, category, case.parameters, case.today) for category in asked]


def _sentence(found: Verdict) -> str:
    because = found.because
    if found.until is None:
        return f"From which day to keep the {because.period.record} ({found.category}) is not known."
    return f"The {because.period.record} ({found.category}) is kept for {because.years} years, until {in_words(found.until)}."
