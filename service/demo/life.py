"""The life of one placement up to its first day, told step by step in school days before and after that day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.people import Asker
from service.demo.agreements import contract
from service.demo.days import Days
from service.demo.people import CORA, COUNCIL, SENIOR, VIRTUAL_SCHOOL, Place
from service.demo.plans import agreement, assessment_of_needs, passport, plan, risk, suitability
from service.demo.profiles import Profile
from service.demo.providers import Setting
from service.demo.roster import Pupil, register
from service.demo.script import LateBody, Script, named

USUAL = {
    "refer": -15,
    "assess": -13,
    "hear": -12,
    "needs": -11,
    "match": -9,
    "plan": -7,
    "sign": -5,
    "risk": -3,
    "start": -1,
}
EXCLUDED_ON = -5
QUICK = {
    "refer": -4,
    "assess": -4,
    "hear": -4,
    "needs": -3,
    "match": -3,
    "plan": -2,
    "sign": -2,
    "risk": -1,
    "start": -1,
}
"""When a child was excluded, everything is done before the sixth school day."""


@dataclass
class Life:
    """One placement. A method that takes `on` counts school days from the first day; none may lie ahead of today."""

    script: Script
    days: Days
    pupil: Pupil
    setting: Setting
    profile: Profile
    began: int
    """So many school days ago was, or will be, the first day."""
    by: Asker
    second: Asker = SENIOR
    commissioner: Place = COUNCIL
    route: str = "section_19_other"
    sessions: int = 6
    pace: dict[str, int] = field(default_factory=lambda: USUAL)
    name: str = ""
    """Tells a second placement of the same child from the first."""
    at_school: int | None = None
    """Half-days a week at school; what is left of the week where nothing is said."""
    absences: int = 10
    """Of a hundred half-days."""

    def __post_init__(self) -> None:
        self.hours = min(self.sessions * 2.5, self.setting.hours)
        self.attended_from: list[tuple[date, date | None]] = []

    @property
    def id(self) -> UUID:
        return named("placement", self.pupil.number, self.name)

    def day(self, on: int) -> date:
        """The school day so many after the first one."""
        if self.began - on < 1:
            raise ValueError(f"the demonstration would tell of a day to come: {self.id} {on}")
        return self.days.ago(self.began - on)

    @property
    def first_day(self) -> date:
        return self.days.ago(self.began) if self.began else self.days.school_days.on_or_after(self.days.today)

    def do(
        self, on: int, command: str, by: Asker | None = None, /, *, late: LateBody | None = None, **body: Any
    ) -> None:
        """Someone does something on a day of this life."""
        self.script.add(self.day(on), by or self.by, command, self.id, late or body, hour=10)

    def referred(self) -> None:
        """Register the child, with the exclusion if there was one, and refer it."""
        on = self.pace["refer"]
        if not self.name:
            register(self.script, self.days, self.pupil, self.began - min(on, EXCLUDED_ON))
        if self.route == "section_19_exclusion":
            self.script.add(self.day(EXCLUDED_ON), CORA, "record_exclusion", self.pupil.id, {
                "exclusion_type": "PERM", "from_on": str(self.day(EXCLUDED_ON)), "reasons": ["PA", "DM"],
            }, hour=9)  # fmt: skip
            # The newest one waits: nobody has told the governors yet.
            if self.began > 0:
                self.script.add(self.day(EXCLUDED_ON), CORA, "notify_exclusion", self.pupil.id, {"told": {
                    "excluded_on": str(self.day(EXCLUDED_ON)), "told_on": str(self.day(EXCLUDED_ON)),
                    "told": ["parent", "governing_body", "local_authority"],
                }}, hour=11)  # fmt: skip
        self.do(on, "refer_child", child_id=str(self.pupil.id), commissioner_id=str(self.commissioner.id),
                home_school_id=str(self.pupil.school.id) if self.pupil.school else None, route=self.route,
                reason=self._reason(), why=self.profile.why, referral_path="Fair access panel",
                passport=passport(self.profile))  # fmt: skip

    def assessed(self) -> None:
        """Assess the needs and write down what was tried."""
        on = self.pace["assess"]
        self.do(on, "assess_needs", assessment=assessment_of_needs(self.profile, self.day(on)))
        support = {
            "what": self.profile.tried,
            "from_on": str(self.days.ago(self.began + 45)),
            "effect": self.profile.effect,
        }
        self.do(on, "record_earlier_support", support=support)

    def heard(self) -> None:
        """Ask the child, a parent and whoever must be consulted."""
        on = self.pace["hear"]
        for whose, words in (("child", self.profile.says), ("parent", self.profile.parent_says)):
            self.do(on, "record_views", views={"whose": whose, "phase": "before", "asked_on": str(self.day(on)),
                                               "words": words, "agrees": True})  # fmt: skip
        self.consulted()

    def consulted(self) -> None:
        """Social worker, virtual school, the professionals' meeting and the authority, where the law asks for it."""
        on, pupil = self.pace["hear"], self.pupil
        if pupil.looked_after:
            self.consult(
                on, "virtual_school", "Agrees; wants the first review within three weeks.", VIRTUAL_SCHOOL
            )
        if pupil.looked_after or pupil.social_worker:
            self.consult(on, "social_worker", "Agrees; transport must not change from day to day.")
            self.do(on, "hold_professionals_meeting", meeting={
                "held_on": str(self.day(on)), "attended": ["social_worker", "virtual_school", "home_school"],
                "in_school_strategies_tried": True,
                "concluded": "A small setting is the best chance of a return to school.",
            })  # fmt: skip
        if pupil.ehc_plan and self.commissioner is not COUNCIL:
            self.consult(on, "local_authority", "Section F can be delivered there; counselling goes on.")

    def needs_completed(self) -> None:
        self.do(self.pace["needs"], "complete_needs_assessment")

    def proposed(self, hours: float | None = None) -> None:
        """Propose the provider."""
        on = self.pace["match"]
        self.do(on, "propose_provider", proposal={
            "provider_id": str(self.setting.id), "sites": [self.setting.site], "sessions_per_week": self.sessions,
            "hours_per_week": hours or self.hours, "starts_on": str(self.first_day),
            "ends_on": str(self.days.later(self.first_day, 60)),
        })  # fmt: skip

    def matched(self) -> None:
        """Propose, assess and confirm the provider."""
        self.proposed()
        self.assessed_as_suitable()

    def assessed_as_suitable(self) -> None:
        """Assess and confirm the provider that is proposed."""
        on = self.pace["match"]
        self.do(on, "assess_suitability", assessment=suitability(self.setting, self.hours, self.day(on)))
        self.do(on, "confirm_suitability")

    def planned(self, parties: tuple[str, ...] = ("commissioner", "child", "parent", "provider")) -> None:
        """Choose the contract, write the plan, and have it agreed."""
        on = self.pace["plan"]
        self.do(on, "choose_agreement", agreement_id=str(contract(self.commissioner, self.setting)))
        self.do(
            on, "write_plan", plan=plan(self.profile, self.setting, self.sessions, self.first_day, self.days)
        )
        for party in parties:
            by = self.setting.staff if party == "provider" else self.by
            self.do(
                on, "agree_plan", by, agreed={"party": party, "on": str(self.day(on)), "how": "at a meeting"}
            )

    def signed(self, parties: tuple[str, ...] = ("commissioner", "provider")) -> None:
        """Write the child's own agreement, and have it signed."""
        on = self.pace["sign"]
        made = agreement(self.profile, self.setting, self.sessions, self.hours, self.first_day, self.days)
        self.do(on, "make_individual_agreement", agreement=made)
        for party in parties:
            by = self.setting.staff if party == "provider" else self.by
            signature = {"party": party, "on": str(self.day(on)), "signatory": "Head of inclusion"}
            self.do(on, "sign_individual_agreement", by, signature=signature)

    def contracted(self) -> None:
        """Everything up to the end of the contract stage."""
        for step in (
            self.referred,
            self.assessed,
            self.heard,
            self.needs_completed,
            self.matched,
            self.planned,
            self.signed,
        ):
            step()
        self.do(self.pace["sign"], "complete_contract")

    def risk_assessed(self, accepted: bool = True) -> None:
        """Assess the risk; a second person accepts it."""
        on = self.pace["risk"]
        prepared_by = self.setting.staff if self.second is self.by else self.by
        self.do(on, "assess_risk", prepared_by, assessment=risk(self.setting, self.day(on), self.days))
        if accepted:
            self.do(on, "accept_risk", self.second)

    def consult(self, on: int, whom: str, said: str, by: Asker | None = None) -> None:
        """Ask someone who has to be asked."""
        self.do(
            on,
            "record_consultation",
            by,
            consultation={"with_whom": whom, "on": str(self.day(on)), "said": said},
        )

    def _reason(self) -> str:
        by_route = {"section_19_exclusion": "EXR", "suspension": "SUS"}
        return by_route.get(self.route, self.profile.reason)
