"""What the service remembers of requests that it turned away. The stored names are permanent."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from domain.events import Event
from domain.record import Record, remembers


class AccessRefused(Event, frozen=True, kw_only=True, tag="access.refused"):
    """Someone was not known, or was not allowed to do what they asked."""

    why: Literal["not_signed_in", "not_permitted"]
    code: str
    """The reason in snake case, such as `token_expired`."""
    method: str
    route: str
    """The address as a template, such as `/placements/{id}`: no identifier of a child in it."""
    person_id: str = ""
    """Who it was, where that was proved."""
    organisation_id: UUID | None = None
    record_id: UUID | None = None
    """The record that was asked for, where there is one."""
    caller: str = ""
    """A keyed hash of the network address, where nobody was signed in: the same caller, not which."""
    times: int = 1
    """How often, within about a second."""


class Refusal(Record):
    """One refusal: a stream of a single event."""

    def begin(self) -> None:
        self.refused: AccessRefused | None = None

    @remembers
    def remember_refusal(self, event: AccessRefused) -> None:
        self.refused = event
