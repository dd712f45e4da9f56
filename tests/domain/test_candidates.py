"""Candidates: the order is always the same, a need more that is met never lowers a rank, and who is excluded has none."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.candidates import FACTORS, Considered, rank
from domain.reasons import Reason

WEIGHTS = {"needs": 40.0, "agreement": 20.0, "quality": 15.0, "checks": 15.0, "price": 10.0}
NEEDS = ("SEMH", "SPLD", "ASD")
NO = Reason(code="no_place_free", message="All places are taken.", source="003 ¶22")


@st.composite
def providers(draw: st.DrawFn) -> list[Considered]:
    """Some providers, each as it looks for the same child."""
    asked = frozenset(draw(st.sets(st.sampled_from(NEEDS))))
    found = []
    for n in range(draw(st.integers(1, 8))):
        met = frozenset(draw(st.sets(st.sampled_from(sorted(asked))))) if asked else frozenset()
        found.append(
            Considered(
                provider_id=UUID(int=n),
                name=draw(st.sampled_from(["Mill", "mill", "Barn", "Yard"])),
                needs_met=met,
                needs_not_met=asked - met,
                agreement_in_force=draw(st.booleans()),
                approved=draw(st.booleans()),
                visited_lately=draw(st.booleans()),
                checks_held=draw(st.integers(0, 6)),
                checks_asked=6,
                price_per_session=draw(st.none() | st.floats(0, 300)),
                refusals=draw(st.sampled_from([(), (), (NO,)])),
            )
        )
    return found


def rank_of(found: list[Considered], id: UUID, weights: dict[str, float]) -> int | None:
    return next((c.rank for c in rank(found, weights, 150).candidates if c.provider_id == id), None)


weights = st.fixed_dictionaries({factor: st.integers(0, 100).map(float) for factor in FACTORS})


@given(providers(), weights, st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_the_order_in_which_providers_are_looked_at(
    found: list[Considered], weights: dict[str, float], shuffle: object
) -> None:
    mixed = list(found)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert rank(found, weights, 150) == rank(mixed, weights, 150)


@given(providers(), weights, st.data())
def test_one_need_more_that_is_met_never_lowers_the_rank(
    found: list[Considered], weights: dict[str, float], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(found))
    if one.refusals or not one.needs_not_met:
        return
    need = data.draw(st.sampled_from(sorted(one.needs_not_met)))
    better = replace(one, needs_met=one.needs_met | {need}, needs_not_met=one.needs_not_met - {need})
    before = rank_of(found, one.provider_id, weights)
    after = rank_of([better if p is one else p for p in found], one.provider_id, weights)
    assert before is not None
    assert after is not None
    assert after <= before


@given(providers(), weights)
def test_who_is_excluded_has_no_rank_and_a_reason_and_everybody_else_has_one(
    found: list[Considered], weights: dict[str, float]
) -> None:
    ranking = rank(found, weights, 150)
    assert {c.provider_id for c in ranking.candidates} == {p.provider_id for p in found if not p.refusals}
    assert {e.provider_id for e in ranking.excluded} == {p.provider_id for p in found if p.refusals}
    assert [c.rank for c in ranking.candidates] == list(range(1, len(ranking.candidates) + 1))
    assert all(reason.source for one in ranking.excluded for reason in one.reasons)
    for candidate in ranking.candidates:
        assert all(p.words.endswith(".") and p.source and 0 <= p.points <= p.of for p in candidate.reasons)
        assert candidate.points == round(sum(p.points for p in candidate.reasons), 2)


@given(providers(), weights)
def test_a_warning_takes_no_points(found: list[Considered], weights: dict[str, float]) -> None:
    warned = [replace(p, warnings=(replace(NO, warning=True),)) for p in found]
    assert [c.provider_id for c in rank(found, weights, 150).candidates] == [
        c.provider_id for c in rank(warned, weights, 150).candidates
    ]
