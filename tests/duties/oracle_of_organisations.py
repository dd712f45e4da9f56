"""The independent count of what an organisation owes each year, and to those who ask it (T36, T38, T39)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.duties.oracle import Asked, School, first
from tests.duties.oracle_of_providers import months_later

RULES = {"T36", "T38_access", "T38_breach", "T38_complaint", "T39"}


@dataclass(frozen=True)
class Question:
    """What somebody asked for or reported, and the days on which it was answered."""

    kind: str
    on: date
    answered_on: tuple[date, ...] = ()


@dataclass
class Office:
    """An authority, or a school, as far as it is asked."""

    is_authority: bool
    maintained: bool
    came_on: date
    audited_on: list[date] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def asked_of(office: Office, school: School) -> Iterator[Asked]:
    """What the rules ask for."""
    if office.is_authority:
        days = sorted([office.came_on, *office.audited_on])
        for number, day in enumerate(days):
            again = [on for on in days[number + 1 :] if on in office.audited_on]
            yield "T36", months_later(day, 12), min(again, default=None), None
    for one in office.questions:
        done = first(one.answered_on, one.on)
        if one.kind == "subject_access":
            yield "T38_access", months_later(one.on, 1), done, None
        elif one.kind == "personal_data_breach":
            yield "T38_breach", one.on + timedelta(days=3), done, None
        elif one.kind == "data_protection_complaint":
            yield "T38_complaint", one.on + timedelta(days=30), done, None
        elif office.maintained:
            yield "T39", school.nth(one.on + timedelta(days=1), 15), done, None
