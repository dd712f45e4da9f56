"""A record for the tests of the history alone: it remembers whatever it is told."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID, uuid4

import msgspec

from domain.events import Actor, Decision, Event
from domain.fact import fact
from domain.personal import HealthWords, Label, Personal, Words
from domain.record import Record, Recording, remembers


class Happened(Event, frozen=True, kw_only=True, tag="test.happened"):
    """Something about someone."""

    words: Words = ""
    health: HealthWords | None = None
    number: int = 0
    label: Label = ""


class Ended(Event, frozen=True, kw_only=True, tag="test.ended"):
    """The last entry."""


class Opened(Event, frozen=True, kw_only=True, tag="test.opened"):
    """The first entry of a record of another kind."""


@fact
class Person:
    """A dataclass with a word in it."""

    name: Annotated[str, Personal("identity")]
    age: int = 0


class Remark(msgspec.Struct, frozen=True, kw_only=True, tag="remark"):
    """A struct whose category is told by a sibling."""

    kind: str
    text: Annotated[str, Personal(".kind")]


class Silence(msgspec.Struct, frozen=True, kw_only=True, tag="silence"):
    """A struct without words."""

    seconds: int = 1


class EveryShape(Event, frozen=True, kw_only=True, tag="test.every_shape"):
    """Personal words in all places where they may stand."""

    plain: Words
    nothing: Words | None = None
    perhaps: Words | None = None
    inside: Annotated[str | None, Personal("contact")] = None
    person: Person
    persons: tuple[Person, ...] = ()
    remark: Remark | None = None
    either: Remark | Silence | None = None
    several: tuple[Remark | Silence, ...] = ()
    texts: tuple[Words, ...] = ()
    listed: list[HealthWords] = msgspec.field(default_factory=list)
    by_name: dict[str, Words] = msgspec.field(default_factory=dict)
    by_id: dict[UUID, Person] = msgspec.field(default_factory=dict)
    nested: dict[str, tuple[Person, ...]] = msgspec.field(default_factory=dict)
    fixed: tuple[int, Words, Person] | None = None
    renamed: Words = msgspec.field(default="", name="stored_as")


class Diary(Record):
    """Remembers words."""

    def begin(self) -> None:
        """Nothing yet."""
        self.words: list[str] = []
        self.ended = False

    @remembers
    def happened(self, event: Happened) -> None:
        """Keep the words."""
        self.words.append(event.words)

    @remembers
    def every_shape(self, event: EveryShape) -> None:
        """Keep the words."""
        self.words.append(event.plain)

    @remembers
    def has_ended(self, event: Ended) -> None:
        """No more."""
        self.ended = True


class Ledger(Record):
    """Another kind of record."""

    @remembers
    def opened(self, event: Opened) -> None:
        """Nothing to keep."""


def recording() -> Recording:
    """What all events of a decision taken now have in common."""
    decision = Decision(by=Actor(id="o-1", name="An Officer"), command="test", correlation_id=uuid4())
    return Recording(decision, datetime.now(UTC), date(2026, 9, 7))


def new_diary(*words: str, id: UUID | None = None, about: UUID | None = None) -> Diary:
    """A diary with entries that are not saved yet."""
    return more(Diary(id or uuid4()), *words, about=about)


def more(diary: Diary, *words: str, about: UUID | None = None) -> Diary:
    """The diary with more entries."""
    diary.under(recording())
    for text in words:
        diary.remember(Happened, about=about, words=text)
    return diary


def numbered(*numbers: int) -> Diary:
    """A diary with entries without words."""
    diary = Diary(uuid4()).under(recording())
    for number in numbers:
        diary.remember(Happened, number=number)
    return diary
