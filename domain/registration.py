"""When a setting must be a registered school: how many children are there full-time, whoever sent them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.confidence import Mark


@dataclass(frozen=True, slots=True)
class RegistrationRule:
    """From when on how many children in full-time education make a setting a school."""

    id: str
    version: int
    in_force_from: date | None
    """The first day; none while no day has been appointed."""
    in_force_to: date | None
    children: int
    """So many children of compulsory school age in full-time education."""
    children_with_plan_or_looked_after: int
    """Or so many of them with an EHC plan or looked after by a local authority."""
    full_time_above_hours: float
    """More than so many hours a week indicate full-time education. No statute defines it [S]."""
    source: str
    mark: Mark
    note: str = ""


REGISTRATION_RULES = (
    RegistrationRule(
        id="independent_school",
        version=1,
        in_force_from=date(2003, 9, 1),
        in_force_to=None,
        children=5,
        children_with_plan_or_looked_after=1,
        full_time_above_hours=18,
        source="Education Act 1996 s.463; Education and Skills Act 2008 s.96; hours: DfE guidance",
        mark=Mark.PRIMARY,
        note="The numbers of children are law [P]; 18 hours is an indicator in guidance [S].",
    ),
    RegistrationRule(
        id="independent_educational_institution",
        version=1,
        in_force_from=None,
        in_force_to=None,
        children=5,
        children_with_plan_or_looked_after=1,
        full_time_above_hours=18,
        source="Children's Wellbeing and Schools Act 2026 s.43, replacing Education and Skills Act 2008 s.92",
        mark=Mark.PRIMARY,
        note="No day appointed when last seen. Any special educational needs will count; hours may be set.",
    ),
)
"""The rule in force and the one that is coming. An appointed day ends the one and begins the other."""


@dataclass(frozen=True, slots=True)
class ChildHours:
    """One child at a setting under one commission. A child's hours are added up over all commissions."""

    child: UUID | str
    weekly_hours: float
    ehc_plan: bool
    looked_after: bool
    compulsory_age: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a setting must be a registered school, and why."""

    must_register: bool
    why: str
    """A sentence with numbers and no names; empty where it need not register."""
    full_time: int
    """How many children of compulsory school age are there full-time."""
    full_time_with_plan_or_looked_after: int
    one_child_short: bool
    """Whether one more such child would make it a school."""
    rule: RegistrationRule | None
    """The rule that was weighed; none where none was in force on that day."""


def registration_rule_on(day: date) -> RegistrationRule | None:
    """The rule in force on a day; none before 1 September 2003."""
    return next(
        (
            rule
            for rule in REGISTRATION_RULES
            if rule.in_force_from is not None
            and rule.in_force_from <= day
            and (rule.in_force_to is None or day <= rule.in_force_to)
        ),
        None,
    )


def must_be_registered(
    children: Iterable[ChildHours], day: date, rule: RegistrationRule | None = None
) -> Verdict:
    """Whether a setting with these children must be registered on a day, by the rule in force or one given.

    It counts only the children: whether the setting is registered is for its own record to say.
    """
    weighed = rule or registration_rule_on(day)
    if weighed is None:
        return Verdict(False, "", 0, 0, one_child_short=False, rule=None)
    full_time = [
        child
        for child in _added_up(children)
        if child.compulsory_age and round(child.weekly_hours, 2) > weighed.full_time_above_hours
    ]
    vulnerable = sum(child.ehc_plan or child.looked_after for child in full_time)
    must_register = (
        len(full_time) >= weighed.children or vulnerable >= weighed.children_with_plan_or_looked_after
    )
    return Verdict(
        must_register=must_register,
        why=_why(weighed, len(full_time), vulnerable) if must_register else "",
        full_time=len(full_time),
        full_time_with_plan_or_looked_after=vulnerable,
        one_child_short=not must_register and len(full_time) == weighed.children - 1,
        rule=weighed,
    )


def _added_up(children: Iterable[ChildHours]) -> list[ChildHours]:
    """One row a child, with the hours of all its commissions."""
    together: dict[UUID | str, ChildHours] = {}
    for row in children:
        known = together.get(row.child)
        together[row.child] = (
            row
            if known is None
            else ChildHours(
                child=row.child,
                weekly_hours=known.weekly_hours + row.weekly_hours,
                ehc_plan=known.ehc_plan or row.ehc_plan,
                looked_after=known.looked_after or row.looked_after,
                compulsory_age=known.compulsory_age or row.compulsory_age,
            )
        )
    return list(together.values())


def _why(rule: RegistrationRule, full_time: int, vulnerable: int) -> str:
    hours = f"more than {rule.full_time_above_hours:g} hours a week"
    reasons = []
    if full_time >= rule.children:
        reasons.append(f"{full_time} children of compulsory school age would have {hours}")
    if vulnerable >= rule.children_with_plan_or_looked_after:
        count = "1 child" if vulnerable == 1 else f"{vulnerable} children"
        reasons.append(f"{count} with an EHC plan or looked after would have {hours}")
    return "; ".join(reasons) + "."
