"""Records are told as they were at a position, whatever came later, and stay sealed where no one shows their words."""

import time
from uuid import uuid4

from domain.child import Child
from domain.child_events import YearGroupSet
from domain.placement import Placement
from history.store import History
from projections.memory import Memory
from projections.tables import TABLES, teller_for
from projections.telling import Teller
from tests.projections.filling import Filling
from tests.support.destroying import destroy_keys


def test_a_record_is_told_as_it_was_at_a_position(filling: Filling, history: History) -> None:
    child = filling.child("First", "Name")
    then = history.head()
    filling.rename(child, "Second", "Name")

    teller = Teller(history, [Child])
    [before], [after] = teller.load([child.id], then), teller.load([child.id], history.head())

    assert isinstance(before.record, Child)
    assert isinstance(after.record, Child)
    assert (before.record.name, before.position) == ("First Name", then)
    assert (after.record.name, after.position) == ("Second Name", history.head())
    assert [
        told.record.name
        for told in teller.every_record(then, lambda events: None)
        if isinstance(told.record, Child)
    ] == ["First Name"]


def test_words_that_no_read_model_shows_are_not_opened(filling: Filling, history: History) -> None:
    child = filling.child("Ann", "Other")
    placement = filling.placement(child, uuid4())

    told = {told.id: told.record for told in teller_for(history, TABLES).load([child.id, placement.id], 10)}

    known, referral = told[child.id], told[placement.id]
    assert isinstance(known, Child)
    assert isinstance(referral, Placement)
    assert known.name == "Ann Other"
    assert referral.why.startswith("enc:2:")


def test_memory_gives_what_reading_anew_gives(filling: Filling, history: History) -> None:
    teller = teller_for(history, TABLES)
    memory = Memory(teller, most_events=5)
    children = [filling.child("Ann", f"Number {n}") for n in range(4)]
    position = 0
    for n in range(12):
        filling.rename(children[n % 4], f"Ann {n}", "Other")
    while page := teller.page(position, 3):
        position = page[-1].position
        anew = {told.id: told for told in teller.load({happened.id for happened in page}, position)}
        for told in memory.advance(page):
            assert isinstance(told.record, Child)
            same = anew[told.id].record
            assert isinstance(same, Child)
            assert (told.record.version, told.record.name, told.position) == (
                same.version,
                same.name,
                anew[told.id].position,
            )


def test_a_page_that_is_taken_in_again_is_told_the_same(filling: Filling, history: History) -> None:
    child = filling.child("Ann", "Other")
    filling.rename(child, "Bea", "Other")
    teller = teller_for(history, TABLES)
    memory = Memory(teller)
    page = teller.page(1, 1)

    for _ in range(3):
        [told] = memory.advance(page)
        assert told.record is not None
        assert told.record.version == 2


def test_words_are_remembered_no_longer_than_their_keys(filling: Filling, history: History) -> None:
    child = filling.child("Ann", "Other")
    teller = teller_for(history, TABLES)
    memory = Memory(teller, life=0.05)
    memory.advance(teller.page(0, 10))
    destroy_keys(history, child.id)
    filling.tell(child, YearGroupSet, year_group="9")
    time.sleep(0.06)

    [told] = memory.advance(teller.page(1, 10))

    assert isinstance(told.record, Child)
    assert told.record.name == "[erased] [erased]"
