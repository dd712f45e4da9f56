"""Every deadline falls on the right day, in its own unit, and says where it comes from."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.confidence import Mark
from domain.routes import ROUTES
from domain.school_days import OutsideCalendar, SchoolCalendar, SchoolDays, Term
from domain.time_rules import TIME_RULES, NoFixedDay, TimeRule, Unit, due_on, months_after, time_rule

DAYS = SchoolDays(
    SchoolCalendar(
        terms=(
            Term(
                name="Autumn 2026",
                starts_on=date(2026, 9, 2),
                ends_on=date(2026, 12, 18),
                half_term_starts_on=date(2026, 10, 26),
                half_term_ends_on=date(2026, 10, 30),
            ),
            Term(
                name="Spring 2027",
                starts_on=date(2027, 1, 4),
                ends_on=date(2027, 3, 25),
                half_term_starts_on=date(2027, 2, 15),
                half_term_ends_on=date(2027, 2, 19),
            ),
        ),
        inset_days=(date(2026, 11, 2),),
    )
)
WEDNESDAY_BEFORE_HALF_TERM = date(2026, 10, 21)
THURSDAY_AFTER_HALF_TERM = date(2026, 11, 5)


def test_the_forty_rules_are_all_here() -> None:
    numbers = {int(re.sub(r"T(\d+).*", r"\1", id)) for id in TIME_RULES}
    assert set(range(1, 41)) <= numbers


@pytest.mark.parametrize("rule", TIME_RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_says_where_it_comes_from_and_who_must_act(rule: TimeRule) -> None:
    assert all((rule.source, rule.owner, rule.trigger, rule.obligation, rule.anchor))


@pytest.mark.parametrize("rule", TIME_RULES.values(), ids=lambda rule: rule.id)
def test_what_must_be_done_is_said_without_what_set_it_off(rule: TimeRule) -> None:
    assert not re.search(r"^\w+ (it|its|them|itself|that)\b|\bthen$", rule.obligation), rule.obligation


def test_two_rules_with_the_same_words_ask_for_the_same_thing() -> None:
    by_words: dict[str, set[str]] = {}
    for rule in TIME_RULES.values():
        by_words.setdefault(rule.obligation, set()).add(rule.id)
    assert sorted(map(sorted, filter(lambda ids: len(ids) > 1, by_words.values()))) == [
        ["T1", "T2"],
        ["T25", "T25_post_16"],
    ]


@pytest.mark.parametrize("rule", TIME_RULES.values(), ids=lambda rule: rule.id)
def test_what_is_unverified_or_only_proposed_is_off_and_only_warns(rule: TimeRule) -> None:
    if rule.mark is Mark.UNVERIFIED or rule.proposal:
        assert not rule.on_by_default
        assert rule.only_warns


@pytest.mark.parametrize("rule", TIME_RULES.values(), ids=lambda rule: rule.id)
def test_every_rule_has_a_day_or_says_that_people_must_set_one(rule: TimeRule) -> None:
    if rule.unit is Unit.AS_AGREED:
        with pytest.raises(NoFixedDay):
            due_on(rule, date(2026, 11, 16), DAYS)
    else:
        assert isinstance(due_on(rule, date(2026, 11, 16), DAYS), date)


@pytest.mark.parametrize(
    ("rule", "anchor", "due"),
    [
        ("T1", date(2026, 9, 7), date(2026, 9, 14)),  # Monday is day 1, the next Monday day 6
        ("T1", WEDNESDAY_BEFORE_HALF_TERM, THURSDAY_AFTER_HALF_TERM),  # over half-term and INSET
        ("T1", date(2026, 9, 5), date(2026, 9, 14)),  # excluded on a Saturday: Monday is day 1
        ("T2", date(2026, 12, 17), date(2027, 1, 7)),  # over Christmas
        ("T4", date(2026, 9, 7), date(2026, 9, 25)),
        ("T6", date(2026, 9, 7), date(2026, 9, 18)),
        ("T7", date(2026, 9, 7), date(2026, 9, 7)),
        ("T10", WEDNESDAY_BEFORE_HALF_TERM, THURSDAY_AFTER_HALF_TERM),
        ("T13", date(2026, 9, 10), date(2026, 9, 8)),
        ("T13", date(2026, 9, 7), date(2026, 9, 3)),  # over a weekend
        ("T13", date(2026, 11, 3), date(2026, 10, 22)),  # over half-term and INSET
        ("T14_pause", date(2026, 9, 7), date(2026, 11, 16)),
        ("T15_invite", date(2026, 11, 16), date(2026, 11, 10)),
        ("T15_outcome", date(2026, 11, 16), date(2026, 11, 22)),
        ("T16", date(2026, 9, 7), date(2026, 10, 23)),
        ("T16", date(2026, 10, 23), date(2026, 10, 23)),  # on its last day
        ("T16", date(2026, 10, 24), date(2026, 12, 18)),  # no school day of the first half is left
        ("T16", date(2026, 10, 28), date(2026, 12, 18)),  # in the break: the half-term that follows
        ("T16", date(2026, 12, 25), date(2027, 2, 12)),
        ("T17", date(2026, 11, 16), date(2026, 11, 16)),
        ("T19", date(2026, 10, 23), date(2026, 11, 3)),
        ("T20", date(2026, 11, 16), date(2026, 11, 18)),
        ("T22", date(2024, 2, 29), date(2025, 2, 28)),  # issued on a leap day
        ("T23_final", date(2026, 11, 16), date(2027, 2, 8)),
        ("T25", date(2026, 9, 1), date(2027, 2, 15)),
        ("T25", date(2027, 2, 15), date(2027, 2, 15)),
        ("T25_post_16", date(2027, 2, 16), date(2027, 3, 31)),
        ("T27", date(2026, 12, 18), date(2027, 1, 6)),  # over three bank holidays
        ("T28", date(2026, 9, 7), date(2026, 12, 18)),
        ("T28", date(2026, 12, 25), date(2027, 3, 25)),
        ("T34_dbs", date(2024, 2, 29), date(2027, 2, 28)),
        ("T38_access", date(2027, 1, 31), date(2027, 2, 28)),
        ("T38_breach", date(2026, 11, 16), date(2026, 11, 19)),
        ("T40", date(2027, 2, 5), date(2026, 11, 3)),
        ("T40", date(2026, 12, 25), date(2026, 9, 2)),  # ends in the holiday, so with the autumn
    ],
)
def test_an_obligation_falls_due_on_its_day(rule: str, anchor: date, due: date) -> None:
    assert due_on(time_rule(rule), anchor, DAYS) == due


def test_a_deadline_beyond_the_calendar_is_not_guessed() -> None:
    with pytest.raises(OutsideCalendar):
        due_on(time_rule("T1"), date(2027, 3, 22), DAYS)
    with pytest.raises(OutsideCalendar):
        due_on(time_rule("T40"), date(2026, 9, 7), DAYS)


def test_school_time_cannot_be_counted_without_a_calendar() -> None:
    with pytest.raises(ValueError, match="school calendar is needed"):
        due_on(time_rule("T16"), date(2026, 9, 7))


def test_calendar_time_needs_no_school_calendar() -> None:
    assert due_on(time_rule("T22"), date(2026, 9, 7)) == date(2027, 9, 7)


@pytest.mark.parametrize(
    ("rule", "calendar"), [("T1", "home_school"), ("T16", "home_school"), ("T27", "england"), ("T22", "none")]
)
def test_every_unit_has_its_calendar(rule: str, calendar: str) -> None:
    assert time_rule(rule).calendar == calendar


def test_every_route_names_a_rule_that_exists() -> None:
    assert all(terms.begins_by in TIME_RULES for terms in ROUTES.values() if terms.begins_by)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(-60, 60))
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, n: int) -> None:
    later = months_after(day, n)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == n
    assert later.day == day.day or (later.day < day.day and months_after(later, 0) == later)


@given(st.dates(date(2026, 9, 2), date(2027, 3, 25)))
def test_a_half_termly_review_is_never_due_before_its_anchor(day: date) -> None:
    due = due_on(time_rule("T16"), day, DAYS)
    assert due >= day
    assert DAYS.is_school_day(due)


@given(st.dates(date(2026, 9, 2), date(2027, 2, 1)))
def test_the_sixth_school_day_comes_after_five_others(day: date) -> None:
    due = due_on(time_rule("T1"), day, DAYS)
    assert DAYS.count(day, due) == 6
