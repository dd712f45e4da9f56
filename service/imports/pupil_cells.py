"""What a row of a census says of a pupil, with what had to be put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.codes import ENROLMENT, SEN_PROVISION, SEX, YEAR_GROUP
from domain.identifiers import Identifier, IdentifierKind, doubts_about, problem_with, tidied
from service.imports.cells import Cells
from service.imports.source_file import Layout

NUMBER, SCHOOL = "pupilonrolltableid", "NativeId"
LAYOUT = Layout(
    "pupils on roll",
    (NUMBER, SCHOOL, "dob", "sex"),
    (
        "surname", "forename", "middlenames", "upn", "formerupn", "uniquelearnernumber", "entrydate", "enrolstatus",
        "senprovision", "ncyearactual",
    ),
)  # fmt: skip
NUMBERS: tuple[tuple[str, IdentifierKind, str | None], ...] = (
    ("upn", "UPN", None),
    ("formerupn", "UPN", "former UPN"),
    ("uniquelearnernumber", "ULN", None),
)
"""Columns with numbers of the child, what kind of number each ought to hold, and what is said of it."""
SINGLE_REGISTRATION = "C"


@dataclass(frozen=True, slots=True)
class Roll:
    """An entry on a school's roll."""

    school: str
    enrolment: str
    from_on: date


@dataclass(frozen=True, slots=True)
class Pupil:
    """One row, understood."""

    details: dict[str, Any]
    year_group: str | None
    identifiers: tuple[Identifier, ...]
    roll: Roll | None
    sen: str


def read_pupil(cells: Cells, source: str) -> Pupil:
    """Read everything that is taken. Raises RowRefused."""
    number = cells.needed(NUMBER)
    given = " ".join(name for name in (cells.text("forename"), cells.text("middlenames")) if name)
    details = {
        "given_names": given or _stands_in(cells, "forename", "Pupil"),
        "family_name": cells.text("surname") or _stands_in(cells, "surname", number),
        "born_on": _born(cells),
        "sex": cells.code("sex", SEX, "sex") or _assumed(cells, "sex", "U", SEX.label("U")),
    }
    return Pupil(details, _year(cells), tuple(_identifiers(cells, number, source)), _roll(cells), _sen(cells))


def _born(cells: Cells) -> str:
    cells.needed("dob")
    born = cells.day("dob")
    return born.isoformat() if born else ""


def _stands_in(cells: Cells, column: str, words: str) -> str:
    cells.outcome.mend(f"no {column}: 'Pupil' and the pupil's number stand in for the name")
    return words


def _assumed(cells: Cells, column: str, code: str, label: str) -> str:
    cells.outcome.mend(f"{column} is blank and became {code}", label.lower())
    return code


def _year(cells: Cells) -> str | None:
    value = cells.text("ncyearactual")
    if not value:
        cells.outcome.note("the year group is blank and was not set")
        return None
    if value.isdigit() and value.startswith("0") and (short := value.lstrip("0")):
        cells.outcome.mend(f"year group {value} became {short}")
        return short if short in YEAR_GROUP else cells.code("ncyearactual", YEAR_GROUP, "year group")
    return cells.code("ncyearactual", YEAR_GROUP, "year group")


def _sen(cells: Cells) -> str:
    return cells.code("senprovision", SEN_PROVISION, "SEN provision")


def _roll(cells: Cells) -> Roll | None:
    school, from_on = cells.text(SCHOOL), cells.day("entrydate")
    if not school or from_on is None:
        cells.outcome.note(f"no {'school' if not school else 'entry date'}: no school roll was recorded")
        return None
    enrolment = cells.code("enrolstatus", ENROLMENT, "enrolment status")
    if not enrolment:
        label = next(code.label for code in ENROLMENT if code.code == SINGLE_REGISTRATION)
        enrolment = _assumed(cells, "enrolment status", SINGLE_REGISTRATION, label)
    return Roll(school, enrolment, from_on)


def _identifiers(cells: Cells, number: str, source: str) -> list[Identifier]:
    """The pupil's numbers; one that cannot be what its column says is kept as what it is: some number, of that column."""
    found = [Identifier(kind="OTHER", value=number, issued_by=f"{source}, pupil number")]
    for column, kind, said in NUMBERS:
        value = cells.text(column)
        if not value:
            continue
        identifier = Identifier(kind=kind, value=tidied(kind, value), issued_by=said)
        doubt = doubts_about(identifier)
        if problem_with(identifier) or (doubt is not None and doubt.code == "uln_malformed"):
            identifier = Identifier(
                kind="OTHER", value=value, issued_by=f"{source}, {column}: not a valid {kind}"
            )
            cells.outcome.mend(f"{column} is not a valid {kind} and is kept as another number")
        found.append(identifier)
    return found
