"""What a rule is: a sentence that is true when it is met, a question to the case, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol
from uuid import UUID

from domain.agreement import Agreement
from domain.child import Child
from domain.confidence import Mark
from domain.guidance import Parameters
from domain.organisation import Organisation
from domain.people import Asker
from domain.personal import Category
from domain.placement import Placement
from domain.provider import Places, Provider
from domain.reasons import Reason
from domain.school_days import SchoolDays


class CaseFacts(Protocol):
    """All that a rule may ask about. Records that do not exist are None."""

    @property
    def placement(self) -> Placement: ...
    @property
    def child(self) -> Child: ...
    @property
    def placements_of_child(self) -> Sequence[Placement]: ...
    @property
    def commissioner(self) -> Organisation: ...
    @property
    def home_school(self) -> Organisation | None: ...
    @property
    def provider(self) -> Provider | None: ...
    @property
    def places(self) -> Places | None: ...
    @property
    def agreement(self) -> Agreement | None: ...
    @property
    def asker(self) -> Asker: ...
    @property
    def today(self) -> date: ...
    @property
    def days(self) -> SchoolDays | None: ...
    @property
    def asked(self) -> AskedFor: ...
    @property
    def parameters(self) -> Parameters:
        """The published numbers as they stand today for the commissioner; what is asked for is kept with the decision."""
        ...


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What the request itself says, where a rule must weigh it. Empty when someone only looks at what is open."""

    on: date | None = None
    next_review_on: date | None = None
    sessions_per_week: int | None = None
    hours_per_week: float | None = None
    successor_provider_id: UUID | None = None
    categories: tuple[Category, ...] = ()
    """The kinds of personal words that are to be erased."""
    ground: str = ""
    """Why they are to be erased."""


@dataclass(frozen=True, slots=True)
class No:
    """One answer of a rule that is not met."""

    code: str
    message: str
    field: str = ""


Answer = No | Sequence[No] | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule. `ask` returns nothing when it is met.

    `may_be_overridden`: whether an approved emergency override can set it aside. `warning`: it is said, and never refuses; a
    warning with `chosen` is silent until an organisation chooses it, as all unverified rules and proposals are.
    """

    name: str
    sentence: str
    source: str
    mark: Mark
    version: int
    may_be_overridden: bool
    warning: bool
    chosen: bool
    ask: Callable[[CaseFacts], Answer]

    def weigh(self, case: CaseFacts) -> tuple[Reason, ...]:
        """Every reason why it is not met; nothing when it is."""
        answer = self.ask(case)
        found = () if answer is None else (answer,) if isinstance(answer, No) else tuple(answer)
        return tuple(
            Reason(
                code=no.code,
                message=no.message,
                source=self.source,
                rule=self.name,
                version=self.version,
                may_be_overridden=self.may_be_overridden,
                warning=self.warning,
                field=no.field,
            )
            for no in found
        )


def rule(
    source: str,
    mark: Literal["P", "S", "U", "source", "design"],
    *,
    version: int = 1,
    may_be_overridden: bool = True,
    warning: bool = False,
    chosen: bool = False,
) -> Callable[[Callable[[CaseFacts], Answer]], Rule]:
    """Make a rule of a function whose name and docstring are sentences.

    Raises TypeError for an unverified rule that would refuse: a [U] fact never becomes a hard refusal.
    """

    def make(ask: Callable[[CaseFacts], Answer]) -> Rule:
        sentence = (ask.__doc__ or "").strip()
        if mark == "U" and not (warning and chosen):
            raise TypeError(
                f"{ask.__name__} is unverified: it can only be a warning that an organisation chooses"
            )
        return Rule(
            ask.__name__, sentence, source, Mark(mark), version, may_be_overridden, warning, chosen, ask
        )

    return make
