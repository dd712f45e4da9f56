"""docs/events.md: everything that can happen, under the name by which it is stored for ever."""

from __future__ import annotations

from collections.abc import Iterator

from domain.events import Corrected, Decision, Event, Evidence, OverrideUsed, RuleWeighed
from service.documents.docstrings import fields_said, first_sentence, path_of, said_of
from service.documents.field_tables import event_fields
from service.documents.markdown import code, link, page
from service.documents.recorded_by import all_commands, all_events, commands_recording
from workflows.catalogue import COMMANDS

INTRODUCTION = """
An event is something that happened. It is stored once, under a permanent name, and never changed. A mistake is put right by
`record.corrected`, which names the wrong event. How an event may change over the years:
[how-to/change-an-event.md](how-to/change-an-event.md).

In the last column, `sealed` says that the text is encrypted under a key of the child it is about, one key for each category.
Without the key nobody can read it. A field that holds a fact with sealed fields of its own says so in [facts.md](facts.md).
All else is stored in the clear.
"""
ENVELOPE = "Every event carries these, besides its own fields."
ORDER = (
    "placement",
    "attendance",
    "child",
    "provider",
    "places",
    "stoppage",
    "agreement",
    "organisation",
    "message",
    "reach",
    "trigger",
    "guidance",
    "record",
    "access",
    "looks",
    "upkeep",
)
"""The groups, as one would look for them; a group that is missing here has its events missing from the page."""


def events_page() -> str:
    """The whole page."""
    return page("Events", INTRODUCTION, "## What every event carries", ENVELOPE, _envelope(), *_groups())


def _envelope() -> str:
    own = [name for name in Event.__struct_fields__ if name != "about"]
    parts = [event_fields(Event, [*own, "about"], MEANINGS)]
    for kind in (Decision, RuleWeighed, OverrideUsed, Evidence):
        names = list(fields_of(kind))
        parts.append(f"`{kind.__name__}`: {first_sentence(kind)}\n\n{event_fields(kind, names, MEANINGS)}")
    return "\n\n".join(parts)


MEANINGS = {
    "originator_id": "The record.",
    "originator_version": "Its place in the record: 1 for the first event.",
    "decision": "Who decided, why, on what evidence and under which rules.",
    "by": "Who decided: id, name, roles and organisation; a person, or a named part of the service. In the clear.",
    "command": "The command that was given.",
    "correlation_id": "The same for everything that one request caused.",
    "on_behalf_of": "The organisation for which they decided.",
    "reason_code": "A code for the reason, from the organisation's own list.",
    "words": "The reason in words.",
    "evidence": "The documents relied on.",
    "rules": "Every rule that was asked, with its version and its answer; in an override, the rules set aside.",
    "override": "The emergency that set rules aside, if one did.",
    "rule": "The rule's name.",
    "version": "Its version.",
    "verdict": "What it answered.",
    "requested_by": "The person who asked.",
    "authorised_by": "The senior officer who approved.",
    "until": "The last day.",
    "why": "Why it could not wait.",
}


def fields_of(kind: type) -> tuple[str, ...]:
    """The names of the fields of a struct or a fact."""
    return tuple(getattr(kind, "__struct_fields__", None) or kind.__annotations__)


def _groups() -> Iterator[str]:
    for group in ORDER:
        yield f"## {group}"
        for name, kind in all_events().items():
            if name.partition(".")[0] == group:
                yield _event(name, kind)


def _event(name: str, kind: type[Event]) -> str:
    own = [field for field in kind.__struct_fields__ if field not in Event.__struct_fields__]
    commands = commands_recording(kind)
    said: dict[str, str] = {}
    for command in commands:
        said = {**fields_said(all_commands()[command]), **said}
    by = ", ".join(link(code(c), f"commands.md#{c}") if c in COMMANDS else code(c) for c in commands)
    lines = [
        f"### {name}",
        said_of(kind),
        f"Recorded by {by or 'no command'}. In {link(code(path_of(kind)), '../' + path_of(kind))}.",
    ]
    if kind is Corrected:
        lines.append("Any record may hold it.")
    return "\n\n".join([*lines, event_fields(kind, own, said) if own else ""]).rstrip()
