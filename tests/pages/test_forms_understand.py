"""What is typed into the form of any command is the body of its request: the examples of all commands go there and back."""

from __future__ import annotations

from typing import Any

import pytest

from api.pages.forms.beginning import typed_from
from api.pages.forms.shape import NOT_ASKED, Shape, shape_of
from api.pages.forms.typed import Typed
from api.pages.forms.understanding import understood
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES


def _without(value: Any) -> Any:
    """Without what is empty, which a form leaves out, and what nobody is asked."""
    if isinstance(value, dict):
        return {
            name: _without(one)
            for name, one in value.items()
            if one not in (None, [], {}) and name not in NOT_ASKED and _without(one) not in ({},)
        }
    return [_without(one) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_example_can_be_typed(name: str) -> None:
    shape = shape_of(name)
    body = COMMANDS[name].model_validate(EXAMPLES[name]).model_dump(mode="json")
    for unasked in NOT_ASKED & body.keys():
        del body[unasked]
    told = understood(shape, typed_from(shape, body))
    assert told.wrong == {}
    command = COMMANDS[name]
    assert command.model_validate(told.body) == command.model_validate(_without(body))


@pytest.mark.parametrize(
    ("day", "month", "year", "says"),
    [
        ("31", "2", "2026", "real date"),
        ("1", "1", "26", "real date"),
        ("x", "1", "2026", "real date"),
        ("", "11", "2026", "must include a day"),
        ("", "", "2026", "must include a day and a month"),
    ],
)
def test_a_day_that_is_none_is_said_and_kept(day: str, month: str, year: str, says: str) -> None:
    shape = Shape("", "group", "", parts=(Shape("on", "date", "On"),))
    typed = Typed({"on.day": [day], "on.month": [month], "on.year": [year]})
    told = understood(shape, typed)
    assert says in told.wrong["on"]
    assert told.body == {}
    assert typed.one("on.year") == year


@pytest.mark.parametrize("kind", ["whole", "number", "moment"])
def test_what_is_no_number_or_moment_is_said(kind: Any) -> None:
    shape = Shape("", "group", "", parts=(Shape("it", kind, "It"),))
    assert "Enter a" in understood(shape, Typed({"it": ["many"]})).wrong["it"]


def test_a_moment_without_a_zone_is_one_in_london() -> None:
    shape = Shape("", "group", "", parts=(Shape("at", "moment", "At"),))
    assert understood(shape, Typed({"at": ["2026-07-01 15:30"]})).body == {"at": "2026-07-01T15:30:00+01:00"}


def test_a_row_that_is_taken_out_leaves_the_others_as_they_were_typed() -> None:
    row = Shape("needs", "rows", "Needs", parts=(Shape("rank", "whole", "Rank"),))
    shape = Shape("", "group", "", parts=(row,))
    typed = Typed(
        {"needs.rows": ["3"], "needs.0.rank": ["1"], "needs.1.rank": ["two"], "needs.2.rank": ["3"]}
    )
    typed.remove_row("needs", 1)
    assert understood(shape, typed).body == {"needs": [{"rank": 1}, {"rank": 3}]}
    typed.add_row("needs")
    assert typed.rows("needs") == 3
    assert understood(shape, typed).body == {"needs": [{"rank": 1}, {"rank": 3}]}


@pytest.mark.parametrize("said", ["99999", "-1", "x", "²", ""])
def test_a_number_of_rows_that_somebody_made_up_does_no_harm(said: str) -> None:
    assert 0 <= Typed({"needs.rows": [said]}).rows("needs") <= 50
