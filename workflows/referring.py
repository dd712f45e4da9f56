"""ReferChild: a child is referred for alternative provision."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from domain.child import Child
from domain.codes import PlacementReason
from domain.facts.needs import Passport
from domain.organisation import Organisation
from domain.personal import Label, Words
from domain.reasons import Refused
from domain.referral_events import PassportUpdated, Referred
from domain.routes import Route
from domain.stages import Stage
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
