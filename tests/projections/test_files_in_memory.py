"""What is kept of the files that duties are read from says what reading them anew says, at every position."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, LiteralString
from uuid import uuid4

import pytest

from domain.record import Record
from history.reading import Reading
from history.store import History
from projections.files_in_memory import FilesInMemory, Placed
from projections.loading_files import KINDS
from projections.telling import Happened, Teller
from tests.projections.filling import Filling

NEVER, ONE_MINUTE = 0.0, 60.0


def in_memory(history: History, most_events: int = 1_000, life: float = ONE_MINUTE) -> FilesInMemory:
    """Remembers nothing yet."""
    return FilesInMemory(history, Teller(history, KINDS, sealed=KINDS), most_events, life)


def said(placed: Placed) -> object:
    """All that a duty may depend on."""
    record = placed.told.record
    assert isinstance(record, Record)
    return record.version, record.events, placed.places, placed.last, placed.told.position


@pytest.mark.parametrize("most_events", [0, 7, 1_000])
def test_memory_says_at_every_position_what_reading_anew_says(
    filling: Filling, history: History, most_events: int
) -> None:
    children = [filling.child("Ann", f"Number {n}") for n in range(3)]
    for n in range(9):
        filling.rename(children[n % 3], f"Ann {n}", "Other")
    ids, memory = [child.id for child in children], in_memory(history, most_events)

    # Onwards, and then back, where what is kept is of a later moment.
    for position in [*range(history.head() + 1), 5, 4, history.head(), 1]:
        kept, anew = memory.at(ids, position), in_memory(history).at(ids, position)
        assert {id: said(placed) for id, placed in kept.items()} == {id: said(p) for id, p in anew.items()}


def test_every_event_has_its_place_and_its_moment(filling: Filling, history: History) -> None:
    child = filling.child("Ann", "Other")
    memory = in_memory(history)
    memory.at([child.id], history.head())
    filling.rename(child, "Ann", "Another")

    [placed] = memory.at([child.id, uuid4()], history.head()).values()

    stored = history.stream(child.id)
    assert placed.places == {s.event.originator_version: (s.position, s.event.recorded_at) for s in stored}
    assert all(later > sooner for (sooner, _), (later, _) in pairwise(placed.places.values()))
    assert placed.last == (child.version, history.head())


@pytest.mark.parametrize("most_events", [0, 7, 1_000])
def test_who_is_told_of_all_that_happens_says_at_every_position_what_reading_anew_says(
    filling: Filling, history: History, most_events: int
) -> None:
    memory, reached = in_memory(history, most_events), 0
    children = [filling.child("Ann", f"Number {n}") for n in range(2)]
    for n in range(9):
        filling.rename(children[n % 3], f"Ann {n}", "Other")
        if n % 3 == 1:
            children.append(filling.child("Bea", f"Number {n}"))
        if n in (3, 6):
            # What happened is not told once; and what was read for another moment is not taken for what was followed.
            memory.at([child.id for child in children[:1]], n)
            reached = history.head() if n == 6 else reached
            continue
        ids = [*(child.id for child in children), LATER]
        rows = told_as_stored(history, reached)
        memory.follow(rows, reached)
        reached = rows[-1][0]
        kept, anew = memory.at(ids, reached), in_memory(history).at(ids, reached)
        assert {id: said(placed) for id, placed in kept.items()} == {id: said(p) for id, p in anew.items()}


def test_who_is_told_of_all_that_happens_asks_the_history_once(filling: Filling, history: History) -> None:
    asked = Asked(history)
    child, memory = filling.child("Ann", "Other"), FilesInMemory(asked, Teller(asked, KINDS, sealed=KINDS))
    memory.follow(told_as_stored(history, 0), 0)
    memory.at([child.id, LATER], history.head())
    assert asked.questions == 1

    # Of whom nothing is known it is known that there is nobody, until they begin.
    before = history.head()
    filling.rename(child, "Ann", "Another")
    memory.follow(told_as_stored(history, before), before)
    memory.at([child.id, LATER], history.head())
    assert asked.questions == 1
    before = history.head()
    filling.child("Bea", "Other", id=LATER)
    memory.follow(told_as_stored(history, before), before)

    assert len(memory.at([child.id, LATER], history.head())) == 2
    assert asked.questions == 1


def test_an_event_whose_contents_were_left_out_is_read_where_it_is_needed(
    filling: Filling, history: History
) -> None:
    child, memory = filling.child("Ann", "Other"), in_memory(history)
    memory.follow(told_as_stored(history, 0), 0)
    before = history.head()
    filling.rename(child, "Ann", "Another")
    memory.follow([(row[0], row[1], None, *row[3:]) for row in told_as_stored(history, before)], before)

    kept, anew = memory.at([child.id], history.head()), in_memory(history).at([child.id], history.head())
    assert said(kept[child.id]) == said(anew[child.id])


LATER = uuid4()
"""A child who is asked for before there is anything of it."""


class Asked(Reading):
    """The history, counting what it is asked."""

    def __init__(self, history: History) -> None:
        self.datastore, self.mapper, self.questions = history.datastore, history.mapper, 0

    def rows(self, statement: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        self.questions += 1
        return super().rows(statement, parameters)


def told_as_stored(history: History, after: int) -> list[Any]:
    """All that happened after a position."""
    return Teller(history, KINDS).rows_after(after, 1_000)


class CountingTeller(Teller):
    """Says of how many events it was given the bytes."""

    read = 0

    def read_each(self, rows: Sequence[Any]) -> list[Happened]:
        self.read += len(rows)
        return super().read_each(rows)


@pytest.mark.parametrize(("life", "read_again"), [(ONE_MINUTE, 1), (NEVER, 3)])
def test_only_what_is_new_is_read_as_long_as_it_is_remembered(
    filling: Filling, history: History, life: float, read_again: int
) -> None:
    child = filling.child("Ann", "Other")
    filling.rename(child, "Ann", "Another")
    teller = CountingTeller(history, KINDS, sealed=KINDS)
    memory = FilesInMemory(history, teller, life=life)
    memory.at([child.id], history.head())
    filling.rename(child, "Ann", "Second")
    teller.read = 0

    [placed] = memory.at([child.id], history.head()).values()

    assert teller.read == read_again
    assert len(placed.places) == 3
