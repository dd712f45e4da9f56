"""What a trigger is: a sentence with a source, what it watches, what it may do, and the function that says what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from domain.confidence import Mark
from domain.events import Event
from workflows.command import Command
from workflows.triggers.cause import Became, Cause, FellDue, Happened
from workflows.triggers.messages import Message
from workflows.triggers.view import View


@dataclass(frozen=True, slots=True)
class Follows:
    """A command that follows from a cause, on a record; `part` tells several for one cause apart, and never changes."""

    command: Command
    on: UUID | None
    part: str
    placement_id: UUID | None = None
    """The placement that it is about, for who has to see to it should it be refused."""
    commissioner_id: UUID | None = None
    because: tuple[tuple[UUID, int], ...] = ()
    """The events that led to it beside the one that set it off, as record and version."""


Decide = Callable[[Any, View], Iterable[Follows | Message]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One sentence. An unverified one ([U]) only tells and asks, and is silent until an organisation switches it on."""

    name: str
    sentence: str
    source: str
    mark: Mark
    version: int
    watches: tuple[type[Event], ...]
    duties: tuple[str, ...]
    """The time rules whose duties it watches."""
    became: tuple[Became, ...]
    waits: str
    """The parameter that says for how many working days a duty has been overdue when it acts; none acts at once."""
    uses: tuple[str, ...]
    """The published numbers that it counts with."""
    does: tuple[str, ...]
    """The commands that it may give, by name."""
    tells: tuple[str, ...]
    """The templates of the messages that it may ask for."""
    chosen: bool
    decide: Decide

    def watches_cause(self, cause: Cause) -> bool:
        """Whether a cause is its business."""
        if isinstance(cause, Happened):
            return isinstance(cause.event, self.watches) if self.watches else False
        return cause.rule in self.duties and cause.became in self.became and cause.waited == self.waits

    def follows(self, cause: Cause, view: View) -> Iterator[Follows]:
        """What follows. Raises whatever is wrong with us."""
        for one in self.decide(cause, view):
            if self.chosen and not view.is_chosen(self.name, one.commissioner_id):
                continue
            if isinstance(one, Follows):
                yield one
            else:
                for tell, part in one.asked(self.name, cause):
                    yield Follows(tell, None, part, one.placement_id, one.commissioner_id)


def trigger(
    source: str,
    mark: Literal["P", "S", "U", "source", "design"],
    *,
    version: int = 1,
    watches: tuple[type[Event], ...] = (),
    duties: tuple[str, ...] = (),
    became: tuple[Became, ...] = ("overdue",),
    waits: str = "",
    uses: tuple[str, ...] = (),
    does: tuple[str, ...] = (),
    tells: tuple[str, ...] = (),
) -> Callable[[Decide], Trigger]:
    """Make a trigger of a function whose name and docstring are sentences. Raises TypeError for one that watches nothing."""
    if not watches and not duties:
        raise TypeError("a trigger watches events, or duties")

    def make(decide: Decide) -> Trigger:
        sentence = " ".join((decide.__doc__ or "").split())
        return Trigger(
            name=decide.__name__, sentence=sentence, source=source, mark=Mark(mark), version=version, watches=watches,
            duties=duties, became=became if duties else (), waits=waits, uses=(*uses, *filter(None, (waits,))),
            does=does, tells=tells, chosen=mark == "U", decide=decide,
        )  # fmt: skip

    return make


__all__ = ["Cause", "FellDue", "Follows", "Happened", "Trigger", "View", "trigger"]
