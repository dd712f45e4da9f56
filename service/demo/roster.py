"""The children of Inventshire: names, ages and circumstances, drawn in the same order every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from service.demo.days import Days
from service.demo.people import COMMUNITY, CORA, COUNCIL, Place
from service.demo.script import Script, named

# fmt: off
GIVEN = (
    "Alex", "Bea", "Charlie", "Dina", "Eddie", "Farah", "Gus", "Hana", "Ivor", "Jo", "Kit", "Lena", "Milo", "Nadia", "Otis",
    "Pip", "Quinn", "Rosa", "Sami", "Tess", "Uri", "Vic", "Wren", "Xan", "Yusuf", "Zoe", "Ash", "Bo", "Cleo", "Dev", "Esme",
    "Finn", "Gwen", "Hal", "Ines", "Jude", "Kai", "Lola", "Max", "Nell", "Oli", "Priya", "Ravi", "Skye",
)
# fmt: on
FAMILY = ("Example", "Sample", "Invented", "Specimen", "Placeholder", "Fictional", "Pretend")


@dataclass(frozen=True, slots=True)
class Pupil:
    """One invented child."""

    number: int
    school: Place | None = COMMUNITY
    looked_after: bool = False
    ehc_plan: bool = False
    social_worker: bool = False

    @property
    def id(self) -> UUID:
        return named("child", self.number)

    @property
    def given_names(self) -> str:
        return GIVEN[self.number % len(GIVEN)]

    @property
    def family_name(self) -> str:
        return FAMILY[self.number * 3 % len(FAMILY)]

    @property
    def age(self) -> int:
        return 12 + self.number % 4

    @property
    def carer_email(self) -> str:
        """Of the parent: there are several of a name, so that the child's number tells them apart."""
        return f"pat.{self.family_name.lower()}.{self.number}@families.example"

    def born_on(self, days: Days) -> date:
        """A birthday some months ago, so that nobody grows older while the demonstration runs."""
        return date(days.today.year - self.age, days.today.month, 1) - timedelta(days=200 + self.number % 20)

    def year_group(self, days: Days) -> str:
        """The year group that follows from the age on the last 31 August."""
        began = days.today.year - (days.today.month < 9)
        born = self.born_on(days)
        return str(began - born.year - (born.month >= 9) - 4)


def register(script: Script, days: Days, pupil: Pupil, ago: int) -> None:
    """Everything that is known of a child before the referral. The council answers for the record."""
    day, id = days.ago(ago), pupil.id

    def note(command: str, **body: object) -> None:
        script.add(day, CORA, command, id, body, hour=8)

    note("register_child",
         given_names=pupil.given_names, family_name=pupil.family_name, born_on=pupil.born_on(days).isoformat(),
         sex="FMU"[pupil.number % 3] if pupil.number % 9 else "U", authority_id=str(COUNCIL.id),
         year_group=pupil.year_group(days),
         identifiers=[{"kind": "LA", "value": f"INV-{pupil.number:05}", "issued_by": COUNCIL.name}])  # fmt: skip
    carer = "corporate_parent" if pupil.looked_after else "parent"
    note("record_carer", carer={
        "name": f"Pat {pupil.family_name}", "relationship": carer, "contact": f"01632 9602{pupil.number:02}, {pupil.carer_email}",
    })  # fmt: skip
    if pupil.school is not None:
        note("change_roll", school_id=str(pupil.school.id), enrolment="C",
             from_on=(day - timedelta(days=500)).isoformat())  # fmt: skip
    note("record_sen", provision="E" if pupil.ehc_plan else "K", needs=[{"sen_type": "SEMH", "rank": 1}])
    if pupil.ehc_plan:
        note("record_ehc_plan", plan={
            "issued_on": (day - timedelta(days=120)).isoformat(), "section_i": "Mainstream school",
            "section_f": "Ten hours a week of specialist teaching; weekly counselling.",
            "annual_review_by": (day + timedelta(days=240)).isoformat(),
        })  # fmt: skip
    if pupil.looked_after:
        note("record_looked_after", looked_after={
            "since_on": (day - timedelta(days=400)).isoformat(), "authority": COUNCIL.name,
        })  # fmt: skip
    if pupil.looked_after or pupil.social_worker:
        note("record_social_worker", social_worker={
            "name": "Alex Placeholder", "plan": "care" if pupil.looked_after else "child_protection",
            "since_on": (day - timedelta(days=380)).isoformat(), "contact": "01632 960300, alex.placeholder@inventshire.example",
        })  # fmt: skip
