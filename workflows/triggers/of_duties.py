"""What follows when a duty is not met: who owes it hears of it, and a missed review is taken higher step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from uuid import UUID

from domain.deadlines.time_rule import Owner
from domain.facts.noticing import Escalation
from domain.facts.telling import RecordKind, Relation
from domain.placement import Placement
from domain.stages import LIVE
from domain.time_rules import TIME_RULES, time_rule
from domain.working_days import LONDON
from workflows.noticing import Escalate
from workflows.triggers.cause import FellDue
from workflows.triggers.messages import TODAY, Message, in_words, told
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View

REVIEWS = ("T16",)
SEEN_TO_OTHERWISE = frozenset({"T7", "T8", "T9", "T16", "T17", "T19", "T26", "T46", "T47"})
"""Rules for which a trigger of their own tells people, so that nobody hears of one thing twice; T46 is about a calendar."""
WORTH_TELLING = frozenset({"T3", "T29", "T35", "T42", "T43", "T44"})
"""Rules that do not bind by law, and whose neglect a child feels all the same."""
TOLD = tuple(
    sorted(
        id
        for id, rule in TIME_RULES.items()
        if (rule.severity == "hard" or id in WORTH_TELLING) and id not in SEEN_TO_OTHERWISE
    )
)
"""Rules whose duties are told to who owes them, before their day and when they are missed."""
SIXTH_DAY = ("T1", "T2", "T3")
RELATION: dict[Owner, Relation] = {
    "local_authority": "named_officer",
    "school": "home_school",
    "governing_body": "home_school",
    "head": "home_school",
    "provider": "provider",
    "commissioner": "commissioner",
    "social_worker": "virtual_school_head",
    "safeguarding_lead": "safeguarding_lead",
    "controller": "senior_officer",
}
"""To whom a duty is told, by who owes it. A parent's is told to nobody: it is their right and not their debt."""


@trigger(
    "003 ¶45; KCSIE Part 3 (T16); the number of days is our own choice", "source", duties=REVIEWS,
    waits="missed_review_to_named_officer_days", does=("escalate",), tells=("review_missed",),
)  # fmt: skip
def a_missed_review_is_taken_to_the_named_officer(cause: FellDue, view: View) -> Iterator[Follows | Message]:
    """A half-termly review that was not held is taken to the named officer, and the commissioner is reminded."""
    yield from _taken(cause, view, ("named_officer", "commissioner"))


@trigger(
    "003 ¶45; KCSIE Part 3 (T16); the number of days is our own choice", "source", duties=REVIEWS,
    waits="missed_review_to_manager_days", does=("escalate",), tells=("review_missed",),
)  # fmt: skip
def a_review_still_missed_is_taken_to_the_manager(cause: FellDue, view: View) -> Iterator[Follows | Message]:
    """A half-termly review that is still not held so many working days later is taken to the named officer's manager."""
    yield from _taken(cause, view, ("senior_officer",))


def _taken(cause: FellDue, view: View, to: tuple[Relation, ...]) -> Iterator[Follows | Message]:
    placement = view.find(Placement, cause.placement_id)
    if placement is None or placement.stage not in LIVE:
        return
    escalation = Escalation(
        to="manager" if "senior_officer" in to else "named_officer",
        rule=cause.rule,
        duty_id=cause.duty_id,
        due_on=cause.due_on,
    )
    whose = placement.commissioner_id
    yield Follows(Escalate(escalation=escalation), placement.id, "escalation", placement.id, whose)
    yield told(placement, "review_missed", to, due_day=in_words(cause.due_on), due=TODAY)


@trigger(
    "The source of the time rule itself: see time-rules.md", "source", duties=TOLD, became=("overdue",),
    tells=("overdue",),
)  # fmt: skip
def a_missed_duty_is_told_to_who_owes_it(cause: FellDue, view: View) -> Iterator[Follows | Message]:
    """A duty that binds, or that a child feels the lack of, and whose day went by undone, is told to who owes it."""
    yield from _told(cause, "overdue")


@trigger(
    "The source of the time rule itself: see time-rules.md", "source", duties=(*TOLD, "T16", "T34_expiry"),
    became=("due_soon",), tells=("due_soon",),
)  # fmt: skip
def a_duty_is_told_before_its_day(cause: FellDue, view: View) -> Iterator[Follows | Message]:
    """Such a duty is told to who owes it some days before its day, with the morning's digest."""
    yield from _told(cause, "due_soon")


@trigger(
    "Education Act 1996 s.19; Education and Inspections Act 2006 s.100-101 (T1, T2, T3)", "S", duties=SIXTH_DAY,
    tells=("overdue",),
)  # fmt: skip
def a_missed_sixth_day_is_taken_to_a_senior_officer(
    cause: FellDue, view: View
) -> Iterator[Follows | Message]:
    """A child who is not taught on the sixth school day is told to a senior officer of whoever has to see to it."""
    yield from _told(cause, "overdue", "senior_officer")


def _told(cause: FellDue, template: str, to: Relation | None = None) -> Iterator[Follows | Message]:
    rule = time_rule(cause.rule)
    relation = to or RELATION.get(rule.owner)
    if relation is None:
        return
    kind, id = _about(cause)
    if kind != "placement" and relation in ("home_school", "commissioner"):
        relation = "named_officer"
    what = f"{rule.trigger[0].upper()}{rule.trigger[1:]}: {rule.obligation}"
    words = {"what": what, "due_day": in_words(cause.due_on), "due": f"By {in_words(cause.due_on)}."}
    # That something falls due soon is nothing to tell when its day is over; that it is overdue is, however late.
    tell_by = datetime.combine(cause.due_on, time.max, LONDON) if cause.became == "due_soon" else None
    yield Message(
        kind=kind, id=id, template=template, to=(relation,), words=words, tell_by=tell_by, whose=cause.organisation_id,
        placement_id=cause.placement_id, commissioner_id=cause.commissioner_id or cause.organisation_id,
    )  # fmt: skip


def _about(cause: FellDue) -> tuple[RecordKind, UUID]:
    for kind, id in (
        ("placement", cause.placement_id),
        ("child", cause.child_id),
        ("provider", cause.provider_id),
        ("organisation", cause.organisation_id),
    ):
        if id is not None:
            return kind, id  # type: ignore[return-value]
    raise ValueError(f"the duty {cause.duty_id} is about nobody")
