"""What the fields of facts are called, and what their values say: the same words on every page, in forms and in copies to give away."""

from __future__ import annotations

from domain.codes import CODE_SETS
from domain.routes import Route, terms_of

CODES_OF = {
    "code": "attendance",
    "enrolment": "enrolment",
    "exclusion_type": "exclusion_type",
    "needs": "sen_type",
    "provision": "sen_provision",
    "reason": "placement_reason",
    "reasons": "exclusion_reason",
    "sen_provision": "sen_provision",
    "sen_type": "sen_type",
    "setting_type": "setting_type",
    "sex": "sex",
    "year_group": "year_group",
}
"""Fields that hold a code of an official return, and the set it belongs to. The same letters mean two things in two sets."""

ABBREVIATIONS = {
    "cqc": "CQC",
    "ehc": "EHC",
    "id": "ID",
    "sen": "SEN",
    "sha256": "SHA-256",
    "uk": "UK",
    "ukprn": "UKPRN",
    "urn": "URN",
    "pep": "PEP",
    "url": "URL",
}
LABELS = {
    "half": "Morning or afternoon",
    "version": "Which entry",
    "fields": "What in it is wrong",
    "of_what": "What",
    "person_id": "Sign-in name",
    "administrator_id": "Sign-in name of the first administrator",
    "on_behalf_of": "On behalf of",
    "local_authority_code": "DfE number of the local authority",
    "identifiers": "Numbers by which the child is known",
    "urn": "Unique reference number (URN)",
    "ukprn": "UK provider reference number (UKPRN)",
}
PLAINER = {
    "is_childrens_home": "Children's home",
    "sessions_per_week": "Sessions a week",
    "school_sessions": "Sessions a week at school",
    "weekly_sessions": "Sessions a week agreed: in placements, a broken-down one included, and at school where that was set",
    "hours_per_week": "Hours a week",
    "price_per_session": "Price for a session",
}
"""Names of the code that read badly as words."""
ANSWERS = {"am": "Morning", "pm": "Afternoon", "lado": "Local authority designated officer", "": "Not said"}


def named(name: str) -> str:
    """A name of the code as a question: provider_id is Provider, assessed_on is Assessed on."""
    if name in PLAINER:
        return PLAINER[name]
    stem = name.removesuffix("_id") if name != "id" else "reference"
    words = [ABBREVIATIONS.get(word, word) for word in stem.split("_") if word]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def answer_in_words(name: str, value: str) -> str:
    """A value of a choice in words. A code of an official return stands before its meaning, as in its guidance."""
    if name == "route":
        return terms_of(Route(value)).label
    codes = CODE_SETS.get(CODES_OF.get(name, ""))
    if codes is not None and value in codes:
        return f"{value}: {_small(codes.label(value))}"
    if value in ANSWERS:
        return ANSWERS[value]
    words = " ".join(ABBREVIATIONS.get(word, word) for word in value.split("_"))
    return words[:1].upper() + words[1:] if value.islower() else value


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
