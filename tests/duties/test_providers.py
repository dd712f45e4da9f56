"""Papers of a provider run out, are renewed in time or late, fail, or last shorter: the walk and the product say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import agreement_events as a
from domain import provider_events as p
from domain.agreement import Agreement
from domain.duties.all_duties import duties_of_provider
from domain.duties.counting import Counting
from domain.duties.duty import Duty
from domain.duties.provider_file import ProviderFile
from domain.facts.checks import Check, Visit
from domain.facts.terms import ContractSigned
from domain.provider import Provider
from tests.duties.calendars import A_YEAR
from tests.duties.oracle import missed, missing
from tests.duties.oracle_of_providers import MONTHS, Contract, Papers, Seen, asked_of
from tests.duties.writing import AUTHORITY, LONG_AGO, SCHOOL, found_by_the_product, organisations, write

HABITS = tuple(sorted({rule for rule, _ in MONTHS.values()}))
RULES = {"T34_expiry", "T34_agreement", "T35", *HABITS}
FIRST, LAST, FAR = date(2024, 1, 31), date(2027, 7, 30), date(2032, 1, 1)
DAYS = st.dates(FIRST, LAST) | st.sampled_from([date(2024, 2, 29), date(2024, 8, 31), date(2025, 1, 31)])


def _duties(papers: Papers, chosen: tuple[str, ...] = HABITS) -> list[Duty]:
    provider = Provider(uuid4())
    agreements = [_agreement(provider, contract) for contract in (Contract(0, None), *papers.contracts)]
    write(provider, LONG_AGO, p.ProviderRegistered, name="Invented Workshop")
    for seen in papers.seen:
        check = Check(kind=seen.kind, checked_on=seen.on, expires_on=seen.until, passed=seen.in_order)  # type: ignore[arg-type]
        write(provider, seen.on, p.CheckRecorded, check=check)
    if papers.approved_on:
        write(provider, papers.approved_on, p.ApprovalMoved, stage="approved")
    for on in papers.assessed_on:
        visit = Visit(kind="self_assessment", on=on, effectiveness="Invented")
        write(provider, on, p.VisitRecorded, visit=visit)
    if papers.removed_on:
        write(provider, papers.removed_on, p.ProviderRemoved, why="Invented")
    counting = Counting(organisations(A_YEAR, chosen=chosen))
    return duties_of_provider(ProviderFile(provider, agreements, counting))


def _agreement(provider: Provider, contract: Contract) -> Agreement:
    agreement, commissioner = Agreement(uuid4()), (AUTHORITY, SCHOOL)[contract.commissioner]
    write(
        agreement, LONG_AGO, a.AgreementDrafted, commissioner_id=commissioner, provider_id=provider.id,
        starts_on=LONG_AGO, ends_on=contract.ends_on,
    )  # fmt: skip
    for party, on in zip(("commissioner", "provider"), contract.signed_on, strict=False):
        signature = ContractSigned(party=party, on=on, signatory="Head of service")  # type: ignore[arg-type]
        write(agreement, on, a.AgreementSigned, signature=signature)
    if contract.ended_on:
        write(agreement, contract.ended_on, a.AgreementEnded, on=contract.ended_on, why="Invented")
    return agreement


@st.composite
def papers(draw: st.DrawFn) -> Papers:
    """Each kind of paper, seen some times in the order of the days."""
    found = Papers(approved_on=draw(st.none() | DAYS), removed_on=draw(st.none() | DAYS))
    for kind in MONTHS:
        for on in sorted(draw(st.lists(DAYS, max_size=4, unique=True))):
            lasts = draw(st.none() | st.integers(0, 800))
            until = None if lasts is None else on + timedelta(days=lasts)
            found.seen.append(Seen(kind, on, until, draw(st.integers(0, 4)) > 0))
    found.assessed_on = sorted(draw(st.lists(DAYS, max_size=4, unique=True)))
    for _ in range(draw(st.integers(0, 3))):
        signed = tuple(draw(st.lists(DAYS, max_size=2)))
        ended = draw(st.none() | DAYS)
        found.contracts.append(Contract(draw(st.integers(0, 1)), draw(st.none() | DAYS), signed, ended))
    return found


@settings(max_examples=60)
@given(told=papers(), day=DAYS)
def test_every_paper_that_ran_out_is_found_on_its_day(told: Papers, day: date) -> None:
    counted, asked = _duties(told), list(asked_of(told))
    for on in (day, LAST, FAR):
        assert found_by_the_product(counted, on, RULES) == missing(asked, on)
    assert found_by_the_product(counted, FAR, RULES, made_good=True) == missed(asked, FIRST, FAR)


def test_one_renewal_less_is_one_finding_more() -> None:
    year = timedelta(days=365)
    insurance = [Seen("insurance", FIRST + n * year, FIRST + (n + 1) * year) for n in range(4)]
    until = FIRST + 3 * year

    def ran_out(seen: list[Seen]) -> int:
        return sum(duty.was_missed and duty.due_on < until for duty in _duties(Papers(seen)))

    assert ran_out(insurance) == 0
    assert [ran_out(insurance[:n] + insurance[n + 1 :]) for n in (1, 2)] == [1, 1]


def test_an_agreement_runs_out_unless_a_longer_one_is_signed_by_both_in_time() -> None:
    first, last = date(2025, 3, 3), date(2026, 3, 2)
    runs_out = Contract(0, last, (first, first))
    longer = Contract(0, date(2027, 3, 2), (last - timedelta(days=9), last))
    for other, missed_on in (
        (longer, []),
        (replace(longer, signed_on=longer.signed_on[:1]), [last]),
        (replace(longer, signed_on=(last, last + timedelta(days=1))), [last]),
        (replace(longer, ends_on=last), [last, last]),
        (replace(longer, commissioner=1), [last]),
    ):
        told = Papers(contracts=[runs_out, other])
        found = [
            d.due_on for d in _duties(told) if d.rule == "T34_agreement" and d.was_missed and d.due_on == last
        ]
        assert found == missed_on, other


@pytest.mark.parametrize("rule", HABITS)
def test_a_habit_warns_only_where_it_was_chosen(rule: str) -> None:
    kind = next(kind for kind, (habit, _) in MONTHS.items() if habit == rule)
    told = Papers([Seen(kind, FIRST, None)])
    assert [duty.rule for duty in _duties(told)] == [rule]
    assert _duties(told, chosen=()) == []


def test_an_assessment_on_the_day_of_the_approval_begins_a_year_and_does_not_end_it() -> None:
    day = date(2025, 3, 3)
    [yearly] = _duties(Papers(approved_on=day, assessed_on=[day, day]))
    assert (yearly.due_on, yearly.done_on) == (date(2026, 3, 3), None)
