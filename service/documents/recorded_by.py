"""Which command records which event: read from the code of each command and of the functions that it calls."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from domain.events import Event
from domain.record import EVENT_KINDS
from service.documents.docstrings import written
from workflows.access import RecordRefusal
from workflows.catalogue import COMMANDS
from workflows.command import Command
from workflows.noting_looks import NoteLooks
from workflows.placement_command import PlacementCommand

OF_EVERY_COMMAND = (Command, PlacementCommand)


def all_commands() -> dict[str, type[Command]]:
    """Every command by its name, with those that only the service itself gives."""
    return {**COMMANDS, RecordRefusal.name(): RecordRefusal, NoteLooks.name(): NoteLooks}


def all_events() -> dict[str, type[Event]]:
    """Every kind of event of the domain by its stored name. Other rooms' kinds, such as those of a test, are not ours to tell."""
    return {name: kind for name, kind in EVENT_KINDS.items() if kind.__module__.startswith("domain.")}


@cache
def events_of(command: type[Command]) -> tuple[type[Event], ...]:
    """The events that a command may record, in the order in which its code names them."""
    found: list[type[Event]] = [command.event] if command.event else []
    for base in command.__mro__:
        if issubclass(base, Command) and base not in OF_EVERY_COMMAND:
            found += _named_in(base, set())
    return tuple(dict.fromkeys(found))


def commands_recording(event: type[Event]) -> list[str]:
    """The commands that may record an event."""
    return [name for name, command in all_commands().items() if event in events_of(command)]


def _named_in(thing: Any, seen: set[Any]) -> Iterator[type[Event]]:
    """Events named in the source of a class or function, and in the functions and other commands that it calls."""
    if thing in seen or not str(getattr(thing, "__module__", "")).startswith(("workflows.", "domain.")):
        return
    seen.add(thing)
    for value in _values_named(thing):
        if isinstance(value, type) and value in EVENT_KINDS.values():
            yield value
        # A function that makes another command has it carried out; a class may make one only to read from it.
        elif inspect.isfunction(value) or (inspect.isfunction(thing) and _is_command(value)):
            yield from _named_in(value, seen)


def _is_command(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, Command)


def _values_named(thing: type | Callable[..., Any]) -> Iterator[Any]:
    names = vars(sys.modules[thing.__module__])
    tree = written(thing) or ast.Pass()
    asked_about = {id(part) for node in ast.walk(tree) for part in _only_asked_about(node)}
    for node in ast.walk(tree):
        if id(node) in asked_about:
            continue
        if isinstance(node, ast.Name):
            yield names.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield getattr(names.get(node.value.id), node.attr, None)


def _only_asked_about(node: ast.AST) -> Iterator[ast.AST]:
    """What `isinstance` and `is` ask about is not recorded, nor is what a function is given."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "isinstance":
        yield from ast.walk(node.args[1])
    if isinstance(node, ast.Compare):
        yield from ast.walk(node)
    if isinstance(node, ast.arg) and node.annotation is not None:
        yield from ast.walk(node.annotation)
