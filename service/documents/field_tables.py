"""Tables of fields: what may stand in each, what it means, and under which category it is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import get_type_hints

from service.documents.docstrings import fields_said, first_sentence
from service.documents.markdown import code, link, table, words
from service.documents.types_in_words import Meant, meant
from workflows.command import Command

HEAD = ("field", "what may stand there", "meaning", "kept")
PLAINLY = {
    "stage": "The stage that it leads to.",
    "child_id": "The child's record.",
    "commissioner_id": "The organisation that commissions and answers for the placement.",
    "home_school_id": "The school on whose roll the child is or was.",
    "provider_id": "The provider's record.",
    "placement_id": "The placement's record.",
    "school_id": "The school's record.",
    "organisation_id": "The organisation for which they acted.",
    "successor_id": "The placement that takes its place.",
    "agreement_id": "The standing contract.",
    "name": "Its name, or what the person is called.",
    "on": "The day.",
    "why": "Why, in words.",
    "note": "Why, in words.",
    "day": "The day.",
    "half": "Morning or afternoon.",
    "half_term": "The name of the half-term.",
    "first_on": "Its first day.",
    "last_on": "Its last day.",
    "route": "The legal route.",
    "dual_registered": "Whether the child is on a second school's roll.",
    "by_whom": "Who withdrew.",
    "child_is_at": "Where the child is taught now.",
    "prepared_by": "The person who prepared the risk assessment.",
    "request": "The number of the request: the version at which it was made.",
    "requested_by": "The person who asked.",
    "sessions": "What was seen, session by session.",
    "hours_per_week": "Taught hours a week.",
    "sessions_per_week": "Half-days a week.",
    "ehc_plan": "Whether the child has an EHC plan.",
    "looked_after": "Whether the child is looked after.",
    "compulsory_age": "Whether the child is of compulsory school age.",
    "changes": "The fields as they should have read.",
    "method": "The HTTP method.",
    "rules": "The rules, by name.",
    "source_row": "Where it came from, when it was imported.",
}
"""Meanings of fields that neither the event, nor its command, nor the fact in it explains."""


def event_fields(kind: type, names: Iterable[str], also_said: Mapping[str, str]) -> str:
    """The fields of an event."""
    hints = get_type_hints(kind, include_extras=True)
    said = fields_said(kind)
    return table(
        HEAD, [_row(name, meant(hints[name]), said.get(name) or also_said.get(name, "")) for name in names]
    )


def fact_fields(kind: type) -> str:
    """The fields of a fact."""
    hints = get_type_hints(kind, include_extras=True)
    said = fields_said(kind)
    return table(HEAD, [_row(name, meant(hints[name]), said.get(name, "")) for name in hints])


def command_fields(kind: type[Command]) -> str:
    """The fields of a command, those that every command has left out."""
    hints = get_type_hints(kind, include_extras=True)
    said = fields_said(kind)
    rows = []
    for name, field in kind.model_fields.items():
        if name == "decision":
            continue
        means = meant(hints[name])
        _, may, text, _kept = _row(name, means, said.get(name, ""))
        rows.append((code(name), may, text, "yes" if field.is_required() else "no"))
    return table(("field", "what may stand there", "meaning", "needed"), rows)


def _row(name: str, means: Meant, said: str) -> tuple[str, str, str, str]:
    text = (
        said
        or (first_sentence(means.fact) if means.fact else "")
        or PLAINLY.get(name, f"{words(name).capitalize()}.")
    )
    may = means.words
    if means.fact:
        may = may.replace(
            means.fact.__name__, link(means.fact.__name__, f"facts.md#{means.fact.__name__.lower()}")
        )
    return (
        code(name),
        f"{may}, or nothing" if means.optional else may,
        text,
        f"sealed: {means.sealed}" if means.sealed else "",
    )
