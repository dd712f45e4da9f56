"""The people around a child, and the plans the law makes for some children."""

from __future__ import annotations

from datetime import date
from typing import Literal

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Contact, HealthRemark, HealthWords, Name, Remark


@fact
class Carer:
    """A parent or carer."""

    name: Name
    """The person's name."""
    relationship: Literal[
        "mother", "father", "parent", "carer", "foster_carer", "guardian", "corporate_parent", "other"
    ]
    """How they are related to the child."""
    contact: Contact | None = None
    """How to reach them."""
    parental_responsibility: bool = True
    """Whether they have parental responsibility."""
    may_be_told: bool | None = None
    """Whether the service sends them messages. No where it would endanger the child that they know of it or where it is, such as
    by an order of a court. Left out, it stays as it was; at first they are told."""


@fact
class EhcPlan:
    """An education, health and care plan (CFA 2014 s.42, s.61)."""

    issued_on: Happened
    """The day it was issued or last amended."""
    section_f: HealthWords
    """The special educational provision that the local authority must secure (s.42)."""
    section_i: HealthRemark | None = None
    """The school or type of setting named; none where s.61 applies."""
    annual_review_by: date | None = None
    """The day by which it is reviewed: at most 12 months from issue or last review (T22)."""
    otherwise_than_at_school: bool = False
    """Whether it is a package under s.61 (EOTAS)."""


@fact
class LookedAfter:
    """In the care of a local authority (Children Act 1989 s.22)."""

    since_on: Happened
    """The first day in care."""
    authority: Remark
    """The local authority whose care it is."""
    virtual_school: Contact | None = None
    """How to reach the virtual school."""


@fact
class SocialWorker:
    """The child's social worker."""

    name: Name
    """The person's name."""
    contact: Contact | None = None
    """How to reach them."""
    plan: Literal["child_in_need", "child_protection", "care", "early_help", "other"]
    """The plan the child is on."""
    since_on: Happened
    """Since when."""
