"""What is arranged in the last days before the child starts."""

from __future__ import annotations

from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from domain.fact import fact
from domain.happened import Happened
from domain.personal import Contact, Label, Name, Remark, Words

TomorrowWhere = Literal["home_school", "interim_provision", "no_education"]
"""Where the child goes next morning: back to the home school, somewhere for the time being, or nowhere (a counted day)."""


@fact
class OffSiteNotice:
    """The written notice of an off-site direction (Education Act 2002 s.29A; SI 2010/1156 and 2012/2532; item 59)."""

    served_on: Happened
    """The day it reached the parent: at least 2 school days before the first day [P]."""
    to: Annotated[tuple[Literal["parent", "pupil", "local_authority"], ...], Len(1, 3)]
    """To whom: the parent (the pupil at 18), and the local authority where there is an EHC plan."""
    address: Contact
    """Where the child is to go."""
    report_to: Name
    """The person to report to on arrival."""
    days: Annotated[int, Ge(1), Le(400)]
    """For how many days."""
    reasons: Words
    """Why the direction is given."""
    objectives: Words
    """What it is to achieve."""
    session_times: Label
    """Start and finish of the sessions and the breaks."""
    review: Words
    """How and when it will be reviewed (004 l.31)."""


@fact
class LocalAuthorityInformed:
    """A school told the local authority's named officer of the placement (003 ¶45; Arranging AP 2025)."""

    on: Happened
    """The day the officer was told."""
    officer: Label
    """The post or mailbox that was told."""


@fact
class TransportAndMeals:
    """How the child gets there and eats (item 60; 004 l.43-44)."""

    transport: Words
    """How the child travels, or why nothing is needed."""
    free_school_meals: bool
    """Whether the child is entitled to free school meals."""
    meals: Words
    """How meals are provided, or why nothing is needed."""
    information_given_to: Annotated[tuple[Literal["parent", "provider", "local_authority"], ...], Len(1, 3)]
    """Who was given plain information about the placement (001 l.66-68)."""


@fact
class Reporting:
    """How attendance, attainment and progress are tracked and reported (item 58; B6; A8)."""

    absence_told_to: Contact
    """Telephone or mailbox of the commissioner that hears of an absence the same day."""
    parent_told_same_day: bool
    """Whether the provider also tells the parent the same day (A8)."""
    progress_every_weeks: Annotated[int, Ge(1), Le(13)]
    """Weeks between progress reports."""
    how: Words
    """How attendance, attainment and progress are recorded and passed on."""


@fact
class ContingencyPlan:
    """What happens if it breaks down, thought out beforehand (item 70; 003 ¶41, ¶51-52)."""

    tomorrow: TomorrowWhere
    """Where the child would be the next school day."""
    what: Words
    """What would be done, and who would do it."""
    owner: Remark
    """The post that answers for it."""
    other_providers: Annotated[tuple[Remark, ...], Len(0, 10)] = ()
    """Providers that could take over."""
