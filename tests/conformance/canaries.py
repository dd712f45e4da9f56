"""Words that are looked for afterwards: the example requests with a canary in every field that is about a person."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from copy import deepcopy
from itertools import count
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ValidationError

from domain.personal import Personal
from workflows.catalogue import COMMANDS

CHECKED = ("identifier.value", "identifiers[0].value", "endpoint.url", "endpoint.secret", "email", "mobile")
"""Numbers with a check digit, addresses and keys: only a real one will do."""
SHORTEST = 6
"""A shorter word is found anywhere by chance."""


class Canaries:
    """Puts a word of its own into every personal field, or remembers the word that is there where only such a one will do."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.fields: set[str] = set()
        self.numbers = count(1)

    def request(self, name: str, example: dict[str, Any]) -> dict[str, Any]:
        """The example of a command, with canaries."""
        command, body = COMMANDS[name], deepcopy(example)
        for field, where, key in list(_personal(command, body)):
            before, canary = where[key], f"canary-{next(self.numbers)}-sings"
            where[key] = canary = before if field.endswith(CHECKED) else canary
            try:
                command.model_validate(body)
            except ValidationError:
                where[key] = canary = before
            if len(canary) >= SHORTEST:
                self.words.add(canary)
                self.fields.add(f"{name}.{field}")
        return body

    def heard_in(self, data: bytes) -> set[str]:
        """The canaries in some bytes."""
        text = data.decode("utf-8", errors="replace")
        return {word for word in self.words if word in text}


def _personal(kind: Any, value: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every personal text in a request: what it is called, and where it can be changed."""
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if isinstance(value, dict) and name in value:
            for path, where, key in _below(hint, value, name):
                yield f"{name}{path}", where, key


def _below(hint: Any, where: Any, key: Any) -> Iterator[tuple[str, Any, Any]]:
    value = where[key]
    if get_origin(hint) is Annotated:
        if isinstance(value, str) and any(isinstance(mark, Personal) for mark in get_args(hint)[1:]):
            yield "", where, key
        else:
            yield from _below(get_args(hint)[0], where, key)
    elif isinstance(value, list):
        for i, _ in enumerate(value):
            for path, inner, name in _below(get_args(hint)[0], value, i):
                yield f"[{i}]{path}", inner, name
    elif isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, BaseModel)):
        for path, inner, name in _personal(hint, value):
            yield f".{path}", inner, name
    else:
        yield from (found for choice in get_args(hint) for found in _below(choice, where, key))
