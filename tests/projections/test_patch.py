"""What lies between two versions of the same facts leads from the one to the other, by our own hand and by anybody's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.changing import Causes
from projections.patch import Change, applied, patch

NAMES = st.sampled_from(["a", "b", "of/which", "t~lde", "", "0"])
FACTS = st.recursive(
    st.none() | st.booleans() | st.integers(0, 3) | st.just(1.0) | st.sampled_from(["", "x", "erased"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


def strictly(facts: Any) -> Any:
    """The same, so that 1, 1.0 and True are three things."""
    if isinstance(facts, dict):
        return {name: strictly(value) for name, value in facts.items()}
    return [strictly(value) for value in facts] if isinstance(facts, list) else (type(facts), facts)


@settings(database=None, max_examples=400)
@given(FACTS, FACTS)
def test_what_lies_between_applied_to_the_one_gives_the_other(one: Any, other: Any) -> None:
    before = strictly(one)
    assert strictly(applied(one, patch(one, other))) == strictly(other)
    assert strictly(one) == before, "what is given stays as it was"


@settings(database=None)
@given(FACTS)
def test_between_the_same_facts_lies_nothing(facts: Any) -> None:
    assert list(patch(facts, facts)) == []


def test_only_what_differs_is_named_with_what_it_was() -> None:
    before = {"stage": "active", "plan": {"aims": ["a", "b"], "by": "x"}, "gone": 1}
    after = {"stage": "review", "plan": {"aims": ["a"], "by": "x"}, "new": [2]}
    told = [(change.op, change.path, change.before, change.value) for change in patch(before, after)]
    assert told == [
        ("replace", "/stage", "active", "review"),
        ("remove", "/plan/aims/1", "b", None),
        ("remove", "/gone", 1, None),
        ("add", "/new", None, [2]),
    ]


@pytest.mark.parametrize(
    ("one", "other", "do"),
    [
        ("/a", "/a/b", True),
        ("/a/b", "/a", True),
        ("/a", "/a", True),
        ("/a", "/ab", False),
        ("/a/1", "/a/11", False),
    ],
)
def test_a_path_touches_what_it_leads_to(one: str, other: str, do: bool) -> None:
    causes = Causes([(7, [one]), (3, ["/elsewhere"])])
    assert causes.of(Change(op="replace", path=other)) == ((7,) if do else ())
    causes = Causes([(7, ["/elsewhere", other]), (3, [other])])
    assert causes.of(Change(op="replace", path=one)) == ((7, 3) if do else ()), "in the order of the steps"
