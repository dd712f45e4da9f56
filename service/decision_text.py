"""The page of a decision as plain text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from projections.decisions.shapes import Decided, DecisionPage, Mention, RecordSeen

TELLS = {
    "screen": "as the decider's screen showed it",
    "just_before": "as it was just before; the decision names no position",
}


def in_words(page: DecisionPage) -> Iterator[str]:
    """The page, line by line."""
    decided = page.decision
    yield decided.sentence
    yield f"  True on {decided.true_on}, written down on {decided.recorded_at:%Y-%m-%d %H:%M} UTC, at position {decided.position}."
    if decided.words:
        yield f"  Why: {decided.words}"
    if decided.override:
        yield f"  Rules set aside until {decided.override.until}: {', '.join(decided.override.rules)}"
    yield from _part(
        "Relied on", (f"{e.title} ({e.id}), SHA-256 {e.sha256 or 'not given'}" for e in decided.evidence)
    )
    yield from _part("In the case and not relied on", _documents(decided))
    yield from _part("Rules weighed", _rules(decided))
    yield ""
    yield f"What was known, at position {decided.seen.position}, {TELLS[decided.seen.told_by]}:"
    for record in decided.records:
        yield from _record(record)
    yield from _part(
        "Already in the history, but not on the decider's screen", _mentions(decided.not_on_the_screen)
    )
    yield from _part(
        "Written down by the same decision",
        _mentions((*decided.same_decision, *page.known_later.same_decision)),
    )
    yield ""
    later = page.known_later
    if not later.facts and not later.corrections:
        yield f"Nothing became known later, up to position {later.up_to}."
        return
    yield f"KNOWN LATER, and not to the decider (looked up at position {later.up_to}):"
    yield from _part("True already, and written down later", _mentions(later.facts))
    yield from _part(
        "Corrected later",
        (
            f"{put.recorded_at:%Y-%m-%d}, {put.kind} entry {put.corrects}, {_plain(put.field)}: "
            f"it said {_value(put.then)}, and should have said {_value(put.now)}. {put.why}"
            for put in later.corrections
        ),
    )


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"{title}:"
        yield from (f"  - {line}" for line in found)


def _documents(decided: Decided) -> Iterator[str]:
    for document in decided.not_relied_on:
        seen = "" if document.on_the_screen else ", not on the decider's screen yet"
        yield f"{document.evidence.title} ({document.evidence.id}), since position {document.position}{seen}"


def _rules(decided: Decided) -> Iterator[str]:
    for rule in decided.rules:
        said = " ".join(rule.sentence.split()) or _plain(rule.rule)
        why = f" ({rule.reason})" if rule.reason else ""
        source = f" [{rule.source}]" if rule.source else ""
        yield f"{rule.verdict}{why}: {said} (version {rule.version}){source}"
    for used in decided.parameters:
        yield f"counted with {_plain(used.parameter)} = {used.value:g} (version {used.version})"


def _mentions(mentions: Iterable[Mention]) -> Iterator[str]:
    return (f"{m.true_on} {m.sentence} (position {m.position})" for m in mentions)


def _record(record: RecordSeen) -> Iterator[str]:
    if record.facts is None:
        yield f"  {record.kind} {record.id}: not there yet"
        return
    yield f"  {record.kind} {record.id}, version {record.version}"
    for field, value in record.facts.items():
        if value not in (None, "", [], (), {}, False):
            yield f"    {_plain(field)}: {_value(value)}"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(
            f"{_plain(str(k))} {_value(v)}" for k, v in value.items() if v not in (None, "", [], (), {})
        )
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return _plain(value) if isinstance(value, str) and " " not in value else str(value)
