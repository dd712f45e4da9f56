"""Active and review: held at least each half-term, with everyone, and with a decision."""

from __future__ import annotations

from datetime import date, timedelta

from domain.days_in_words import in_words
from domain.routes import Route
from domain.rules.rule import Answer, CaseFacts, No, rule
from domain.school_days import OutsideCalendar
from domain.thresholds import proposed_limits, proposed_limits_passed


def last_day_for_review(case: CaseFacts, after: date) -> date:
    """The last day on which the next review keeps to once each half-term, and to the longest wait in weeks.

    The last school day of the half-term after the one in which `after` lies, where a review was already held in that one;
    for a new placement and from a holiday, the next half-term that ends after the day. About half a term where no calendar
    tells (design).
    """
    half_term = _end_of_half_term(case, after)
    longest = after + timedelta(weeks=case.parameters.of("review_interval_weeks"))
    if half_term is None:
        weeks = case.parameters.of("review_interval_weeks_without_calendar")
        half_term = after + timedelta(weeks=weeks)
    return min(half_term, longest)


def _end_of_half_term(case: CaseFacts, after: date) -> date | None:
    if case.days is None:
        return None
    try:
        halves = [h for h in case.days.half_terms() if h.last_school_day > after]
        here = case.days.half_term_of(after)
    except OutsideCalendar:
        return None
    if not halves:
        return None
    held_here = here is not None and any(
        here.starts_on <= held.held_on <= here.ends_on
        for meeting in case.placement.reviews
        for held in meeting.held
    )
    wanted = halves[1] if held_here and here == halves[0] and len(halves) > 1 else halves[0]
    return wanted.last_school_day


@rule("KCSIE Part 3; Arranging Alternative Provision, DfE, February 2025", "S")
def the_next_review_is_within_the_half_term(case: CaseFacts) -> Answer:
    """A placement is reviewed at least once each half-term (item 54; T16)."""
    wanted = case.asked.next_review_on
    if wanted is None:
        return None
    start = max(case.asked.on or case.today, case.today)
    field = "next_review_on" if case.placement.started_on is not None else "first_review_on"
    if wanted < start:
        return No("review_in_the_past", f"The next review cannot be before {in_words(start)}.", field)
    latest = last_day_for_review(case, start)
    if wanted <= latest:
        return None
    return No(
        "review_too_late",
        f"The next review must be held by {in_words(latest)}: at least once each half-term.",
        field,
    )


@rule("003 ¶52; 004 l.32", "source", may_be_overridden=False)
def the_review_was_held(case: CaseFacts) -> Answer:
    """The review was held and its findings written down (item 64)."""
    if case.placement.reviews and case.placement.reviews[-1].held:
        return None
    return No("review_not_held", "Hold the review and record its findings.")


@rule("003 ¶52; 004 l.32", "source")
def everyone_took_part_in_the_review(case: CaseFacts) -> Answer:
    """Child, parent, provider and commissioner took part or sent their views (item 64)."""
    if not case.placement.reviews or not case.placement.reviews[-1].held:
        return None
    held = case.placement.reviews[-1].held[-1]
    missing = [
        p
        for p in ("child", "parent", "provider", "commissioner")
        if p not in (*held.attended, *held.sent_views)
    ]
    if not missing:
        return None
    return No(
        "reviewers_missing",
        f"Neither present nor heard: {', '.join(missing)}. Get their views and record the review again.",
    )


@rule("003 ¶41; KCSIE 2026 ¶74", "source", may_be_overridden=False)
def no_safeguarding_concern_is_open(case: CaseFacts) -> Answer:
    """The child does not go on there while a safeguarding concern is unresolved (T17)."""
    if not case.placement.safeguarding_open:
        return None
    return No(
        "safeguarding_concern_open",
        "The safeguarding lead must first decide, with reasons, that the concern is resolved.",
    )


@rule(
    "Government proposal on non-school alternative provision, 2025: not law", "S", warning=True, chosen=True
)
def it_keeps_to_the_proposed_limits(case: CaseFacts) -> Answer:
    """Proposal: at most 12 weeks, or else at most 2 days (4 sessions) a week; EOTAS packages apart."""
    commission = case.placement.commission
    if commission is None or case.placement.route is Route.EOTAS_S61:
        return None
    weeks = (commission.ends_by - commission.starts_on).days / 7
    limits = proposed_limits(case.parameters, case.today)
    return [
        No(r.code, r.message) for r in proposed_limits_passed(weeks, commission.sessions_per_week, limits)
    ]


REVIEW = (
    the_review_was_held,
    everyone_took_part_in_the_review,
    no_safeguarding_concern_is_open,
    the_next_review_is_within_the_half_term,
)
PROPOSALS = (it_keeps_to_the_proposed_limits,)
