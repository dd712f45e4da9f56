"""The end of a placement: plan, report, views, destination and support."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from domain.codes import Destination
from domain.fact import fact
from domain.happened import Happened
from domain.personal import Remark, Words


@fact
class ExitPlan:
    """How the placement ends and what comes next, begun a half-term before (items 55, 74, 75; T40)."""

    leaves_on: date
    """The planned last day."""
    destination: Destination
    """Where the child goes."""
    readiness: Words
    """How the child does against the plan's test for readiness (002 l.23-24)."""
    reintegration: Words
    """The reintegration plan and the school's support package, or how FE, training or work is secured (items 74, 75)."""
    agreed_with: Annotated[
        tuple[Literal["child", "parent", "provider", "home_school", "social_worker"], ...], Len(1, 5)
    ]
    """Who agreed."""


@fact
class EndReport:
    """The provider's written end-of-placement report (item 71; 002 l.33)."""

    on: Happened
    """The day of the report."""
    attendance_percent: Annotated[float, Ge(0), Le(100)]
    """Sessions attended out of a hundred expected."""
    attendance: Words
    """Attendance over the placement."""
    achievement: Words
    """What the child achieved, with qualifications."""
    personal_social_emotional: Words
    """Personal, social and emotional progress."""
    sent_to: Annotated[
        tuple[
            Literal[
                "governing_body", "parent", "social_worker", "virtual_school", "home_school", "commissioner"
            ],
            ...,
        ],
        Len(1, 6),
    ]
    """Who received it."""


@fact
class DestinationReached:
    """Where the child went (items 68, 73; 002 l.35, 37)."""

    destination: Destination
    """The destination."""
    from_on: date
    """The first day there."""
    where: Words | None = None
    """Name of the school, college or employer."""
    secured_with: Remark | None = None
    """Who secured it together (item 75)."""


@fact
class ReintegrationSupport:
    """What the school does so that the return lasts (item 74; 002 l.31; 000 l.16)."""

    on: date
    """The day it was arranged or reviewed."""
    support: Words
    """The support."""
    going_well: bool | None = None
    """Whether the return is going well, once it has begun."""
    until_on: date | None = None
    """How long the support lasts."""


@fact
class Withdrawal:
    """The referral ends before the placement began."""

    on: Happened
    """The day."""
    by_whom: Literal["commissioner", "parent", "child", "provider", "home_school"]
    """Who withdrew."""
    why: Words
    """Why."""
    child_is_at: Literal["home_school", "other_provision", "no_education"]
    """Where the child is taught now."""
