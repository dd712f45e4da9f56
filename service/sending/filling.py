"""Fills the places in a template's words from the records around a message.

Officers and providers are given a child's initials, who can sign in and see the rest; a family is given the first name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import cast

from domain.child import Child
from domain.facts.telling import About, Recipient
from domain.message import Message
from domain.organisation import Organisation
from domain.placement import Placement
from domain.provider import Provider
from domain.reach import Contacts, Reach
from domain.school_days import london_day
from domain.templates.template import PLACE, READ_AS
from history.store import History

UNKNOWN = "not recorded"


class Surroundings:
    """The records around a message, read together."""

    def __init__(self, history: History, message: Message) -> None:
        record = cast(About, message.record)
        self.placement = history.find(Placement, message.placement_id) if message.placement_id else None
        self.child = history.find(Child, message.child_id) if message.child_id else None
        answers = cast(Recipient, message.to).organisation_id
        if self.placement is not None:
            answers = self.placement.commissioner_id
        elif self.child is not None:
            answers = self.child.authority_id
        self.organisation = history.find(Organisation, answers) if answers else None
        school = self.placement.home_school_id if self.placement else None
        self.school = history.find(Organisation, school) if school else None
        provider = self.placement.provider_id if self.placement else None
        if record.kind == "provider":
            provider = record.id
        self.provider = history.find(Provider, provider) if provider else None
        reach = history.find(Reach, Reach.id_for(answers)) if answers else None
        self.office = reach.office if reach else Contacts()
        self.telephone = reach.telephone if reach else None


def places_of(
    message: Message, around: Surroundings, now: datetime, lines: Iterable[str] = ()
) -> dict[str, str]:
    """What stands in each place. What was given with the message counts; `lines`: what a digest tells."""
    given = {slot.name: slot.value for slot in message.slots}
    officer = around.organisation.named_officer if around.organisation else None
    return {
        "child": _called(around.child, is_for_family(message)) if around.child else "a child",
        "provider": around.provider.name if around.provider else "the provider",
        "organisation": around.organisation.name if around.organisation else "the commissioner",
        "officer": officer[1] if officer else "the officer in charge",
        "school": around.school.name if around.school else "the school",
        "today": _in_words(now),
        "number": str(len(message.covers)),
        "list": "\n\n".join(lines),
        **given,
    }


def whose(message: Message, around: Surroundings) -> str:
    """The record that a message is about, as somebody who signs in looks for it."""
    record = cast(About, message.record)
    child = _called(around.child, family=False) if around.child else "a child"
    provider = around.provider.name if around.provider else ""
    called = {
        "placement": f"the placement of {child}{f' at {provider}' if provider else ''}",
        "child": child,
        "provider": provider,
        "organisation": around.organisation.name if around.organisation else "",
    }
    return called.get(record.kind) or f"the {record.kind}"


def fill(text: str, places: Mapping[str, str]) -> str:
    """One pass: what fills a place is never looked through for places itself."""
    return PLACE.sub(lambda place: places.get(place.group(1), UNKNOWN), text)


def is_for_family(message: Message) -> bool:
    """Whether whoever reads it reads what families read."""
    return READ_AS.get(cast(Recipient, message.to).relation) == "parents"


def _called(child: Child, family: bool) -> str:
    if family:
        return child.given_names.split()[0] if child.given_names.split() else "your child"
    return "".join(f"{name[0]}." for name in (child.given_names, child.family_name) if name) or "a child"


def _in_words(now: datetime) -> str:
    """A day in London, as people write it."""
    day = london_day(now)
    return f"{day:%A} {day.day} {day:%B %Y}"
