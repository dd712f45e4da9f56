"""The numbers by which a school, provider or place is known: URN, UKPRN, company, LAESTAB, postcode."""

from __future__ import annotations

import re

from domain.local_authorities import authority_named
from domain.reasons import Reason

_URN = re.compile(r"[0-9]{6}")
_UKPRN = re.compile(r"[0-9]{8}")
_COMPANY = re.compile(r"([A-Z]{2}|[0-9]{2})[0-9]{6}")
_LAESTAB = re.compile(r"[0-9]{3}/?[0-9]{4}")
_POSTCODE = re.compile(
    r"([A-Z][0-9]{1,2}|[A-Z][A-HJ-Y][0-9]{1,2}|[A-Z][0-9][A-Z]|[A-Z][A-HJ-Y][0-9][A-Z]) ?[0-9][A-Z]{2}"
)


def doubts_about_urn(urn: str) -> Reason | None:
    """A warning where a school's number in the national register (GIAS) has not six digits [U]."""
    if _URN.fullmatch(urn):
        return None
    return _doubt(
        "urn_unusual", "A URN usually has six digits. Check this one.", "Get Information about Schools", "urn"
    )


def problem_with_ukprn(ukprn: str) -> Reason | None:
    """Why a provider reference number cannot be right: eight digits [S]."""
    if _UKPRN.fullmatch(ukprn):
        return None
    return _problem(
        "ukprn_malformed", "A UKPRN has eight digits.", "UK Register of Learning Providers", "ukprn"
    )


def doubts_about_ukprn(ukprn: str) -> Reason | None:
    """A warning where a UKPRN does not begin with 1, as all that are known do [U]."""
    if ukprn.startswith("1"):
        return None
    message = "A UKPRN begins with 1. Check this one."
    return _doubt("ukprn_prefix_unusual", message, "UK Register of Learning Providers", "ukprn")


def problem_with_company_number(number: str) -> Reason | None:
    """Why a company number cannot be right: two letters or two digits, then six digits [S]."""
    if _COMPANY.fullmatch(number.upper()):
        return None
    message = "A company number has two letters or digits and then six digits, with its leading zeros."
    return _problem("company_number_malformed", message, "School census layout, since 2023", "company_number")


def problem_with_laestab(laestab: str) -> Reason | None:
    """Why a LAESTAB cannot be right: authority (3) and establishment (4), with or without a stroke [S]."""
    if _LAESTAB.fullmatch(laestab):
        return None
    message = "A LAESTAB is the authority's three digits and the establishment's four."
    return _problem("laestab_malformed", message, "Get Information about Schools", "laestab")


def doubts_about_laestab(laestab: str) -> Reason | None:
    """A warning where the authority in a LAESTAB is not known."""
    return doubts_about_authority(laestab[:3], field="laestab")


def doubts_about_authority(number: str, field: str = "la_number") -> Reason | None:
    """A warning where a DfE authority number is not known: authorities are still being made and unmade."""
    if authority_named(number):
        return None
    message = "No English authority with this number is known. It may be a new one: check it."
    return _doubt("authority_unknown", message, "DfE local authority numbers [U]", field)


def problem_with_postcode(postcode: str) -> Reason | None:
    """Why a postcode cannot be right: the shapes of UK postcodes, in any case, with or without the space."""
    if _POSTCODE.fullmatch(postcode.strip().upper()):
        return None
    message = "Enter a full postcode, such as DE1 2FS."
    return _problem(
        "postcode_malformed", message, "School census layout, since 2023: postcode of placement", "postcode"
    )


def _problem(code: str, message: str, source: str, field: str) -> Reason:
    return Reason(code=code, message=message, source=source, field=field)


def _doubt(code: str, message: str, source: str, field: str) -> Reason:
    return Reason(code=code, message=message, source=source, field=field, warning=True)
