"""A duty: what one rule asks of somebody about one record, by which day, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from uuid import UUID, uuid5

from domain.confidence import Mark
from domain.deadlines.time_rule import Owner, Severity
from domain.events import Event


class State(StrEnum):
    """How a duty stands on a day. It is counted against the day asked, so nothing is rewritten at midnight."""

    AHEAD = "ahead"
    DUE_SOON = "due_soon"
    DUE = "due"
    """Today is its last day."""
    OVERDUE = "overdue"
    """A finding: the day went by and nothing happened."""
    DONE = "done"
    DONE_LATE = "done_late"
    LAPSED = "lapsed"
    """What it was about ended first."""


@dataclass(frozen=True, slots=True, order=True)
class Cause:
    """The event that brought a duty, or that met it."""

    record_id: UUID
    version: int

    @classmethod
    def of(cls, event: Event) -> Cause:
        """An event, named."""
        return cls(event.originator_id, event.originator_version)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty. The same rule, subject and anchor are the same duty for ever, whatever else becomes known."""

    rule: str
    """A time rule, such as `T16`."""
    subject_id: UUID
    """The record it is about."""
    about: str = ""
    """Tells duties of one rule, subject and anchor apart, such as the kind of a check."""
    file_id: UUID
    """The child, provider or organisation on whose file it lies."""
    child_id: UUID | None = None
    placement_id: UUID | None = None
    provider_id: UUID | None = None
    organisation_id: UUID | None = None
    """The organisation that must do it; none where that is the provider, a parent, or nobody the service knows."""
    commissioner_id: UUID | None = None
    home_school_id: UUID | None = None
    authority_id: UUID | None = None
    owner: Owner
    severity: Severity
    mark: Mark
    version: int = 1
    """The version of the rule's count."""
    anchor_on: date
    """The day from which it is counted."""
    due_on: date
    """The last day on which it is still met."""
    counted_by: str
    """`school days`, `working days`, `days`; `working days, for want of a calendar` where none covers the days."""
    known_by: Cause
    """The event that made it known."""
    done_on: date | None = None
    done_by: Cause | None = None
    lapsed_on: date | None = None
    """The day on which what it was about ended."""

    @property
    def id(self) -> UUID:
        """Stays the same while the day due may change with a calendar, so that each cause acts once."""
        return _id_of(self.subject_id, self.rule, self.anchor_on, self.about)

    def state(self, on: date, soon: int = 0) -> State:
        """How it stands on a day; `soon` is how many days before its own it counts as due soon."""
        return state_on(on, self.due_on, self.done_on, self.lapsed_on, soon)

    @property
    def was_missed(self) -> bool:
        """Whether its day went by before it was done or had lapsed: in history a finding, even if it was made good since.

        Time that a parent is given is theirs to let go by (T24).
        """
        return self.owner != "parent" and not (
            (self.done_on is not None and self.done_on <= self.due_on)
            or (self.lapsed_on is not None and self.lapsed_on <= self.due_on)
        )


@lru_cache(maxsize=20_000)
def _id_of(subject_id: UUID, rule: str, anchor_on: date, about: str) -> UUID:
    return uuid5(subject_id, f"{rule} {anchor_on} {about}")


def state_on(on: date, due_on: date, done_on: date | None, lapsed_on: date | None, soon: int = 0) -> State:
    """How a duty stands on a day, from the days that count."""
    if done_on is not None and done_on <= on:
        return State.DONE if done_on <= due_on else State.DONE_LATE
    if lapsed_on is not None and lapsed_on <= on:
        return State.LAPSED
    left = (due_on - on).days
    if left < 0:
        return State.OVERDUE
    if left == 0:
        return State.DUE
    return State.DUE_SOON if left <= soon else State.AHEAD
