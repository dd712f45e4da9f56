"""The numbers by which a child is known: which are sound, and which are doubtful. None is the child."""

from __future__ import annotations

import re
from typing import Literal

from domain.fact import fact
from domain.local_authorities import authority_named
from domain.personal import Identity, Label
from domain.reasons import Reason

IdentifierKind = Literal["UPN", "ULN", "NHS", "LA", "OTHER"]
"""Unique pupil number, unique learner number, NHS number, a local authority's own number, any other."""

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The letters a UPN may use: 23, without I, O and S."""

_UPN = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")

_UPN_SOURCE = "Unique pupil numbers, DfE: format [P], check letter [S]"
_ULN_SOURCE = "Unique learner number: length and check digit [U]"
_NHS_SOURCE = "NHS Data Dictionary, NHS number: modulus 11 check digit [U]"


@fact
class Identifier:
    """One number by which a child is known. A child has a list of them, and any may be missing or wrong."""

    kind: IdentifierKind
    """Which kind of number it is."""
    value: Identity
    """The number itself, as issued."""
    issued_by: Label | None = None
    """Who issued it, where the kind does not say: the local authority, the system it comes from."""


def tidied(kind: IdentifierKind, value: str) -> str:
    """A number as its issuer writes it: capitals, and no spaces or hyphens in an NHS number, ULN or UPN."""
    if kind in ("UPN", "ULN", "NHS"):
        return re.sub(r"[\s-]", "", value).upper()
    return value.strip()


def problem_with(identifier: Identifier) -> Reason | None:
    """Why a number cannot be right: its shape or its check letter. Nothing where it can.

    The number itself is never repeated in the words, because refusals are shown and logged.
    """
    value = tidied(identifier.kind, identifier.value)
    return _problem_with_upn(value) if identifier.kind == "UPN" else None


def doubts_about(identifier: Identifier) -> Reason | None:
    """Why a number that may be right should be looked at again. Always a warning, never a refusal."""
    value = tidied(identifier.kind, identifier.value)
    if identifier.kind == "UPN" and _UPN.fullmatch(value) and authority_named(value[1:4]) is None:
        return _doubt(
            "upn_authority_unknown",
            "No English authority with this UPN's number is known: it may be new, or Welsh. Check the UPN.",
            _UPN_SOURCE,
        )
    if identifier.kind == "ULN":
        return _doubt_about_uln(value)
    if identifier.kind == "NHS":
        return _doubt_about_nhs_number(value)
    if identifier.kind in ("LA", "OTHER") and identifier.issued_by is None:
        return _doubt("issuer_not_named", "Say who issued this number: two systems may use the same one.", "")
    return None


def upn_check_letter(rest: str) -> str:
    """The check letter that belongs to characters 2 to 13 of a UPN. For checking only: schools issue UPNs.

    A character's value is its digit, or its place in the alphabet of 23; the weights run from 2 to 13 [S].
    Raises ValueError for a character that no UPN has.
    """
    values = (int(letter) if letter.isdecimal() else UPN_LETTERS.index(letter) for letter in rest)
    return UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % len(UPN_LETTERS)]


def is_temporary_upn(upn: str) -> bool:
    """Whether a well-formed UPN is a temporary one: its last character is a letter."""
    return tidied("UPN", upn)[-1:].isalpha()


def _problem_with_upn(value: str) -> Reason | None:
    if not _UPN.fullmatch(value):
        return _problem(
            "upn_malformed",
            "A UPN is a letter and twelve digits, or a letter, eleven digits and a letter; never I, O or S.",
            _UPN_SOURCE,
        )
    if value[0] != upn_check_letter(value[1:]):
        return _problem(
            "upn_check_letter_wrong",
            "The first letter does not fit the rest of this UPN: a character was mistyped.",
            _UPN_SOURCE,
        )
    return None


def _doubt_about_nhs_number(value: str) -> Reason | None:
    if not _TEN_DIGITS.fullmatch(value):
        return _doubt("nhs_number_malformed", "An NHS number has ten digits. Check this one.", _NHS_SOURCE)
    if _weighed(value) % 11 != (11 - int(value[9])) % 11:
        message = "The last digit does not fit the rest of this NHS number: perhaps a digit was mistyped."
        return _doubt("nhs_number_check_digit_wrong", message, _NHS_SOURCE)
    return None


def _doubt_about_uln(value: str) -> Reason | None:
    if not _TEN_DIGITS.fullmatch(value):
        return _doubt("uln_malformed", "A ULN has ten digits. Check this one.", _ULN_SOURCE)
    remainder = _weighed(value) % 11
    if remainder == 0 or int(value[9]) != 10 - remainder:
        message = "The last digit does not fit the rest of this ULN. Check it."
        return _doubt("uln_check_digit_wrong", message, _ULN_SOURCE)
    return None


def _weighed(ten_digits: str) -> int:
    """The first nine digits, weighed from 10 down to 2."""
    return sum(int(digit) * weight for digit, weight in zip(ten_digits[:9], range(10, 1, -1), strict=True))


def _problem(code: str, message: str, source: str) -> Reason:
    return Reason(code=code, message=message, source=source, field="value")


def _doubt(code: str, message: str, source: str) -> Reason:
    return Reason(code=code, message=message, source=source, field="value", warning=True)
