"""The yearly audit of needs, and answers within a time: the walk and the product say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import organisation_events as o
from domain.duties.all_duties import duties_of_organisation
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.duties.organisation_file import OrganisationFile
from domain.facts.required_steps import InformationAnswer, InformationRequest, NeedsAudit
from domain.organisation import Organisation
from domain.people import OrganisationKind
from tests.duties.calendars import A_YEAR, schools
from tests.duties.oracle import School, missed, missing
from tests.duties.oracle_of_organisations import RULES, Office, Question, asked_of
from tests.duties.writing import as_calendar, found_by_the_product, write, write_late

CHOSEN = ("T38_access", "T38_breach", "T39")
"""Rules that are off until somebody chooses them."""
KINDS = ("subject_access", "personal_data_breach", "data_protection_complaint", "educational_record")
FIRST, UNTIL, FAR = date(2026, 9, 14), date(2027, 6, 1), date(2030, 1, 1)
DAYS = st.dates(FIRST, UNTIL) | st.sampled_from([date(2026, 10, 31), date(2027, 1, 31)])


def _duties(
    office: Office, school: School, late: Callable[[], int] = lambda: 0, chosen: tuple[str, ...] = CHOSEN
) -> list[Duty]:
    organisation = Organisation(uuid4())
    kind = OrganisationKind.LOCAL_AUTHORITY if office.is_authority else OrganisationKind.SCHOOL
    write(
        organisation,
        office.came_on,
        o.OrganisationFounded,
        name="Invented",
        kind=kind,
        maintained=office.maintained,
    )
    write(organisation, office.came_on, o.CalendarSet, calendar=as_calendar(school))
    write(organisation, office.came_on, o.WarningsChosen, rules=chosen)
    for number, one in enumerate(office.questions):
        asked = InformationRequest(kind=one.kind, received_on=one.on, reference=f"Q{number}")  # type: ignore[arg-type]
        write_late(
            organisation, one.on + timedelta(days=late()), one.on, o.InformationRequested, request=asked
        )
        for on in one.answered_on:
            answer = InformationAnswer(reference=f"Q{number}", answered_on=on)
            write_late(organisation, on + timedelta(days=late()), on, o.InformationAnswered, answer=answer)
    for on in office.audited_on:
        audit = NeedsAudit(audited_on=on, document="Invented", gaps_analysed=True)
        write_late(organisation, on + timedelta(days=late()), on, o.NeedsAudited, audit=audit)
    return duties_of_organisation(OrganisationFile(organisation, Counting({organisation.id: organisation})))


@st.composite
def offices(draw: st.DrawFn) -> Office:
    """Asked for this and that, answered in time, late, twice or never."""
    is_authority, maintained = draw(st.sampled_from([(True, False), (False, True), (False, False)]))
    came = draw(st.dates(date(2024, 1, 31), date(2026, 9, 14)) | st.just(date(2024, 2, 29)))
    office = Office(is_authority, maintained, came)
    # An audit of the time before is written down, too.
    audits = st.lists(st.dates(came - timedelta(days=400), UNTIL), max_size=4, unique=True)
    office.audited_on = draw(audits) if is_authority else []
    for on in draw(st.lists(DAYS, max_size=5)):
        answers = draw(st.lists(st.integers(0, 45), max_size=2))
        answered = tuple(on + timedelta(days=n) for n in answers)
        office.questions.append(Question(draw(st.sampled_from(KINDS)), on, answered))
    return office


@settings(max_examples=100)
@given(office=offices(), school=schools(), data=st.data())
def test_whatever_was_not_answered_in_time_is_found_on_its_day(
    office: Office, school: School, data: st.DataObject
) -> None:
    counted = _duties(office, school, lambda: data.draw(st.integers(0, 9)))
    asked = list(asked_of(office, school))
    for day in {data.draw(DAYS), UNTIL, FAR}:
        assert found_by_the_product(counted, day, RULES) == missing(asked, day)
    assert found_by_the_product(counted, FAR, RULES, made_good=True) == missed(asked, date(2022, 1, 1), FAR)


def _missed(office: Office) -> list[tuple[str, date]]:
    walked = missed(asked_of(office, A_YEAR), date(2024, 1, 1), UNTIL)
    assert found_by_the_product(_duties(office, A_YEAR), UNTIL, RULES, made_good=True) == walked
    return sorted((rule, due) for rule, due, _ in walked)


@pytest.mark.parametrize(
    ("kind", "rule", "last"),
    [
        ("subject_access", "T38_access", date(2027, 2, 28)),
        ("personal_data_breach", "T38_breach", date(2027, 2, 3)),
        ("data_protection_complaint", "T38_complaint", date(2027, 3, 2)),
        ("educational_record", "T39", date(2027, 2, 26)),
    ],
)
def test_an_answer_a_day_late_is_a_finding(kind: str, rule: str, last: date) -> None:
    office = Office(is_authority=False, maintained=True, came_on=date(2026, 9, 1))
    asked = Question(kind, date(2027, 1, 31), (last,))
    assert _missed(replace(office, questions=[asked])) == []
    assert _missed(replace(office, questions=[replace(asked, answered_on=(last + timedelta(days=1),))])) == [
        (rule, last)
    ]


def test_one_audit_less_is_one_finding_more() -> None:
    office = Office(True, False, date(2024, 3, 4), [date(2025, 3, 3), date(2026, 3, 3), date(2027, 3, 3)])
    assert _missed(office) == []
    assert _missed(replace(office, audited_on=office.audited_on[::2])) == [("T36", date(2026, 3, 3))]


def test_what_is_unverified_is_off_until_it_is_chosen() -> None:
    office = Office(False, True, date(2026, 9, 1), questions=[Question(kind, FIRST) for kind in KINDS])
    assert {duty.rule for duty in _duties(office, A_YEAR, chosen=())} == {"T38_complaint"}
