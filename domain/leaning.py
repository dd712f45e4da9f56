"""What decisions lean on at a provider: which rule asks which fact, and which entry of the provider's record stood for it at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from domain import provider_events as e
from domain.events import Event

ASKED_BY: dict[str, tuple[str, ...]] = {
    "safeguarding_is_confirmed": ("check:safer_recruitment",),
    "the_provider_undertakes_to_report_staff_changes": ("check:staff_change_undertaking",),
    "the_insurance_is_in_date": ("check:insurance",),
    "the_policies_are_in_date": (
        "check:safeguarding_policy",
        "check:health_and_safety_policy",
        "check:equality_policy",
    ),
    "the_behaviour_policy_is_in_date": ("check:behaviour_policy",),
    "staff_are_trained_and_qualified": ("check:staff_qualifications",),
    "the_voluntary_standards_are_met": ("check:site_risk", "check:first_aid", "check:fire_safety"),
    "accredited_courses_come_from_a_proper_body": ("check:accreditation", "registration"),
    "the_registration_was_looked_up": ("registration",),
    "the_setting_is_lawful": ("registration",),
    "every_site_is_known": ("site",),
    "a_childrens_home_needs_a_reason": ("site",),
    "the_provider_may_be_used": ("provider",),
}
"""Each rule that weighs something of a provider, and the facts that it asks."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Placed:
    """An event, and its position in the history."""

    position: int
    event: Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a provider's record that stands for a fact, until another takes its place."""

    fact: str
    recorded: Placed
    documents: frozenset[str]
    """The documents that it rests on: their ids, and the title that the check names."""
    holds_until: date | None = None
    """Its last day, where it names one."""
    day: date | None = None
    """The day on which it was looked at: a later one takes its place."""


@dataclass(frozen=True, slots=True)
class End:
    """Since when a fact does not hold any more, and the event that says so; none where the entry named its own last day."""

    since_on: date
    known: Placed | None


def entries_of(events: Iterable[Placed]) -> list[Entry]:
    """Every entry of a provider's record on which a decision may lean, in the order of the history."""
    return [entry for placed in events if (entry := _entry(placed)) is not None]


def _entry(placed: Placed) -> Entry | None:
    event = placed.event
    cited = {document.id for document in event.decision.evidence}
    if isinstance(event, e.CheckRecorded):
        check = event.check
        documents = frozenset({*cited, *filter(None, [check.document])})
        return Entry(f"check:{check.kind}", placed, documents, check.expires_on, check.checked_on)
    if isinstance(event, e.RegistrationRecorded):
        return Entry("registration", placed, frozenset(cited), None, event.registration.checked_on)
    if isinstance(event, e.SiteAdded):
        return Entry(f"site:{event.site.name}", placed, frozenset(cited))
    if isinstance(event, e.ProviderRegistered):
        return Entry("provider", placed, frozenset(cited))
    return None


def standing(entries: Iterable[Entry], fact: str, at: int) -> Entry | None:
    """The entry that stood for a fact when the history had reached a position: the newest look, and of two of a day the later."""
    known = [entry for entry in entries if entry.fact == fact and entry.recorded.position <= at]
    return max(known, key=lambda entry: (entry.day or date.min, entry.recorded.position), default=None)


def end_of(entry: Entry, events: Iterable[Placed]) -> End | None:
    """Since when an entry does not hold; none while nothing on record says that it does not."""
    later = [placed for placed in events if placed.position > entry.recorded.position]
    ends = [end for placed in later if (end := _ended_by(entry, placed)) is not None]
    if entry.holds_until is not None:
        ends.append(End(entry.holds_until + DAY, None))
    return min(ends, key=lambda end: end.since_on, default=None)


def _ended_by(entry: Entry, placed: Placed) -> End | None:
    event = placed.event
    if isinstance(event, e.CheckRecorded) and entry.fact == f"check:{event.check.kind}":
        return None if event.check.passed else End(event.check.checked_on, placed)
    if isinstance(event, e.RegistrationRecorded) and entry.fact == "registration":
        before = entry.recorded.event
        same = (
            isinstance(before, e.RegistrationRecorded)
            and before.registration.status == event.registration.status
        )
        return None if same else End(event.registration.since_on, placed)
    if isinstance(event, e.SiteClosed | e.SiteAdded):
        name = event.name if isinstance(event, e.SiteClosed) else event.site.name
        day = event.on if isinstance(event, e.SiteClosed) else event.occurred_on
        return End(day, placed) if entry.fact == f"site:{name}" else None
    if isinstance(event, e.ProviderSuspended | e.ProviderRemoved) and entry.fact == "provider":
        return End(event.occurred_on, placed)
    return None
