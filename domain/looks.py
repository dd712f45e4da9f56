"""What the service remembers of reading: who looked at whose record, when, by which route and under which right.

Stored names are permanent. A look holds ids and codes, and nothing of what was read or typed: when a child's keys are destroyed, the ids
are all that is left of the child here too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid5

from domain.confidence import Mark
from domain.events import Event
from domain.fact import fact
from domain.packed_ids import Packed, how_many
from domain.personal import Label
from domain.record import Record, remembers

How = Literal["read", "listed", "searched", "exported", "followed"]
"""Opened by its id; on a page of a list; found by words that were typed; taken away in a file; heard of in the feed."""
Outcome = Literal["shown", "not_found"]
"""What the reader got. `not_found` also stands for what the reader may not know of. Who was not permitted is an `access.refused`."""


@dataclass(frozen=True, slots=True)
class ToldFor:
    """How long looks are told, from whom that is, and how sure it is."""

    years: int
    source: str
    mark: Mark

    def since(self, now: datetime) -> datetime:
        """The first moment whose looks are told."""
        return now - timedelta(days=round(365.25 * self.years))


LOOKS_TOLD_FOR = ToldFor(
    6, "as long as most claims can be brought (Limitation Act 1980); a choice of ours", Mark.UNVERIFIED
)
"""The events stay, as the whole history does, and hold ids alone. Nobody is told of older looks unless they ask with `older`."""


@fact
class Right:
    """What let the reader look: enough to ask the same question again of the history as it was then."""

    row: Label
    """The question that was asked: `placement`, `child`, `child_by_a_placement`, another kind of record, or `scope` for a page of many."""
    roles: tuple[Label, ...] = ()
    """The roles the reader held at that moment."""
    relations: tuple[Label, ...] = ()
    """How the reader stood to the record, such as `commissioner`: they decide what is seen of it."""
    organisation_id: UUID | None = None
    """For whom the reader acted."""
    provider_id: UUID | None = None
    """For a provider's people: their provider."""
    machine: bool = False
    """A named part of the service, or whoever runs it at the terminal, and not a person with a role."""


@fact
class PageShown:
    """Whose records were on a page of several. A page of a hundred rows costs what its ids cost, so nothing stands here twice."""

    placements: Packed = ""
    """Placements, each with its child, in the order of the page: 16 bytes of each id, one after the other, in base64. Whose a placement is
    says its first event, and no correction changes it."""
    records: Packed = ""
    """Other records, and placements without their child, written in the same way."""
    children: Packed = ""
    """Children who are not those of the placements, each once."""


@fact
class Look:
    """One look of one person. An answer that said "unchanged" (304) is a look as well: the reader holds what it would have said."""

    at: datetime
    """When, by the server's clock."""
    person_id: Label
    """Who looked: as the sign-in service names them, or `user@terminal` for an operating system's user."""
    how: How
    """In which way."""
    route: Label
    """Method and template of the address, such as `GET /placements/{id}`, or the command typed at the terminal: no id in it."""
    right: Right
    """Under which right."""
    outcome: Outcome = "shown"
    """What came of it."""
    record_id: UUID | None = None
    """The record that was asked for by its id."""
    records: tuple[UUID, ...] = ()
    """The other record that it was about; for a child's record that is among `children`. Older looks have those of a whole page here."""
    children: tuple[UUID, ...] = ()
    """The child whom it was about. Older looks have those of a whole page here, each once."""
    page: PageShown | None = None
    """Whose records were on a page of several, in place of the two above."""
    asked_by: tuple[Label, ...] = ()
    """The names of the filters of a list or search. What was typed into them may name a child, and is kept nowhere."""
    as_of: int | None = None
    """The moment that was asked for, where one was."""
    position: int = 0
    """How far the history had reached when the right was asked; 0 where nobody looked."""
    correlation_id: UUID | None = None
    """The request, as the logs name it."""

    @property
    def ids(self) -> int:
        """How many ids of records and children it holds."""
        page = self.page or PageShown()
        packed = how_many(page.placements) + how_many(page.records) + how_many(page.children)
        return len(self.records) + len(self.children) + packed


class LooksNoted(Event, frozen=True, kw_only=True, tag="looks.noted"):
    """The looks of about a second in one process. Both the batches and the looks are numbered, so that a gap is seen."""

    process: UUID
    """The process that noted them: a new id each time one starts."""
    part: str
    """What it is: `api` or `terminal`."""
    batch: int
    """1 is the first of the process. A missing number is a batch that was taken away."""
    first: int
    """The number of the first look in this batch; the looks of a process are counted from 1, those that were missed too."""
    looks: tuple[Look, ...] = ()
    """In the order in which they were noted."""
    missed: int = 0
    """How many looks, just after these, there was no room for while the history could not be written."""
    ended: bool = False
    """The process ended in order: nothing of it is missing. Without this, up to a second of looks may be lost after the last batch."""


class Looks(Record):
    """One batch: a stream of a single event."""

    @staticmethod
    def id_for(process: UUID, batch: int) -> UUID:
        """The same for the same batch, so that one whose answer was lost is not written twice."""
        return uuid5(process, f"looks/{batch}")

    def begin(self) -> None:
        self.noted: LooksNoted | None = None

    @remembers
    def remember_looks(self, event: LooksNoted) -> None:
        self.noted = event
