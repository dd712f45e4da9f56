"""Numbers as people type them: `intensive_weeks_at_most=8`."""

from __future__ import annotations

from collections.abc import Iterable

from domain.parameter import Number
from domain.reasons import Invalid, Reason


def supposed_of(typed: Iterable[str]) -> dict[str, Number]:
    """The numbers by their names. Raises Invalid for what is no name and number."""
    found: dict[str, Number] = {}
    for one in typed:
        name, sign, value = one.partition("=")
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not sign or number != number or number in (float("inf"), float("-inf")):
            message = (
                f"Write a name and a number, such as unexplained_sessions_in_a_row=2; this is {one[:80]!r}."
            )
            raise Invalid([Reason(code="no_number", message=message, field="suppose")])
        found[name.strip()] = int(number) if number.is_integer() else number
    return found
