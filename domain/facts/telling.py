"""Whom to tell, about which record, because of what."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from annotated_types import Ge, Len

from domain.fact import fact
from domain.personal import Contact, Label, Remark

Relation = Literal[
    "named_officer",
    "senior_officer",
    "commissioner",
    "safeguarding_lead",
    "provider",
    "home_school",
    "attendance_officer",
    "parent",
    "social_worker",
    "virtual_school_head",
    "authority",
    "person",
]
"""How someone stands to the record that a message is about. Who that is, is looked up when it is sent."""

RecordKind = Literal["placement", "child", "provider", "organisation", "message"]
"""What a message may be about; `message` where it tells that another one did not arrive."""

Urgency = Literal["at_once", "soon", "digest"]
"""`at_once`: day and night, for safeguarding; `soon`: at once, but not in quiet hours; `digest`: with the morning's digest."""

Channel = Literal["email", "notify_email", "notify_sms", "webhook", "file"]
"""By what it goes: SMTP, GOV.UK Notify, a signed HTTP request to another system, or a file where nothing is set up."""

NotSent = Literal["stale", "nobody_found", "no_address", "erased", "told_already", "must_not_be_told"]
"""Why nothing is sent: it is no longer worth telling; nobody stands in that relation; there is no way to reach them; the
child's words were erased; the same cause told the same person already; somebody said that they must not be told."""


@fact
class About:
    """The record that a message is about."""

    kind: RecordKind
    """What kind of record."""
    id: UUID
    """Its id."""


@fact
class Cause:
    """Why someone is told: one cause tells one person one thing once."""

    rule: Label
    """The trigger, duty or rule that says so, by its name; `asked_by_a_person` where a person did."""
    what: Label
    """What made it so: an event as `record id/version`, or what fell due, such as `T16_first/<placement>/2026-11-23`."""
    position: Annotated[int, Ge(1)] | None = None
    """The position of that event in the history; none where something did not happen."""


@fact
class Recipient:
    """Who is to be told, by how they stand to the record."""

    relation: Relation
    """How they stand to it."""
    organisation_id: UUID | None = None
    """Whose officer; where it is left out, that follows from the record: the commissioner, or the child's authority."""
    person_id: Annotated[str, Len(1, 200)] | None = None
    """For the relation `person`: who, as the sign-in service names them."""


@fact
class Slot:
    """Words that fill a place in a template: a day, a number, what is missing. Kept sealed, as they are about a child."""

    name: Label
    """The place, as the template calls it."""
    value: Remark
    """The words."""


@fact
class Addressee:
    """One who was found to stand in the relation. No name and no address: those are looked up each time."""

    key: Annotated[str, Len(1, 300)]
    """`officer:<organisation>/<person>`, `carer:<number>`, `social_worker`, `virtual_school`, `contact:<provider>/<post>`,
    `office:<organisation>` or `endpoint:<organisation>/<name>`."""
    organisation_id: UUID | None = None
    """The organisation for which they act, where there is one."""
    provider_id: UUID | None = None
    """Where they act for a provider: which one."""
    person_id: Annotated[str, Len(1, 200)] | None = None
    """Who, where they can sign in."""


@fact
class Covered:
    """A message to one person that goes with a digest."""

    message_id: UUID
    """The message."""
    to: Annotated[str, Len(1, 300)]
    """The addressee's key in it."""


@fact
class Endpoint:
    """An address at which another system hears of messages: signed by Standard Webhooks, the body a CloudEvent with ids only."""

    name: Annotated[str, Len(1, 60)]
    """What the organisation calls it."""
    url: Contact
    """An https address."""
    secret: Contact
    """The secret that signs, as `whsec_` and base64 of 24 to 64 bytes. Kept sealed, and never shown again."""
    templates: Annotated[tuple[Label, ...], Len(0, 60)] = ()
    """The messages it wants, by the name of their template; all of them where none is named."""
