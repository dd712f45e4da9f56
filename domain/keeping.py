"""What becomes of the words about a child: whether they are held, asked to be erased, erased, given out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain import forgetting_events as e
from domain.facts.forgetting import ErasureGround, HoldReason
from domain.personal import Category
from domain.record import Record, remembers


@dataclass(slots=True)
class Erasure:
    """An erasure that someone asked for, and what came of it."""

    request: int
    categories: tuple[Category, ...]
    ground: ErasureGround
    requested_by: str
    asked_on: date
    state: str = "requested"
    """`requested`, `refused`, `approved`, or `carried_out`."""
    decided_on: date | None = None
    decided_by: str = ""
    """The name of who decided."""
    approval: int | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A time in which nothing may be erased."""

    number: int
    because: HoldReason
    categories: tuple[Category, ...]
    review_on: date | None


@dataclass(slots=True)
class Rectification:
    """A request to put something right, and what came of it."""

    request: int
    record_id: UUID
    version: int
    fields: tuple[str, ...]
    outcome: str = ""


class Keeping(Record):
    """The part of a child's record that tells of the record itself."""

    def begin(self) -> None:
        self.erasures: list[Erasure] = []
        self.holds: list[Hold] = []
        self.rectifications: list[Rectification] = []
        self.access_prepared: list[int] = []

    def held(self, categories: tuple[Category, ...]) -> list[Hold]:
        """The holds in force on any of these categories."""
        return [hold for hold in self.holds if not set(hold.categories).isdisjoint(categories)]

    @property
    def erased(self) -> dict[Category, date]:
        """The categories that were erased, with the last day on which that was decided."""
        return {
            category: erasure.decided_on
            for erasure in self.erasures
            if erasure.approval is not None and erasure.decided_on is not None
            for category in erasure.categories
        }

    @remembers
    def erasure_requested(self, event: e.ErasureRequested) -> None:
        number, by = event.originator_version, event.decision.by.id
        self.erasures.append(Erasure(number, event.categories, event.ground, by, event.asked_on))

    @remembers
    def erasure_approved(self, event: e.ErasureApproved) -> None:
        for erasure in self._asked(event.request):
            erasure.state, erasure.approval = "approved", event.originator_version
            erasure.decided_on, erasure.decided_by = event.occurred_on, event.decision.by.name

    @remembers
    def erasure_refused(self, event: e.ErasureRefused) -> None:
        for erasure in self._asked(event.request):
            erasure.state, erasure.decided_on = "refused", event.occurred_on
            erasure.decided_by = event.decision.by.name

    @remembers
    def words_erased(self, event: e.WordsErased) -> None:
        for erasure in self.erasures:
            if erasure.approval == event.approval:
                erasure.state = "carried_out"

    def _asked(self, request: int) -> list[Erasure]:
        return [erasure for erasure in self.erasures if erasure.request == request]

    @remembers
    def hold_placed(self, event: e.HoldPlaced) -> None:
        self.holds.append(Hold(event.originator_version, event.because, event.categories, event.review_on))

    @remembers
    def hold_lifted(self, event: e.HoldLifted) -> None:
        self.holds = [hold for hold in self.holds if hold.number != event.hold]

    @remembers
    def rectification_requested(self, event: e.RectificationRequested) -> None:
        asked = Rectification(event.originator_version, event.record_id, event.version, event.fields)
        self.rectifications.append(asked)

    @remembers
    def rectification_answered(self, event: e.RectificationAnswered) -> None:
        for asked in self.rectifications:
            if asked.request == event.request:
                asked.outcome = event.outcome

    @remembers
    def subject_access_prepared(self, event: e.SubjectAccessPrepared) -> None:
        self.access_prepared.append(event.originator_version)
