"""docs/commands.md: everything that can be asked for, who may ask, where, with which fields, and an example."""

from __future__ import annotations

from collections.abc import Iterator

from api.commands import NOT_OVER_HTTP
from domain.events import stored_name
from domain.facts.grounds import Grounds
from service.documents.docstrings import said_of
from service.documents.field_tables import command_fields
from service.documents.markdown import anchor, as_json, code, link, page, table, words
from service.documents.recorded_by import all_commands, events_of
from service.documents.who_may import OFFICERS, who_may
from workflows.catalogue import RECORDS, commands_about
from workflows.command import Command
from workflows.examples import EXAMPLES

INTRODUCTION = f"""
A command is a request in the imperative. The API, the command line and imports all give the same commands through one function,
`Casework.perform`. Over HTTP each is a `POST` with a JSON body.

Officers are: {", ".join(OFFICERS)}. A provider's people see and touch their own placements only. The service itself may give any
command under its own name.

Every command may also carry `decision`: the [grounds](facts.md#{Grounds.__name__.lower()}) of the decision. It says on what day it was
true, why, on what evidence, and what the decider's screen showed. All of it may be left out.

Headers that every command understands: `Idempotency-Key` (the same key and body again give the same answer and no second event) and
`If-Match` (only if the record still has this version).
"""
TITLES = {
    "placements": "Placements",
    "children": "Children",
    "providers": "Providers",
    "agreements": "Agreements",
    "organisations": "Organisations",
    "guidance": "Guidance",
    "messages": "Messages",
    "undone": "What triggers could not do",
    "": "The service's own",
}


def commands_page() -> str:
    """The whole page."""
    return page("Commands", INTRODUCTION, _index(), *_groups())


def address_of(command: type[Command], plural: str) -> str:
    """Where it is sent."""
    return f"/{plural}" if command.opens else f"/{plural}/{{id}}/{command.name().replace('_', '-')}"


def _index() -> str:
    rows = []
    for plural, commands in _by_record().items():
        names = ", ".join(link(words(name), f"#{name}") for name in commands)
        rows.append((link(TITLES[plural], f"#{anchor(TITLES[plural])}"), names))
    return table(("about", "commands"), rows)


def _by_record() -> dict[str, dict[str, type[Command]]]:
    """The commands about each kind of record; under no name those that only the service itself gives."""
    found = {plural: commands_about(kind) for plural, kind in RECORDS.items()}
    known = {name for commands in found.values() for name in commands}
    return found | {"": {name: c for name, c in all_commands().items() if name not in known}}


def _groups() -> Iterator[str]:
    for plural, commands in _by_record().items():
        yield f"## {TITLES[plural]}"
        for command in commands.values():
            yield _command(command, plural)


def _command(command: type[Command], plural: str) -> str:
    events = ", ".join(
        link(code(stored_name(e)), f"events.md#{anchor(stored_name(e))}") for e in events_of(command)
    )
    own = [name for name in command.model_fields if name != "decision"]
    example = EXAMPLES.get(command.name())
    return "\n\n".join(
        [
            f"### {command.name()}",
            said_of(command),
            f"`POST {address_of(command, plural)}`"
            if plural and command.name() not in NOT_OVER_HTTP
            else "It has no address: nobody sends it over HTTP.",
            f"Who may: {who_may(command)}.",
            f"Records: {events}.",
            command_fields(command) if own else "No fields of its own: send `{}`.",
            *([as_json(example)] if example and plural else []),
        ]
    )
