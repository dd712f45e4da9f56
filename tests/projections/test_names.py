"""Names are found and put in order whatever they are made of, and never act as anything but names."""

from collections.abc import Callable

import pytest

from domain.people import Scope
from projections.finding_children import ChildFilter
from projections.names import folded, name_key, patterns
from projections.reading import ReadModels
from tests.projections.filling import Filling

EVERYTHING = Scope(everything=True)
HOSTILE = [
    ("Robert'); DROP TABLE caseload;--", "O'Brien"),
    ("50%", "_under_"),
    ("back\\slash", '"quoted"'),
    ("\u202eReversed", "\u200fRight"),
    ("\u0645\u062d\u0645\u062f", "\u0639\u0644\u064a"),
    ("\U0001f600", "\u2603"),
    ("x" * 200, "\ufdfa" * 200),
    ("\u00e9", "e\u0301"),
    ("{p}", "%(name)s"),
    ("[erased]", "[erased]"),
]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Zo\u00eb", "zoe"),
        ("O\u2019Brien", "obrien"),
        ("Smith-Jones", "smith jones"),
        ("Stra\u00dfe", "strasse"),
        ("\u0141ukasz", "lukasz"),
        ("S\u00f8ren", "soren"),
        ("  two  words ", "two words"),
        ("Smith\u2013Jones", "smith jones"),
        ("a\u200bb", "ab"),
        ("\u202eabc", "abc"),
    ],
)
def test_names_are_compared_without_capitals_accents_and_apostrophes(name: str, key: str) -> None:
    assert folded(name) == key
    assert folded(key) == key


def test_plain_letters_fold_as_all_others_do() -> None:
    for code in range(128):
        assert folded(f"x{chr(code)}y") + "e" == folded(f"x{chr(code)}y\u00e9")


def test_a_key_is_short_enough_for_an_index() -> None:
    assert len(name_key("\ufdfa" * 200, "\ufdfa" * 200).encode()) < 2_000
    assert name_key("Family", "Given") == "family given"


def test_a_search_of_nothing_finds_all_and_of_invisible_letters_nothing() -> None:
    assert patterns("  ") is None
    assert patterns("\u200b") == [""]
    assert patterns("a_b 50%\\") == ["%a\\_b%", "%50\\%\\\\%"]


def test_hostile_names_are_kept_listed_and_found(
    filling: Filling, caught_up: Callable[[], None], read_models: ReadModels
) -> None:
    authority = filling.organisation("North")
    for given, family in HOSTILE:
        filling.placement(filling.child(given, family, authority), authority)
    caught_up()

    listed = read_models.children.page(EVERYTHING, limit=200).rows
    assert {(row.given_names, row.family_name) for row in listed} == set(HOSTILE)
    assert [row.name_key for row in listed] == sorted(row.name_key for row in listed)
    for given, family in HOSTILE:
        if len(given) < 100:
            found = read_models.children.page(EVERYTHING, ChildFilter(name=f"{given} {family}")).rows
            assert (given, family) in {(row.given_names, row.family_name) for row in found}
    assert len(read_models.children.page(EVERYTHING, ChildFilter(name="%")).rows) == 2
    assert [r.given_names for r in read_models.children.page(EVERYTHING, ChildFilter(name="_")).rows] == [
        "50%"
    ]
    assert read_models.parked() == []
