"""What a row of the national register of schools says, with what had to be put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.facts.checks import RegistrationStatus, Site
from domain.local_authorities import authority_named
from domain.place_identifiers import problem_with_postcode, problem_with_ukprn
from service.imports.cells import Cells
from service.imports.outcomes import RowRefused
from service.imports.source_file import Layout

URN = "URN"
TYPE, TYPE_NAME = "TypeOfEstablishment (code)", "TypeOfEstablishment (name)"
STATUS = "EstablishmentStatus (code)"
ADDRESS = ("Street", "Locality", "Address3", "Town", "County (name)")
LAYOUT = Layout(
    "an extract of the national register of schools",
    (URN, "LA (code)", "EstablishmentName", TYPE, STATUS, "OpenDate", "CloseDate", "Postcode"),
    ("UKPRN", TYPE_NAME, "ReasonEstablishmentClosed (name)", *ADDRESS),
)
CLOSED, PROPOSED_TO_CLOSE, PROPOSED_TO_OPEN = "2", "3", "4"
OUTSIDE_ENGLAND = frozenset({"25", "26", "30", "37"})
"""Offshore, service children's, Welsh and British schools overseas, by the register's codes [U]."""
FURTHER_EDUCATION = frozenset({"18", "29", "31", "32"})
"""Further and higher education, sixth-form centres, special post-16 institutions [U]."""
NO_SCHOOL = frozenset({"27", "49", "56"})
"""Miscellaneous, online providers, institutions of other departments: the register does not say that they are schools [U]."""
UNKNOWN_OPENING = date(1900, 1, 1)
"""How the register itself writes an opening day that nobody knows."""
SITE = "Main site"


@dataclass(frozen=True, slots=True)
class School:
    """One row, understood."""

    name: str
    numbers: dict[str, str | None]
    """UKPRN and local authority."""
    site: Site | None
    registrations: tuple[tuple[RegistrationStatus, date], ...]
    closed_because: str


def read_school(cells: Cells) -> School:
    """Read everything that is taken. Raises RowRefused."""
    if not cells.needed(URN).isdecimal():
        raise RowRefused(URN, "this is not a number", "Six digits, as the register gives them.")
    if cells.needed(TYPE) in OUTSIDE_ENGLAND:
        words = cells.text(TYPE_NAME).lower() or "this type"
        raise RowRefused(
            TYPE,
            f"{words}: not a place in England, and its registration is not English",
            "Schools in England.",
        )
    opened, closed_because = _opened(cells), _closed(cells)
    return School(
        name=cells.needed("EstablishmentName"),
        numbers={"ukprn": _ukprn(cells), "local_authority_code": _authority(cells)},
        site=_site(cells),
        registrations=_registrations(cells, opened),
        closed_because=closed_because,
    )


def _opened(cells: Cells) -> date:
    opened = cells.day("OpenDate")
    if opened is None and cells.text(STATUS) == PROPOSED_TO_OPEN:
        return UNKNOWN_OPENING  # and nothing is recorded of it
    if opened is None:
        cells.outcome.mend(
            "OpenDate is blank and became 01-01-1900", "as the register writes an unknown opening day"
        )
        return UNKNOWN_OPENING
    return opened


def _closed(cells: Cells) -> str:
    """Why it has closed; empty while it is open."""
    if cells.text(STATUS) == PROPOSED_TO_CLOSE:
        cells.outcome.note(
            "the school is proposed to close", f"on {cells.text('CloseDate') or 'a day not given'}"
        )
    if cells.text(STATUS) != CLOSED:
        return ""
    on, reason = cells.day("CloseDate"), cells.text("ReasonEstablishmentClosed (name)")
    why = "no reason given" if reason in ("", "Not applicable") else reason.lower()
    return f"The register says closed{f' on {on.isoformat()}' if on else ''}: {why}."


def _registrations(cells: Cells, opened: date) -> tuple[tuple[RegistrationStatus, date], ...]:
    kind, status = cells.text(TYPE), cells.text(STATUS)
    if kind in NO_SCHOOL:
        cells.outcome.note(
            "no registration was recorded: the register does not say that this type is a school"
        )
        return ()
    if status == PROPOSED_TO_OPEN:
        cells.outcome.note("the school is proposed to open: no registration was recorded yet")
        return ()
    held: RegistrationStatus = "further_education" if kind in FURTHER_EDUCATION else "registered_school"
    ended = cells.day("CloseDate") if status == CLOSED else None
    if ended is not None and ended < opened:
        raise RowRefused("CloseDate", "the school closes before it opens", "Check both dates.")
    # What holds last comes first: of two that were looked up on one day, the record goes by the first.
    return (("de_registered", ended), (held, opened)) if ended else ((held, opened),)


def _ukprn(cells: Cells) -> str | None:
    value = cells.text("UKPRN")
    if value and problem_with_ukprn(value):
        cells.outcome.mend("UKPRN was left out: it has not eight digits")
        return None
    return value or None


def _authority(cells: Cells) -> str | None:
    value = cells.text("LA (code)")
    if authority_named(value) is None and not (len(value) == 3 and value.isdigit()):
        cells.outcome.mend("LA (code) was left out: it is not the three-digit number of an authority")
        return None
    return value


def _site(cells: Cells) -> Site | None:
    address = ", ".join(part for column in ADDRESS if (part := cells.text(column)))
    postcode = cells.text("Postcode").upper()
    if not postcode or problem_with_postcode(postcode):
        cells.outcome.mend("no site was recorded: the postcode is missing or not a UK postcode")
        return None
    if not address:
        cells.outcome.mend("the address is blank: the postcode stands in for it")
    return Site(name=SITE, address=address or postcode, postcode=postcode)
