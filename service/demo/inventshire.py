"""Inventshire as a whole: whoever tells a placement gets the next child, and an officer who answers for it."""

from __future__ import annotations

from typing import Any

from domain.people import Asker
from service.demo.days import Days
from service.demo.life_there import LifeThere
from service.demo.people import (
    ACADEMY,
    COLIN,
    COMMUNITY,
    CORA,
    COUNCIL,
    SAUL,
    SEFA,
    SENIOR,
    SID,
    SPECIAL,
    STELLA,
    SUE,
    Place,
)
from service.demo.profiles import Profile
from service.demo.providers import Setting
from service.demo.roster import Pupil
from service.demo.script import Script

OFFICERS: dict[str, tuple[Asker, Asker]] = {
    COMMUNITY.key: (SID, STELLA),
    ACADEMY.key: (SUE, SAUL),
    SPECIAL.key: (SEFA, SEFA),
}
"""Who commissions for a school, and who accepts the risk; in the special school the provider prepares it."""
SCHOOL_ROUTES = {
    COMMUNITY.key: "off_site_direction",
    ACADEMY.key: "school_arranged",
    SPECIAL.key: "health_referral_by_school",
}


class Inventshire:
    """Collects the lives of all placements."""

    def __init__(self, script: Script, days: Days) -> None:
        self.script, self.days = script, days
        self.lives: list[LifeThere] = []

    def by_council(
        self, setting: Setting, profile: Profile, began: int, school: Place | None = COMMUNITY, *,
        looked_after: bool = False, ehc_plan: bool = False, social_worker: bool = False, **more: Any
    ) -> LifeThere:  # fmt: skip
        """A placement that the council commissions."""
        number = len(self.lives)
        pupil = Pupil(number, school, looked_after, ehc_plan, social_worker)
        return self._told(pupil, setting, profile, began, by=(CORA, COLIN)[number % 2], second=SENIOR, **more)

    def by_school(
        self, school: Place, setting: Setting, profile: Profile, began: int, *, ehc_plan: bool = False, **more: Any
    ) -> LifeThere:  # fmt: skip
        """A placement that a school commissions."""
        pupil = Pupil(len(self.lives), school, ehc_plan=ehc_plan)
        by, second = OFFICERS[school.key]
        more = {"route": SCHOOL_ROUTES[school.key], **more}
        return self._told(pupil, setting, profile, began, by=by, second=second, commissioner=school, **more)

    def again(self, life: LifeThere, setting: Setting, began: int, name: str, **more: Any) -> LifeThere:
        """Another placement of the same child."""
        same = {"by": life.by, "second": life.second, "commissioner": life.commissioner, "route": life.route}
        return self._told(life.pupil, setting, life.profile, began, name=name, **{**same, **more})

    def _told(self, pupil: Pupil, setting: Setting, profile: Profile, began: int, **more: Any) -> LifeThere:
        life = LifeThere(
            self.script, self.days, pupil, setting, profile, began, **{"commissioner": COUNCIL, **more}
        )
        self.lives.append(life)
        return life
