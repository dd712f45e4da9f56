"""What must be known of a provider: sites, offer, registration and checks with evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from domain.codes import SenType
from domain.fact import fact
from domain.facts.terms import Money
from domain.happened import Happened
from domain.personal import Contact, Label, Prose

CheckKind = Literal[
    "safer_recruitment",
    "staff_change_undertaking",
    "insurance",
    "safeguarding_policy",
    "health_and_safety_policy",
    "equality_policy",
    "behaviour_policy",
    "first_aid",
    "fire_safety",
    "food_hygiene",
    "site_risk",
    "staff_qualifications",
    "data_protection",
    "accreditation",
]
"""What is checked. The first two are the written confirmations of KCSIE Part 3."""

RegistrationStatus = Literal[
    "registered_school", "not_registered", "registration_applied_for", "de_registered", "further_education"
]
"""Whether the setting is registered as a school with the Department for Education."""

ApprovalStage = Literal["applied", "documents_checked", "visited", "approved", "declined"]
"""Where the provider stands on the local approved list (item 9)."""


@fact
class Site:
    """A place where children are taught (KCSIE: addresses of every satellite and subcontracted site; 2026 Act s.38)."""

    name: Label
    """What people call it."""
    address: Prose
    """Postal address."""
    postcode: Annotated[str, Len(5, 8)]
    """UK postcode."""
    subcontracted_to: Label | None = None
    """The organisation that runs it, where it is not the provider itself."""
    is_childrens_home: bool = False
    """Whether it is a children's home (item 79; 001 l.84)."""


@fact
class Offer:
    """What the provider offers (item 8; 003 ¶22)."""

    aim: Prose
    """What it is for."""
    needs: Annotated[tuple[SenType, ...], Len(0, 14)] = ()
    """SEN types it can meet."""
    age_from: Annotated[int, Ge(2), Le(19)]
    """Youngest age in years."""
    age_to: Annotated[int, Ge(2), Le(19)]
    """Oldest age in years."""
    places: Annotated[int, Ge(0), Le(2000)]
    """Children it can teach at one time."""
    hours_per_week: Annotated[float, Ge(0), Le(40)]
    """Most taught hours a week for one child."""
    weeks: Annotated[int, Ge(1), Le(200)] | None = None
    """Usual length in weeks."""
    price_per_session: Money | None = None
    """Pounds for one half-day."""
    subjects: Annotated[tuple[Label, ...], Len(0, 40)] = ()
    """Subjects and courses."""
    qualifications: Annotated[tuple[Label, ...], Len(0, 40)] = ()
    """Recognised qualifications."""
    natural_setting: bool = False
    """Whether it is a natural-setting programme (item 85; 003 ¶30)."""


@fact
class Registration:
    """What the register said on a day (item 24; 004 l.37)."""

    status: RegistrationStatus
    """The status found."""
    since_on: Happened
    """Since when it has been so."""
    checked_on: Happened
    """The day someone looked."""
    source: Label
    """Where they looked."""
    inspected_on: Happened | None = None
    """The last inspection."""
    judgement: Label | None = None
    """What the inspection found."""


@fact
class Check:
    """One check, its evidence and its expiry (items 27-29, 40, 41, 87; T34)."""

    kind: CheckKind
    """What was checked."""
    checked_on: Happened
    """The day."""
    expires_on: date | None = None
    """The last day on which it holds; none where it has no end."""
    passed: bool = True
    """Whether what was found is in order."""
    document: Label | None = None
    """The document seen."""
    document_version: Label | None = None
    """Its version (item 87; 001 l.9-17)."""
    ratified_on: Happened | None = None
    """When it was ratified."""
    responsible: Label | None = None
    """The post responsible for it."""
    notes: Prose | None = None
    """What was found."""


@fact
class Contactable:
    """Whom to speak to at a provider."""

    post: Label
    """The post: head of centre, safeguarding lead, office."""
    contact: Contact
    """Telephone or mailbox."""


@fact
class Visit:
    """A quality-assurance visit or the provider's yearly self-assessment (items 76, 77; 003 ¶53-54; B7)."""

    kind: Literal["quality_visit", "self_assessment", "annual_review"]
    """What it was."""
    on: Happened
    """The day."""
    effectiveness: Prose
    """Effectiveness and quality."""
    value_for_money: Prose | None = None
    """Value for money."""
    next_on: date | None = None
    """When the next is due."""
