"""Templates are compiled once in a process, whatever number of applications draw with them."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.getting_ready import get_ready
from api.pages.templating import templates
from workflows.catalogue import COMMANDS


def test_what_was_compiled_once_is_compiled_by_no_other_application(monkeypatch: pytest.MonkeyPatch) -> None:
    templates().get_template("wrong.html")
    another = templates()

    def compiled_again(*_: Any, **__: Any) -> None:
        raise AssertionError("it is compiled again")

    monkeypatch.setattr(another, "compile", compiled_again)
    assert another.get_template("wrong.html").name == "wrong.html"


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("{{ row.name }}", "Ann &amp; Bo"),
        ("{{ row.name.upper() }}", "ANN &amp; BO"),
        ("{{ row.missing }}{{ row.missing.deeper }}{{ row.name.missing.deeper }}", ""),
        ("{{ row.missing is defined }}", "False"),
        # A field that is called like something that every dict can do is asked for by its name in brackets.
        ("{{ row['items'] }}", "4"),
        ("{% for name, value in row.items() %}{{ name }} {% endfor %}", "name items "),
        ("{{ row.get('other', 'none') }}", "none"),
    ],
)
def test_a_name_stands_for_a_field_of_an_answer_or_for_nothing(said: str, drawn: str) -> None:
    assert templates().from_string(said).render(row={"name": "Ann & Bo", "items": 4}) == drawn


@pytest.mark.long
def test_before_the_first_visitor_every_form_and_every_template_is_ready() -> None:
    assert get_ready() > len(COMMANDS) + 90
