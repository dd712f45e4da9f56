"""The standing contracts of Inventshire: one for each commissioner and provider that work together."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.facts.terms import APPENDIX_A
from service.demo.days import Days
from service.demo.people import ACADEMY, COLIN, COMMUNITY, COUNCIL, SEFA, SID, SPECIAL, SUE, Place
from service.demo.providers import (
    ARTS,
    COLLEGE,
    FARM,
    MOTORS,
    SCHOOLHOUSE,
    TUITION,
    UNIT,
    WORKSHOP,
    Setting,
)
from service.demo.script import Script, named

SIGNED = 55
"""So many school days ago the contracts were signed."""
PAIRS: tuple[tuple[Place, Setting], ...] = (
    *((COUNCIL, setting) for setting in (WORKSHOP, FARM, SCHOOLHOUSE, UNIT, TUITION, ARTS, COLLEGE, MOTORS)),
    (COMMUNITY, WORKSHOP),
    (COMMUNITY, FARM),
    (ACADEMY, WORKSHOP),
    (ACADEMY, TUITION),
    (SPECIAL, TUITION),
)
OFFICER = {COUNCIL.key: COLIN, COMMUNITY.key: SID, ACADEMY.key: SUE, SPECIAL.key: SEFA}


def contract(commissioner: Place, setting: Setting) -> UUID:
    """The id of the contract between two."""
    return named("agreement", commissioner.key, setting.key)


def sign_contracts(script: Script, days: Days) -> None:
    """Draft, price and sign every contract."""
    day = days.ago(SIGNED)
    for commissioner, setting in PAIRS:
        id, by = contract(commissioner, setting), OFFICER[commissioner.key]
        script.add(day, by, "draft_agreement", id, {
            "commissioner_id": str(commissioner.id), "provider_id": str(setting.id),
            "starts_on": days.ago(SIGNED + 1).isoformat(), "ends_on": (days.today + timedelta(days=600)).isoformat(),
        })  # fmt: skip
        terms = {field: f"Agreed: {words}, as set out in the schedule." for field, words, _ in APPENDIX_A}
        script.add(day, by, "write_terms", id, {"terms": terms})
        script.add(day, by, "agree_price", id, {
            "price": {"amount": setting.price, "per": "session", "lifetime_value": setting.price * 1000},
        })  # fmt: skip
        script.add(day, by, "judge_value", id, {
            "judgement": "Compared with two other offers: in the middle of the prices, with good attendance.",
        })  # fmt: skip
        for party, signatory, who in (
            ("commissioner", "Head of inclusion", by),
            ("provider", "Director", setting.staff),
        ):
            script.add(day, who, "sign_agreement", id, {
                "signature": {"party": party, "on": day.isoformat(), "signatory": signatory},
            })  # fmt: skip
