"""How a form asks: its questions, its answers and its complaints, in words instead of the code's names."""

from __future__ import annotations

import re

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
SAYS_LITTLE = frozenset(
    {
        *(
            "about",
            "action",
            "activity",
            "after_leaving",
            "agreed",
            "answer",
            "area",
            "because",
            "by",
            "by_whom",
        ),
        *(
            "cause",
            "code",
            "day",
            "fact",
            "followed",
            "half",
            "how",
            "judgement",
            "kind",
            "note",
            "of",
            "on",
            "outcome",
        ),
        *(
            "party",
            "per",
            "phase",
            "rank",
            "resolved",
            "said",
            "said_first",
            "seen",
            "sent_to",
            "step",
            "stop",
            "to",
        ),
        *(
            "held",
            "informed",
            "notified",
            "reached",
            "sent",
            "settled",
            "support",
            "tomorrow",
            "sent_views",
            "did",
        ),
        *(
            "told",
            "used_for",
            "until",
            "value",
            "what",
            "where",
            "which",
            "who",
            "whose",
            "why",
            "with_whom",
            "words",
        ),
        *(
            "about_on",
            "agreed_with",
            "from_on",
            "last_day",
            "occurred_at",
            "occurred_on",
            "since_on",
            "until_on",
        ),
    }
)
"""Names that say little by themselves: there the question is what the field's own sentence says."""
LABELS = {
    "half": "Morning or afternoon",
    "of_what": "What",
    "person_id": "Sign-in name",
    "administrator_id": "Sign-in name of the first administrator",
    "on_behalf_of": "On behalf of",
    "local_authority_code": "DfE number of the local authority",
    "identifiers": "Numbers by which the child is known",
    "urn": "Unique reference number (URN)",
    "ukprn": "UK provider reference number (UKPRN)",
}
PLAINER = {"is_childrens_home": "Children's home"}
"""Names of the code that read badly as words."""
QUESTION_AT_MOST = 75
"""Characters of a sentence that still reads as a question."""
SOURCE = re.compile(r" \((?:items? |\d{3} |KCSIE|SI |s\.|T\d|A\d|003|CBDS)[^)]*\)| \[[PSU]\]")
"""Where a field's sentence names what it stands on: for who reads the documents, not for who fills in a form."""
ANSWERS = {"am": "Morning", "pm": "Afternoon", "lado": "Local authority designated officer", "": "Not said"}


def asks(name: str, kind: str, sentence: str) -> tuple[str, str]:
    """The question for a field, and the hint below it, from its name, its kind and its sentence."""
    sentence = plain(sentence)
    if name in LABELS:
        return LABELS[name], sentence
    first, rest = _first_clause(sentence)
    states = kind == "yes_no" and first.startswith("Whether ")
    if states:
        first = _large(first.removeprefix("Whether "))
    if (states or kind == "date" or name in SAYS_LITTLE) and first and len(first) <= QUESTION_AT_MOST:
        return first, _large(rest)
    question = named(name)
    return question, "" if sentence.rstrip(".").lower() in (
        question.lower(),
        f"the {question.lower()}",
    ) else sentence


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


def plain(sentence: str) -> str:
    """A sentence of ours without the documents that it stands on."""
    return SOURCE.sub("", sentence)


def inside(question: str) -> str:
    """A question in the middle of a sentence: without its capital, unless it begins with an abbreviation."""
    return _small(question.rstrip("?."))


def missing(kind: str, question: str) -> str:
    """What is said where an answer is needed and none was given, as the design system words it."""
    if kind in ("choice", "id"):
        return f"Choose an answer: {inside(question)}"
    if kind == "choices":
        return f"Choose at least one answer: {inside(question)}"
    if kind == "yes_no":
        return f"Choose yes or no: {inside(question)}"
    if kind in ("rows", "texts"):
        return f"Add at least one: {inside(question)}"
    return f"Enter {inside(question)}"


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]


def _first_clause(sentence: str) -> tuple[str, str]:
    ends = [at for mark in (";", ":", ". ", " (") if (at := sentence.find(mark)) > 0]
    at = min(ends, default=len(sentence))
    rest = sentence[at:]
    return sentence[:at].rstrip("."), rest.strip() if rest.startswith(" (") else rest.strip(
        ".;: "
    ) and rest.lstrip(".;: ")
