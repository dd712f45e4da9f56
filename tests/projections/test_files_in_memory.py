"""What is kept of the files that duties are read from says what reading them anew says, at every position."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from domain.record import Record
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
