"""ReferChild: a child is referred for alternative provision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from uuid import UUID

from domain.child import Child
from domain.codes import PlacementReason
from domain.days_in_words import in_words
from domain.facts.needs import Passport
from domain.organisation import Organisation
from domain.personal import Label, Words
from domain.reasons import Reason, Refused
from domain.referral_events import PassportUpdated, Referred
from domain.routes import ROUTES, Route
from domain.school_days import london_day
from domain.stages import BEFORE_START, Stage
from workflows.case import Case
from workflows.placement_command import PlacementCommand
from workflows.placement_moves import PLACEMENT
from workflows.records_at_hand import no_such
from workflows.relations import child_is_known_to


class ReferChild(PlacementCommand):
    """Refer a child for alternative provision; the information passport is opened with it (items 6, 14, 15; 003 ¶46)."""

    opens: ClassVar[bool] = True

    child_id: UUID
    """The child's record."""
    commissioner_id: UUID
    """The organisation that commissions and answers for the placement (items 6, 7)."""
    home_school_id: UUID | None = None
    """The school on whose roll the child is or was."""
    route: Route
    """The legal route: it decides who owes the duty and which attendance code applies. Never guessed."""
    reason: PlacementReason
    """The main reason why it is commissioned; an exclusion outranks a health need (census)."""
    why: Words
    """Why the child is referred, in words."""
    referral_path: Label
    """The locally agreed way by which the referral came, such as a fair-access panel (003 ¶46)."""
    passport: Passport
    """The information passport, opened from the start (items 14, 15)."""

    def decide(self, case: Case) -> None:
        child = case.named(Child, self.child_id, "child_id")
        if not case.asker.machine and not child_is_known_to(case.asker, child):
            # The same answer as for a child that does not exist: who is not concerned does not get to know.
            raise no_such(Child, "child_id")
        case.named(Organisation, self.commissioner_id, "commissioner_id")
        if self.home_school_id is not None:
            case.named(Organisation, self.home_school_id, "home_school_id")
        refer(case, self)


def refer(case: Case, command: ReferChild) -> None:
    """Record the referral, then ask the rules of it: they look at the placement as it would stand."""
    facts = {k: v for k, v in command.facts().items() if k != "passport"}
    placement = case.placement
    placement.remember(Referred, stage=Stage.NEEDS_ASSESSMENT, **facts)
    weighed = PLACEMENT.weigh("refer_child", case)
    placement.collect_events()
    placement.events.clear()
    placement.version = 0
    placement.begin()
    if weighed.refusals:
        raise Refused(weighed.refusals)
    case.weigh(weighed)
    placement.remember(Referred, stage=weighed.to, **facts)
    placement.remember(PassportUpdated, passport=command.passport)
    case.warnings = (*case.warnings, *referrals_open_already(case))


def referrals_open_already(case: Case) -> Iterator[Reason]:
    """A warning for every referral of this child that has led to no placement yet: mostly somebody else's of the same day.

    Of another organisation's referral it says no more than that there is one: who refers may not be meant to know why.
    """
    for other in case.placements_of_child:
        if other.id == case.placement.id or other.stage not in BEFORE_START:
            continue
        since = in_words(london_day(other.events[0].recorded_at))
        if other.commissioner_id == case.placement.commissioner_id:
            route = f", \u201c{ROUTES[other.route].label}\u201d" if other.route else ""
            open_one = (
                f"yours of {since}{route}, at the stage \u201c{other.stage.value.replace('_', ' ')}\u201d"
            )
        else:
            open_one = f"one by another organisation, of {since}"
        message = (
            f"A referral of this child is open already: {open_one}. Go on with that one, or withdraw it; leave this if the child is to "
            "have both."
        )
        yield Reason(
            code="referral_open_already",
            message=message,
            source="Design: one referral at a time",
            warning=True,
        )
