"""What a list may be narrowed by: the same parameters as the API's, shown as a panel, and each that is chosen as one to take away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from api.pages.mistyped import Box, Mistyped
from api.pages.words import day

OF_PAGES = frozenset({"after", "form", "view", "as_of", "true_on"})
"""Parameters of every list, by which nothing is narrowed."""
YES_NO = (("true", "Yes"), ("false", "No"))


@dataclass(frozen=True, slots=True)
class Picked:
    """Something typed: a part of a name, or a day (ISO) where `kind` is `date`."""

    name: str
    label: str
    kind: str = "text"

    def words(self, value: str) -> str:
        """What was chosen, in words."""
        return f"{self.label}: {day(value) if self.kind == 'date' and _is_day(value) else value}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One or several of these values, each with its words."""

    name: str
    label: str
    of: tuple[tuple[str, str], ...]
    several: bool = True

    kind = "choice"

    def words(self, value: str) -> str:
        """What was chosen, in words."""
        return f"{self.label}: {dict(self.of).get(value, value)}"


def yes_or_no(name: str, label: str) -> Choice:
    """A question with yes and no."""
    return Choice(name, label, YES_NO, several=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """A parameter that another page put into the address, such as a provider's id: it is kept, and can be taken away."""

    name: str
    label: str
    kind: str = "kept"

    def words(self, value: str) -> str:
        """What was chosen, in words."""
        return self.label


Filter = Picked | Choice | Kept


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything by which one list may be narrowed."""

    address: str
    of: tuple[Filter, ...]
    always: Mapping[str, str] = field(default_factory=dict)
    """Parameters that belong to the page and not to the question, such as whether it is a list or a board."""
    mistyped: Mapping[str, Mistyped] = field(default_factory=dict)
    """What stands in a box of the panel and could not be read."""

    @property
    def boxes(self) -> list[Box]:
        """Those into which something is typed."""
        return [Box(one.name, one.label, one.kind) for one in self.of if isinstance(one, Picked)]

    @property
    def names(self) -> set[str]:
        """Every parameter that the list knows."""
        return {*(one.name for one in self.of), *OF_PAGES}

    def asked(self, given: QueryParams) -> dict[str, list[str]]:
        """What is chosen in an address. What is no filter is left out."""
        found = {one.name: [value for value in given.getlist(one.name) if value] for one in self.of}
        return {name: values for name, values in found.items() if values}

    def unknown(self, given: QueryParams) -> list[str]:
        """What an address asks for by names that are none of these: the list is not narrowed by it, and the page has to say so."""
        return unknown_in(given, self.names)

    def href(self, asked: Mapping[str, Any], **more: Any) -> str:
        """The address of these choices."""
        together = {**self.always, **asked, **more}
        said = urlencode({name: value for name, value in together.items() if value}, doseq=True)
        return f"{self.address}?{said}" if said else self.address

    def chosen(self, asked: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
        """Each choice in words, and the address without it."""
        for one in self.of:
            for value in asked.get(one.name, ()):
                rest = {**asked, one.name: [other for other in asked[one.name] if other != value]}
                yield one.words(value), self.href(rest)


def unknown_in(given: QueryParams, known: Collection[str]) -> list[str]:
    """The first names in an address that are none of these, as they can be told."""
    return [name[:40] for name in dict.fromkeys(given.keys()) if name not in known][:5]


def _is_day(value: str) -> bool:
    try:
        day(value)
    except ValueError:
        return False
    return True
