"""How a time rule is counted: which events start it, which complete it, and the function that makes its duties from a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.duties.duty import Duty
from domain.events import Event

F = TypeVar("F")

Kinds = tuple[type[Event], ...]


@dataclass(frozen=True, slots=True)
class Way(Generic[F]):
    """The way in which one function counts one or more rules."""

    rules: tuple[str, ...]
    started_by: Kinds
    completed_by: Kinds
    duties: Callable[[F], Iterator[Duty]]


def counts(
    *rules: str, started_by: Kinds, completed_by: Kinds
) -> Callable[[Callable[[F], Iterator[Duty]]], Way[F]]:
    """Says of a function which rules it counts, and from which events."""

    def way(function: Callable[[F], Iterator[Duty]]) -> Way[F]:
        return Way(rules, started_by, completed_by, function)

    return way
