"""A setting is a school when enough children are there full-time, whoever placed them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.thresholds import REGISTRATION_RULES, ChildHours, must_be_registered, registration_rule_on

TODAY = date(2026, 11, 21)


def child(
    name: str, hours: float, *, plan: bool = False, looked_after: bool = False, compulsory: bool = True
) -> ChildHours:
    return ChildHours(name, hours, plan, looked_after, compulsory)


def children(count: int, hours: float) -> list[ChildHours]:
    return [child(f"child {n}", hours) for n in range(count)]


@pytest.mark.parametrize(
    ("there", "must_register"),
    [
        ([], False),
        (children(4, 25), False),
        (children(5, 25), True),
        (children(5, 18), False),  # exactly 18 hours is not more than 18
        (children(5, 18.5), True),
        ([child("a", hours, plan=True) for hours in (0.1, 16.1, 1.8)], False),  # 18 hours in three parts
        (children(50, 15), False),  # many children, none of them full-time
        ([child("a", 25, plan=True)], True),
        ([child("a", 25, looked_after=True)], True),
        ([child("a", 18, plan=True)], False),
        ([child("a", 25, plan=True, compulsory=False)], False),
        ([*children(4, 25), child("sixteen", 25, compulsory=False)], False),
        ([child("a", 10, plan=True), child("a", 9)], True),  # one child of two commissioners
        ([*children(4, 25), child("x", 10), child("x", 10)], True),
        ([*children(4, 25), child("child 0", 5)], False),  # still four children
    ],
)
def test_full_time_children_make_a_school(there: list[ChildHours], must_register: bool) -> None:
    assert must_be_registered(there, TODAY).must_register is must_register


def test_a_verdict_says_why_with_numbers_and_no_names() -> None:
    verdict = must_be_registered([*children(5, 25), child("Sam", 20, plan=True)], TODAY)
    assert verdict.why == (
        "6 children of compulsory school age would have more than 18 hours a week; "
        "1 child with an EHC plan or looked after would have more than 18 hours a week."
    )
    assert (verdict.full_time, verdict.full_time_with_plan_or_looked_after) == (6, 1)
    assert verdict.rule is REGISTRATION_RULES[0]


def test_a_setting_that_need_not_register_has_no_why() -> None:
    assert must_be_registered(children(1, 25), TODAY).why == ""


@pytest.mark.parametrize(("count", "short"), [(3, False), (4, True), (5, False)])
def test_one_more_child_would_make_it_a_school(count: int, short: bool) -> None:
    assert must_be_registered(children(count, 25), TODAY).one_child_short is short


def test_the_coming_rule_is_weighed_only_when_asked_for() -> None:
    coming = REGISTRATION_RULES[1]
    assert registration_rule_on(date(2030, 1, 1)) is REGISTRATION_RULES[0]
    assert must_be_registered(children(5, 25), TODAY, rule=coming).rule is coming


def test_no_rule_is_known_for_the_days_before_it() -> None:
    verdict = must_be_registered(children(5, 25), date(2003, 8, 31))
    assert (verdict.must_register, verdict.rule) == (False, None)


rows = st.lists(
    st.builds(
        ChildHours, st.sampled_from("abcdefgh"), st.floats(0, 30), st.booleans(), st.booleans(), st.booleans()
    )
)


@given(rows, rows)
def test_more_children_or_hours_never_make_a_school_less_of_one(
    there: list[ChildHours], more: list[ChildHours]
) -> None:
    before = must_be_registered(there, TODAY)
    after = must_be_registered([*there, *more], TODAY)
    assert after.must_register or not before.must_register
    assert after.full_time >= before.full_time


@given(rows)
def test_the_order_of_the_rows_changes_nothing(there: list[ChildHours]) -> None:
    forwards, backwards = must_be_registered(there, TODAY), must_be_registered(there[::-1], TODAY)
    assert forwards.full_time_with_plan_or_looked_after == backwards.full_time_with_plan_or_looked_after
