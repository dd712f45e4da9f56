"""What the service remembers of looking after itself: every night everything that is stored is checked. The stored names are permanent.

No word in it is personal: tables, positions, ids and hashes.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID, uuid5

from annotated_types import Len

from domain.events import Event
from domain.fact import fact
from domain.personal import Label
from domain.record import Record, remembers

CHECKS = UUID("0c5be0d6-6a5a-5f2e-9a34-3f0c8a3c6f51")
"""From this and the night follows the id of the record of a night's check: there is one for each night."""


@fact
class TableCounted:
    """A table that the register keeps: so many rows, up to this place in its order, have this chain."""

    table: Label
    """Its name."""
    last: int
    """The place of the last row in the order of the table."""
    rows: int
    """How many rows there are up to it."""
    chain: Annotated[str, Len(64, 64)]
    """In hexadecimal digits."""


@fact
class Faulty:
    """One thing that was wrong."""

    part: Label
    """Of what is stored: a table, or what it is for."""
    what: Annotated[str, Len(1, 400)]
    """What is wrong with it."""
    where: Annotated[str, Len(0, 400)]
    """Which row, position or column."""


class StoreChecked(Event, frozen=True, kw_only=True, tag="upkeep.store_checked"):
    """Everything that is stored was compared with the ledger, the register and a rebuild. Without faults, all of it was sound."""

    night: date
    """The London day on which the night ended."""
    position: int
    """How far the history reached."""
    sealed: int
    """How many events were sealed."""
    root: str = ""
    """The root of the newest checkpoint, in hexadecimal digits."""
    tables: tuple[TableCounted, ...] = ()
    """What the register had come to: it can never be less again."""
    faults: tuple[Faulty, ...] = ()
    """What was wrong, the first hundred."""
    more: int = 0
    """Faults beyond them."""
    first_wrong: int | None = None
    """The first wrong event, where it is events that are wrong."""
    seconds: float


class Check(Record):
    """The check of one night."""

    def begin(self) -> None:
        self.checked: StoreChecked | None = None

    @staticmethod
    def id_for(night: date) -> UUID:
        """The record of a night."""
        return uuid5(CHECKS, night.isoformat())

    @remembers
    def remember_checked(self, event: StoreChecked) -> None:
        self.checked = event
