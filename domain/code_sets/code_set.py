"""A code of an official return and the set it belongs to: the same letters mean two things in two sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from domain.confidence import Mark


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it says, and since when or until when it may be written."""

    code: str
    label: str
    in_force_from: date | None = None
    retired: bool = False
    """No longer written today. It is still read, in old rows and in returns that lag behind."""
    retired_on: date | None = None
    """The first day on which it could no longer be written, where that is known."""
    becomes: str = ""
    """The code of the same set that says the same today. Empty where nothing says the same with certainty."""
    note: str = ""
    mark: Mark | None = None
    """How sure we are of this one code, where that differs from its set."""


C_co = TypeVar("C_co", bound=Code, covariant=True)


@dataclass(frozen=True, slots=True)
class CodeSet(Generic[C_co]):
    """The codes that one field of a return may hold.

    `name` is the namespace: `sen_type.DS` is Down syndrome, `exclusion_reason.DS` is abuse for disability.
    """

    name: str
    mark: Mark
    source: str
    codes: tuple[C_co, ...]
    version: str = ""
    """Which edition of the standard was transcribed."""

    def __iter__(self) -> Iterator[C_co]:
        return iter(self.codes)

    def __contains__(self, code: object) -> bool:
        return any(known.code == code for known in self.codes)

    @property
    def current(self) -> tuple[C_co, ...]:
        """The codes that may be written today."""
        return tuple(code for code in self.codes if not code.retired)

    def find(self, text: str) -> C_co | None:
        """The code as a return wrote it, retired or not, in any case, with spaces around it.

        None where it is not of this set.
        """
        wanted = text.strip().upper()
        return next((code for code in self.codes if code.code.upper() == wanted), None)

    def today(self, text: str) -> C_co | None:
        """The code to write today for one found in a return.

        None where it is unknown, or where nothing says the same today with certainty.
        """
        found = self.find(text)
        if found is None or not found.retired:
            return found
        return self.find(found.becomes) if found.becomes else None

    def label(self, text: str) -> str:
        """What a code says, in words; the code itself where it is not of this set."""
        found = self.find(text)
        return found.label if found else text

    def full_name(self, code: str) -> str:
        """The code with its set, such as `sen_type.DS`: so that codes of several sets may be mixed."""
        return f"{self.name}.{code}"

    def mark_of(self, code: str) -> Mark:
        """How sure we are of a code: its own mark, or else that of its set."""
        found = self.find(code)
        return found.mark if found and found.mark else self.mark
