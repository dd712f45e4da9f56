"""The walkthrough happens as it is told: its requests are performed in order, and its answers are the real ones."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.facts.terms import APPENDIX_A
from service.documents.docstrings import CHECKOUT
from tests.api.issuer import Issuer
from tests.documents.shown import Known, differences
from tests.documents.stage import stage
from tests.documents.told_page import PageError, exchanges

PAGE = CHECKOUT / "docs" / "walkthrough.md"
BEFORE = datetime(2026, 8, 24, 9, tzinfo=UTC)


def test_the_walkthrough_happens_as_it_is_told(database_url: str, tmp_path: Path) -> None:
    with stage(database_url, Issuer(tmp_path, BEFORE), BEFORE) as service:
        for told in exchanges(PAGE):
            assert service.perform(told) == []


def test_the_walkthrough_names_every_bullet_of_both_appendices() -> None:
    text = PAGE.read_text()
    meets = " ".join(line for line in text.splitlines() if line.startswith("Meets: "))
    named = set(meets.replace(",", " ").replace(".", " ").split())
    assert [f"A{n}" for n in range(1, 18) if f"A{n}" not in named] == []
    assert [f"B{n}" for n in range(1, 8) if f"B{n}" not in named] == []
    assert sum(1 for _, _, source in APPENDIX_A if "Appendix A" in source) == 17


def test_the_story_goes_forward_and_has_a_refusal_on_the_way() -> None:
    told = exchanges(PAGE)
    assert [one.at for one in told] == sorted(one.at for one in told)
    assert {409} <= {one.status for one in told}


def test_a_page_that_tells_something_else_is_found_out(tmp_path: Path) -> None:
    known = Known()
    assert list(differences({"id": "{child}"}, {"id": "7", "more": 1}, known)) == []
    assert known == {"child": "7"}
    assert list(differences({"id": "{child}"}, {"id": "8"}, known))
    assert list(differences([{"a": 1}, "..."], [{"b": 1}, {"a": 1, "c": 2}], known)) == []
    assert list(differences([{"a": 1}], [{"a": 1}, {"a": 2}], known))
    assert list(differences({"a": "It is..."}, {"a": "It is so."}, known)) == []
    page = tmp_path / "page.md"
    page.write_text("*On Tuesday 9 November 2026, 09:00*\n")
    with pytest.raises(PageError, match="Monday"):
        exchanges(page)
