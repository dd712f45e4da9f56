"""School years: one that is printed, and any number that are drawn."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.duties.oracle import School, Term

FIRST, LAST = date(2026, 9, 1), date(2027, 7, 30)
BANK_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        "2026-08-31",
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-03",
        "2027-05-31",
        "2027-08-30",
    )
)
"""As gov.uk prints them for England, copied by hand."""


@st.composite
def schools(draw: st.DrawFn) -> School:
    """A school year with three terms, breaks, training days and closures wherever they fall."""
    terms = []
    for first, last, pause in (
        (date(2026, 9, 1), date(2026, 12, 18), date(2026, 10, 19)),
        (date(2027, 1, 4), date(2027, 3, 26), date(2027, 2, 8)),
        (date(2027, 4, 12), date(2027, 7, 30), date(2027, 5, 24)),
    ):
        moved = [timedelta(days=draw(st.integers(0, 4))) for _ in range(4)]
        start = pause + moved[2]
        terms.append(
            Term(
                first + moved[0], last - moved[1], start, start + timedelta(days=4 + draw(st.integers(0, 6)))
            )
        )
    somewhere = st.frozensets(st.dates(FIRST, LAST), max_size=12)
    return School(tuple(terms), draw(somewhere), draw(somewhere), BANK_HOLIDAYS)


A_YEAR = School(
    (
        Term(date(2026, 9, 2), date(2026, 12, 18), date(2026, 10, 26), date(2026, 10, 30)),
        Term(date(2027, 1, 4), date(2027, 3, 25), date(2027, 2, 15), date(2027, 2, 19)),
        Term(date(2027, 4, 12), date(2027, 7, 21), date(2027, 5, 31), date(2027, 6, 4)),
    ),
    bank_holidays=BANK_HOLIDAYS,
)
