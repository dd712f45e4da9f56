"""Every command there is, by its record: the API, the command line, the permissions and the documents are made from this list."""

from __future__ import annotations

from domain.agreement import Agreement
from domain.child import Child
from domain.guidance import Guidance
from domain.message import Message
from domain.organisation import Organisation
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record
from domain.trigger_events import Undone
from workflows import (
    access,
    addressing,
    agreeing,
    answering,
    answering_scrutiny,
    assessing,
    attending,
    breaking_down,
    child_circumstances,
    child_records,
    contracting,
    correcting,
    counting_sessions,
    delivering,
    digesting,
    erasing,
    excluding,
    keeping_triggers,
    keeping_up,
    leaving,
    legal_status,
    matching,
    noticing,
    noting_looks,
    organising,
    overriding,
    provider_checks,
    provider_records,
    publishing,
    reaching,
    rectifying,
    referring,
    replacing,
    reviewing,
    risk_assessing,
    sending_again,
    stopping,
    taking_steps,
    telling,
    watching,
)
from workflows.command import Command

RECORDS: dict[str, type[Record]] = {
    "placements": Placement,
    "children": Child,
    "providers": Provider,
    "agreements": Agreement,
    "organisations": Organisation,
    "guidance": Guidance,
    "messages": Message,
    "undone": Undone,
}
"""Records as they are called in addresses."""

_MODULES = (
    referring,
    assessing,
    matching,
    contracting,
    risk_assessing,
    watching,
    noticing,
    reviewing,
    breaking_down,
    replacing,
    stopping,
    leaving,
    overriding,
    attending,
    correcting,
    child_records,
    child_circumstances,
    legal_status,
    counting_sessions,
    excluding,
    taking_steps,
    erasing,
    rectifying,
    provider_records,
    provider_checks,
    agreeing,
    organising,
    publishing,
    answering,
    answering_scrutiny,
    access,
    noting_looks,
    keeping_up,
    telling,
    addressing,
    delivering,
    digesting,
    sending_again,
    reaching,
    keeping_triggers,
)


def _commands() -> dict[str, type[Command]]:
    found: dict[str, type[Command]] = {}
    for module in _MODULES:
        for kind in vars(module).values():
            is_command = (
                isinstance(kind, type) and issubclass(kind, Command) and kind.__module__ == module.__name__
            )
            if is_command and not kind.__name__.startswith("_") and not kind.__name__.endswith("Command"):
                found[kind.name()] = kind
    return found


COMMANDS: dict[str, type[Command]] = _commands()
"""Every command by its name."""


def commands_about(kind: type[Record]) -> dict[str, type[Command]]:
    """The commands about one kind of record, those that begin one first."""
    mine = {name: command for name, command in COMMANDS.items() if command.target is kind}
    return dict(sorted(mine.items(), key=lambda item: not item[1].opens))
