"""RecordNightlyCheck: the service remembers that it checked what is stored, and what it found."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar

from annotated_types import Ge, Len

from domain.events import Event
from domain.people import Asker
from domain.record import Record
from domain.upkeep import Check, Faulty, StoreChecked, TableCounted
from workflows.command import Command

THE_CARETAKER = Asker("upkeep", "Nightly check", None, None, machine=True)
"""Under this name the service writes down how it found itself."""
MOST = 100
"""Faults that are written down one by one."""


class RecordNightlyCheck(Command):
    """Record a night's check of everything stored. Only the service itself does so."""

    target: ClassVar[type[Record]] = Check
    opens: ClassVar[bool] = True
    event: ClassVar[type[Event] | None] = StoreChecked

    night: date
    """The London day on which the night ends."""
    position: Annotated[int, Ge(0)]
    """How far the history reached."""
    sealed: Annotated[int, Ge(0)]
    """How many events were sealed."""
    root: Annotated[str, Len(0, 64)] = ""
    """The root of the newest checkpoint, in hexadecimal digits."""
    first_wrong: int | None = None
    """The first wrong event, where it is events that are wrong."""
    tables: Annotated[tuple[TableCounted, ...], Len(0, 20)] = ()
    """What the register has come to."""
    faults: Annotated[tuple[Faulty, ...], Len(0, MOST)] = ()
    """What is wrong; nothing where all is well."""
    more: Annotated[int, Ge(0)] = 0
    """Faults beyond those."""
    seconds: Annotated[float, Ge(0)]
    """How long it took."""
