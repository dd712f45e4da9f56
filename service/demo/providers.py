"""The providers of Inventshire: registered and not, small and large, one with a check that lapses, one suspended, one full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.people import Asker
from service.demo.days import Days
from service.demo.people import COLIN, CORA, NAMED_OFFICER, Place, asker, office
from service.demo.script import Script, named

SEEN = 56
"""So many school days ago the providers were taken on."""
EVERY_CHECK = [
    "safer_recruitment",
    "staff_change_undertaking",
    "insurance",
    "safeguarding_policy",
    "health_and_safety_policy",
    "equality_policy",
    "behaviour_policy",
    "first_aid",
    "fire_safety",
    "site_risk",
    "staff_qualifications",
]
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Setting:
    """One provider as the demonstration makes it."""

    key: str
    name: str
    person: str
    status: str
    places: int
    hours: float
    price: float
    aim: str
    needs: tuple[str, ...]
    setting_type: str | None = None
    urn: str | None = None
    ukprn: str | None = None
    approval: str = "approved"
    lapses_in: int | None = None
    """The insurance is in date for so many more days only."""
    without: tuple[str, ...] = ()
    natural: bool = False

    @property
    def id(self) -> UUID:
        return named("provider", self.key)

    @property
    def site(self) -> str:
        return f"{self.name.split()[0]} site"

    @property
    def office(self) -> Place:
        return office(self.key, self.name, self.person)

    @property
    def staff(self) -> Asker:
        return asker(self.office, self.person, self.id)


WORKSHOP = Setting("workshop", "Invented Workshop", "Pat Invented", "not_registered", 12, 17, 45,
                   "Practical learning with English and maths.", ("SEMH", "SPLD", "ASD"), setting_type="OTH")  # fmt: skip
FARM = Setting("farm", "Sample Farm", "Fay Sample", "not_registered", 5, 15, 52,
               "Care of animals and land, in groups of three.", ("SEMH", "ASD"), setting_type="OTH", natural=True)  # fmt: skip
SCHOOLHOUSE = Setting("schoolhouse", "Specimen Independent School", "Pia Placeholder", "registered_school", 20, 26, 68,
                      "Full-time education for children out of school.", ("SEMH", "ASD", "SPLD", "SLCN"),
                      urn="999911", ukprn="10999911")  # fmt: skip
UNIT = Setting("unit", "Example Pupil Referral Unit", "Uma Example", "registered_school", 4, 26, 60,
               "Full-time education after an exclusion.", ("SEMH",), urn="999912", ukprn="10999912")  # fmt: skip
TUITION = Setting("tuition", "Fictional Tuition", "Tia Fictional", "not_registered", 10, 15, 38,
                  "One-to-one teaching at home and in libraries.", ("SEMH", "ASD", "SPLD"), setting_type="OOT", lapses_in=11)  # fmt: skip
ARTS = Setting("arts", "Placeholder Arts", "Ash Placeholder", "not_registered", 8, 15, 47,
               "Music and theatre as a way back to learning.", ("SEMH",), setting_type="OTH")  # fmt: skip
COLLEGE = Setting("college", "Fictional College", "Col Fictional", "further_education", 15, 20, 40,
                  "Vocational courses from age 14.", ("SEMH", "SPLD", "MLD"), ukprn="10999917")  # fmt: skip
MOTORS = Setting("motors", "Pretend Motors", "Max Pretend", "not_registered", 4, 12, 50,
                 "Work experience in a garage.", ("SEMH",), setting_type="WBP", approval="visited",
                 without=("equality_policy", "staff_qualifications"))  # fmt: skip
SETTINGS = (WORKSHOP, FARM, SCHOOLHOUSE, UNIT, TUITION, ARTS, COLLEGE, MOTORS)


def take_on(script: Script, days: Days) -> None:
    """Everything that is known of the providers before the first child is placed."""
    for number, setting in enumerate(SETTINGS):
        _register(script, days, setting, CORA if number % 2 else COLIN, number)
    script.add(
        days.ago(20), CORA, "record_visit", WORKSHOP.id, _visit(days, 20, "Calm, well planned, good records.")
    )
    script.add(
        days.ago(16),
        COLIN,
        "record_visit",
        FARM.id,
        _visit(days, 16, "Children are known well; records are thin."),
    )
    script.add(days.ago(3), NAMED_OFFICER, "suspend_provider", ARTS.id,
               {"why": "The building was closed by the fire service on inspection."})  # fmt: skip


def _register(script: Script, days: Days, setting: Setting, officer: Asker, number: int) -> None:
    seen, id = days.ago(SEEN), setting.id
    script.add(seen, officer, "register_provider", id, {
        "provider_name": setting.name, "setting_type": setting.setting_type, "urn": setting.urn, "ukprn": setting.ukprn,
        "local_authority_code": "999",
    })  # fmt: skip
    script.add(seen, officer, "add_site", id, {
        "site": {"name": setting.site, "address": f"{number + 1} Example Lane, Inventon", "postcode": f"IN{number + 1} 1AA"},
    })  # fmt: skip
    script.add(seen, officer, "set_contact", id, {
        "contact": {"post": "Safeguarding lead", "contact": f"01632 9601{number:02}"},
    })  # fmt: skip
    script.add(seen, officer, "record_registration", id, {
        "registration": {
            "status": setting.status, "since_on": (seen - 4 * YEAR).isoformat(), "checked_on": seen.isoformat(),
            "source": "Get information about schools",
        },
    })  # fmt: skip
    script.add(seen, officer, "publish_offer", id, {
        "offer": {
            "aim": setting.aim, "needs": setting.needs, "age_from": 11, "age_to": 16, "places": setting.places,
            "hours_per_week": setting.hours, "price_per_session": setting.price, "subjects": ["English", "Maths"],
            "natural_setting": setting.natural,
        },
    })  # fmt: skip
    for kind in EVERY_CHECK:
        if kind not in setting.without:
            script.add(seen, officer, "record_check", id, {"check": _check(days, setting, kind)})
    script.add(seen, officer, "move_approval", id, {"stage": setting.approval})


def _check(days: Days, setting: Setting, kind: str) -> dict[str, Any]:
    seen = days.ago(SEEN) - timedelta(days=30)
    until = seen + YEAR
    if kind == "insurance" and setting.lapses_in is not None:
        until = days.today + timedelta(days=setting.lapses_in)
    document = f"{kind.replace('_', ' ').capitalize()}, {seen.year}"
    return {
        "kind": kind,
        "checked_on": seen.isoformat(),
        "expires_on": until.isoformat(),
        "document": document,
    }


def _visit(days: Days, ago: int, found: str) -> dict[str, Any]:
    return {"visit": {"kind": "quality_visit", "on": days.ago(ago).isoformat(), "effectiveness": found}}
