"""How a form asks: its questions, its answers and its complaints, in words instead of the code's names."""

from __future__ import annotations

import re

from projections.fact_words import LABELS, answer_in_words, named

SAYS_LITTLE = frozenset({
    "about", "about_on", "action", "activity", "after_leaving", "agreed", "agreed_with", "answer", "area",
    "because", "by", "by_whom", "cause", "code", "day", "did", "fact", "followed", "from_on", "half",
    "held", "how", "informed", "judgement", "kind", "last_day", "note", "notified", "occurred_at",
    "occurred_on", "of", "on", "outcome", "party", "per", "phase", "rank", "reached", "resolved", "said",
    "said_first", "seen", "sent", "sent_to", "sent_views", "settled", "since_on", "step", "stop", "support",
    "to", "told", "tomorrow", "until", "until_on", "used_for", "value", "what", "where", "which", "who",
    "whose", "why", "with_whom", "words",
})  # fmt: skip
"""Names that say little by themselves: there the question is what the field's own sentence says."""
QUESTION_AT_MOST = 75
"""Characters of a sentence that still reads as a question."""
SOURCE = re.compile(r" \((?:items? |\d{3} |KCSIE|SI |s\.|T\d|A\d|003|CBDS)(?:[^()]|\([^()]*\))*\)| \[[PSU]\]")
"""Where a field's sentence names what it stands on: for who reads the documents, not for who fills in a form."""
CODE = re.compile(r"`([a-z_]+)`")
"""Where it names an answer as it is stored."""


def asks(name: str, kind: str, sentence: str) -> tuple[str, str]:
    """The question for a field, and the hint below it, from its name, its kind and its sentence."""
    sentence = plain(sentence)
    if name in LABELS:
        return LABELS[name], _unless_it_says(LABELS[name], sentence)
    first, rest = _first_clause(sentence)
    states = kind == "yes_no" and first.startswith("Whether ")
    if states:
        first = _large(first.removeprefix("Whether "))
    if (states or kind == "date" or name in SAYS_LITTLE) and first and len(first) <= QUESTION_AT_MOST:
        return first, _large(rest)
    return named(name), _unless_it_says(named(name), sentence)


def plain(sentence: str) -> str:
    """A sentence of ours without the documents that it stands on, and with answers in the words in which they are offered."""
    return CODE.sub(
        lambda found: f"\u201c{answer_in_words('', found[1])}\u201d", SOURCE.sub("", sentence)
    ).replace("`", "")


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


def _unless_it_says(question: str, sentence: str) -> str:
    """A hint that only repeats its question helps nobody."""
    return "" if sentence.rstrip(".").lower() in (question.lower(), f"the {question.lower()}") else sentence


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
