"""A pupil in a return: how enrolled, which sex, which year group and which key stage."""

from __future__ import annotations

from typing import Literal, get_args

from domain.code_sets.code_set import Code, CodeSet
from domain.confidence import Mark

Enrolment = Literal["C", "M", "S", "F", "O", "G", "P"]
"""How a pupil is registered at a school."""

Sex = Literal["F", "M", "U"]
"""Sex as the returns write it."""

YearGroup = Literal[
    "E1", "E2", "N1", "N2", "R",
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14",
    "M", "X",
]  # fmt: skip
"""The National Curriculum year in which a child is taught, as the returns write it."""

KeyStage = Literal["EYFS", "KS1", "KS2", "KS3", "KS4", "KS5"]
"""A stage of the National Curriculum."""

ENROLMENT = CodeSet(
    name="enrolment",
    mark=Mark.SECONDARY,
    source="DfE Common Basic Data Set, enrolment status",
    version="CBDS May 2026",
    codes=(
        Code("C", "Current, single registration"),
        Code("M", "Current main, dual registration"),
        Code("S", "Current subsidiary, dual registration"),
        Code("F", "Further education college"),
        Code("O", "Other provider"),
        Code("G", "Guest"),
        Code("P", "Previous"),
    ),
)

SEX = CodeSet(
    name="sex",
    mark=Mark.PRIMARY,
    source="AP census, data items (gov.uk)",
    codes=(Code("F", "Female"), Code("M", "Male"), Code("U", "Unknown")),
)

_YEAR_NAMES = {
    "E1": "Early first year",
    "E2": "Early second year",
    "N1": "Nursery first year",
    "N2": "Nursery second year",
    "R": "Reception",
    "M": "Mixed year class",
    "X": "National Curriculum not followed",
}

YEAR_GROUP = CodeSet(
    name="year_group",
    mark=Mark.UNVERIFIED,
    source="DfE Common Basic Data Set, National Curriculum year group",
    codes=tuple(Code(year, _YEAR_NAMES.get(year, f"Year {year}")) for year in get_args(YearGroup)),
)

_KEY_STAGES: dict[KeyStage, tuple[YearGroup, ...]] = {
    "EYFS": ("E1", "E2", "N1", "N2", "R"),
    "KS1": ("1", "2"),
    "KS2": ("3", "4", "5", "6"),
    "KS3": ("7", "8", "9"),
    "KS4": ("10", "11"),
    "KS5": ("12", "13", "14"),
}


def key_stage_of(year_group: str) -> KeyStage | None:
    """The key stage in which a year group is taught [U, long stable]; none for `M` and `X`."""
    return next((stage for stage, years in _KEY_STAGES.items() if year_group in years), None)
