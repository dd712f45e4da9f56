"""Numbers of the contingency: what counts how much when providers are ranked, and how long what is known of a child holds."""

from __future__ import annotations

from domain.confidence import Mark
from domain.parameter import Parameter

_OURS = "Our own choice: no source sets the number"


def _points(name: str, what: str, value: int, source: str) -> Parameter:
    return Parameter(
        name=f"candidate_points_for_{name}",
        meaning=f"Of the points by which providers are ranked for a child, so many are for {what}",
        unit="points", value=value, least=0, most=100, tighter="higher",
        source=f"{source}; the number is our own choice", mark=Mark.DESIGN,
    )  # fmt: skip


def _holds(name: str, what: str, value: int, source: str) -> Parameter:
    return Parameter(
        name=f"{name}_holds_days",
        meaning=f"When a placement is replaced, {what} is carried over if it is not older than this",
        unit="days", value=value, least=0, most=730, tighter="lower",
        source=f"{source}; the number is our own choice", mark=Mark.DESIGN,
    )  # fmt: skip


PARAMETERS_OF_CONTINGENCY = (
    _points("needs", "the child's needs that the published offer names", 40, "003 ¶22; 004 l.35"),
    _points("agreement", "an agreement with the commissioner that is in force", 20, "003 Appendix A"),
    _points("quality", "a place on the approved list and a quality visit in the last year", 15, "003 ¶53-54"),
    _points("checks", "checks that are in date beyond those without which nobody may be placed", 15, "003 ¶35, ¶40"),
    _points("price", "a low price", 10, "003 ¶1, ¶8"),
    Parameter(
        name="candidate_dear_from_pounds",
        meaning="A half-day that costs this much, or more, gets no points for its price",
        unit="pounds", value=150, least=1, most=2000, tighter="lower",
        source=_OURS, mark=Mark.DESIGN,
    ),
    _holds("needs_assessment", "the assessment of needs", 182, "003 ¶43"),
    _holds("passport", "the information passport", 182, "003 ¶46"),
    _holds("consultation", "what someone said who was consulted", 91, "004 l.54"),
    _holds("professionals_meeting", "the professionals' meeting", 91, "004 l.54"),
)  # fmt: skip
"""None of these refuses anything."""
