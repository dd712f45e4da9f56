"""What is published of the parameters, read once a day and kept: every decision counts with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from domain.guidance import GUIDANCE, Guidance, guidance_of
from domain.record import Record

R = TypeVar("R", bound=Record)


class Shelf(Protocol):
    """Where records are read from. The history is one; a test's list of events is another."""

    def find(self, kind: type[R], id: UUID) -> R | None: ...
    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]: ...
    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]: ...


class Published:
    """All versions of all parameters. Threads may share it.

    A version comes into force on the day after it was published at the earliest. So what was read on a day holds for that day,
    and need not be asked for again with each decision. Should a clock have been put back, a decision still does not rest on what
    is out of date: it names what it has read, the history refuses it, and it is taken anew after `forget`.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._read: tuple[date, Mapping[str, Guidance]] | None = None

    def on(self, today: date) -> Mapping[str, Guidance]:
        """The parameters of which anything is written down, by name."""
        read = self._read
        if read is None or read[0] != today:
            read = self._read = (today, guidance_of(self._shelf.get_many(dict(GUIDANCE))))
        return read[1]

    def forget(self) -> None:
        """Read it anew next time."""
        self._read = None
