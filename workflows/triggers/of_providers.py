"""What follows when something at a provider does not hold any more: its placements are put at risk, and those who use it are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.facts.checks import CheckKind
from domain.facts.provider_failing import FailureKind, ProviderFailure
from domain.placement import Placement
from domain.placement_life_events import CircumstancesChanged, PutAtRisk
from domain.provider import Places, Provider
from domain.provider_events import CheckRecorded, ProviderRemoved, ProviderSuspended, RegistrationRecorded
from domain.rules.checks import WORDS
from domain.working_days import DAY
from workflows.stopping import StopPlacements
from workflows.triggers.cause import Cause, FellDue, Happened
from workflows.triggers.messages import TODAY, Message, in_words, told
from workflows.triggers.trigger import Follows, trigger
from workflows.triggers.view import View

HARD_CHECKS: frozenset[CheckKind] = frozenset(
    {"safer_recruitment", "insurance", "safeguarding_policy", "health_and_safety_policy", "equality_policy"}
)
"""Checks without which no placement may begin (003 Appendix A bullet 10, Appendix B bullet 4; KCSIE Part 3)."""
FAILS = (ProviderSuspended, ProviderRemoved, RegistrationRecorded, CheckRecorded)


@trigger(
    "003 ¶37-41; KCSIE Part 3; items 25, 27, 28, 41, 70", "source", watches=FAILS, duties=("T34_expiry",),
    does=("stop_placements",), tells=("provider_changed",),
)  # fmt: skip
def a_failing_provider_puts_its_placements_at_risk(cause: Cause, view: View) -> Iterator[Follows | Message]:
    """A provider suspended, removed, closed, de-registered or with a lapsed hard check puts each of its placements at risk.

    Those that a rule no longer allows to go on stop, with their contingency started in the same decision.
    """
    provider_id = cause.event.originator_id if isinstance(cause, Happened) else cause.provider_id
    provider = view.find(Provider, provider_id)
    failure = _failure(cause, provider) if provider else None
    if provider is None or failure is None:
        return
    places = view.find(Places, Places.id_for(provider.id))
    if places is None or not places.taken:
        return
    yield Follows(StopPlacements(failure=failure), provider.id, "stop")
    words = {"what": failure.why.rstrip("."), "day": in_words(failure.since_on), "due": TODAY}
    about = Message(
        kind="provider", id=provider.id, template="provider_changed", to=("provider",), words=words
    )
    yield about
    for user in sorted({place.commissioner_id for place in places.taken.values()}):
        yield replace(about, to=("named_officer",), whose=user, commissioner_id=user)


def _failure(cause: Cause, provider: Provider) -> ProviderFailure | None:
    if isinstance(cause, FellDue):
        hard = cause.about in HARD_CHECKS and provider.check_on(cause.about, cause.due_on + DAY) is None
        why = f"{_sentence(cause.about)} was in date until {in_words(cause.due_on)}."
        return _failing("check_lapsed", cause.about, min(cause.due_on + DAY, cause.on), why) if hard else None
    event, on = cause.event, cause.event.occurred_on
    if isinstance(event, ProviderSuspended):
        return _failing("suspended", "provider", on, "The provider was suspended.")
    if isinstance(event, ProviderRemoved):
        kind: FailureKind = "closed" if event.closed else "removed"
        return _failing(kind, "provider", on, f"The provider was {'closed' if event.closed else 'removed'}.")
    if isinstance(event, RegistrationRecorded) and event.registration.status == "de_registered":
        since = min(event.registration.since_on, cause.on)
        return _failing(
            "de_registered", "registration", since, "The provider is no longer registered as a school."
        )
    if isinstance(event, CheckRecorded) and not event.check.passed and event.check.kind in HARD_CHECKS:
        kind_of = event.check.kind
        why = f"{_sentence(kind_of)} was checked and not passed."
        return _failing("check_lapsed", kind_of, event.check.checked_on, why)
    return None


def _failing(kind: FailureKind, fact: str, since: date, why: str) -> ProviderFailure:
    return ProviderFailure(kind=kind, fact=fact, since_on=since, why=why)


def _sentence(kind: str) -> str:
    words = WORDS.get(kind, kind.replace("_", " "))
    return f"{words[0].upper()}{words[1:]}"


@trigger("003 ¶41, ¶51; item 70", "source", watches=(PutAtRisk,), tells=("placement_at_risk",))
def a_placement_at_risk_is_told(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """That a placement is at risk is told to its commissioner and its home school, each child on its own."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    if placement is None or not isinstance(event, PutAtRisk):
        return
    yield told(
        placement, "placement_at_risk", ("commissioner", "home_school"),
        what=event.failure.why.rstrip("."), day=in_words(event.failure.since_on), due=TODAY,
    )  # fmt: skip


@trigger(
    "003 Appendix A bullet 7; item 38 (T21)",
    "source",
    watches=(CircumstancesChanged,),
    tells=("provider_changed",),
)
def a_change_at_the_provider_is_told(cause: Happened, view: View) -> Iterator[Follows | Message]:
    """What a provider tells of changed staff, sites, hours or insurance reaches the commissioner the same day."""
    placement, event = view.find(Placement, cause.event.originator_id), cause.event
    if placement is None or not isinstance(event, CircumstancesChanged):
        return
    if event.decision.by.organisation_id == placement.commissioner_id:
        return
    what = f"a change of {event.change.kind.replace('_', ' ')} was told"
    yield told(
        placement, "provider_changed", ("commissioner",),
        what=what, day=in_words(event.change.on), due="This week.",
    )  # fmt: skip
