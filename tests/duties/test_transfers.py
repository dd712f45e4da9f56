"""Before a transfer the plan is amended, and a parent has time to answer: the walk and the product say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain import child_events as c
from domain.child import Child
from domain.child_step_events import AnnualReviewStepTaken
from domain.duties.all_duties import duties_of_child
from domain.duties.child_file import ChildFile
from domain.duties.counting import Counting
from domain.duties.duty import Duty, State
from domain.events import Event
from domain.facts.people import EhcPlan
from domain.facts.required_steps import AnnualReviewStep
from tests.duties.calendars import A_YEAR
from tests.duties.oracle import missed, missing
from tests.duties.oracle_of_transfers import RULES, Transfer, asked_of
from tests.duties.writing import AUTHORITY, LONG_AGO, found_by_the_product, organisations, write, write_late

FIRST, LAST, FAR = date(2024, 9, 1), date(2028, 8, 31), date(2029, 12, 31)
DAYS = st.dates(FIRST, LAST) | st.sampled_from([date(2027, 2, 15), date(2027, 3, 31), date(2026, 9, 1)])


def _duties(told: Transfer, late: Callable[[], int] = lambda: 0) -> list[Duty]:
    child = Child(uuid4())
    write(
        child, LONG_AGO, c.ChildRegistered, given_names="Robin", family_name="Sample", born_on="2012-03-14",
        sex="U", authority_id=AUTHORITY,
    )  # fmt: skip
    steps: list[tuple[date, type[Event], dict[str, object]]] = [
        (on, c.YearGroupSet, {"year_group": group}) for on, group in told.groups
    ]
    steps += [
        (on, c.EhcPlanRecorded, {"plan": EhcPlan(issued_on=on, section_f="Invented")}) for on in told.plans
    ]
    steps += [(on, c.EhcPlanCeased, {"on": on}) for on in told.ceased_on]
    for step, days in (("amendments_proposed", told.proposed), ("representations_received", told.answered)):
        steps += [(on, AnnualReviewStepTaken, {"review": AnnualReviewStep(step=step, on=on)}) for on in days]  # type: ignore[arg-type]
    # Year groups are recorded in their order; of the rest some is typed in days later.
    typed = [
        (on + timedelta(days=0 if kind is c.YearGroupSet else late()), on, kind, facts)
        for on, kind, facts in steps
    ]
    for typed_on, on, kind, facts in sorted(typed, key=lambda one: one[0]):
        write_late(child, typed_on, on, kind, **facts)
    return duties_of_child(ChildFile(child, [], [], Counting(organisations(A_YEAR))))


@st.composite
def transfers(draw: st.DrawFn) -> Transfer:
    """Some years of a child, with a plan or without, in whatever order."""
    days = st.lists(DAYS, max_size=3, unique=True).map(sorted)
    groups = [(on, draw(st.sampled_from(["5", "6", "7", "11"]))) for on in draw(days)]
    plans = draw(days)
    ceased = [on for on in draw(days) if plans and on > plans[0] and on not in plans]
    return Transfer(groups, plans, ceased, draw(days), draw(days))


@settings(max_examples=150)
@given(told=transfers(), day=DAYS, data=st.data())
def test_every_plan_that_was_not_amended_in_time_is_found(
    told: Transfer, day: date, data: st.DataObject
) -> None:
    counted, asked = _duties(told, lambda: data.draw(st.integers(0, 9))), list(asked_of(told))
    for on in (day, LAST, FAR):
        assert found_by_the_product(counted, on, RULES) == missing(asked, on)
    assert found_by_the_product(counted, FAR, RULES, made_good=True) == missed(asked, FIRST, FAR)


def test_a_year_group_that_was_set_right_and_a_plan_that_had_ceased_ask_for_nothing() -> None:
    autumn, plan = date(2026, 9, 3), date(2024, 11, 4)
    owed = [d for d in _duties(Transfer([(autumn, "6")], [plan])) if d.rule == "T25"]
    assert [d.due_on for d in owed] == [date(2027, 2, 15)]
    corrected = Transfer([(autumn, "6"), (autumn + timedelta(days=5), "5")], [plan])
    assert [d for d in _duties(corrected) if d.rule == "T25"] == []
    assert [
        d for d in _duties(Transfer([(autumn, "6")], [plan], [date(2026, 3, 2)])) if d.rule == "T25"
    ] == []


def test_time_that_a_parent_is_given_is_shown_to_its_last_day_and_never_missed() -> None:
    on = date(2026, 10, 5)
    [time] = [d for d in _duties(Transfer(proposed=[on])) if d.rule == "T24"]
    assert [time.state(on + timedelta(days=n)) for n in (14, 15, 16)] == [
        State.AHEAD,
        State.DUE,
        State.LAPSED,
    ]
    assert not time.was_missed
