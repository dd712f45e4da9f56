"""Records are saved whole or not at all, and only as they were when the decision was taken."""

import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import psycopg
import pytest

from domain.reasons import ChangedMeanwhile, NotFound
from domain.record import Record
from history.store import History, Saved
from tests.history.diary import Diary, Ended, Ledger, Opened, more, new_diary, recording


def test_a_saved_record_is_got_back(history: History) -> None:
    diary = new_diary("one", "two")

    assert history.save(diary) == Saved(position=2, first=1)
    found = history.get(Diary, diary.id)
    assert (found.words, found.version, found.pending) == (["one", "two"], 2, [])


def test_a_record_with_more_entries_goes_on_where_it_was(history: History) -> None:
    history.save(diary := new_diary("one"))
    again = more(history.get(Diary, diary.id), "two")

    assert history.save(again) == Saved(position=2, first=2)
    assert history.get(Diary, diary.id).words == ["one", "two"]


def test_of_two_writers_to_one_record_one_wins_and_the_other_is_told_the_version(
    history: History, elsewhere: History
) -> None:
    history.save(diary := new_diary("one"))
    mine, theirs = history.get(Diary, diary.id), elsewhere.get(Diary, diary.id)
    elsewhere.save(more(theirs, "theirs", "theirs too"))

    with pytest.raises(ChangedMeanwhile) as refused:
        history.save(more(mine, "mine"))

    assert refused.value.version == 3
    assert history.get(Diary, diary.id).words == ["one", "theirs", "theirs too"]


def test_of_many_writers_at_once_exactly_one_wins(history: History) -> None:
    history.save(diary := new_diary("one"))
    copies = [more(history.get(Diary, diary.id), f"writer {n}") for n in range(8)]
    outcomes: list[str] = []

    def write(copy: Diary) -> None:
        try:
            history.save(copy)
            outcomes.append("won")
        except ChangedMeanwhile as refused:
            outcomes.append(f"refused at {refused.version}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, copies))

    assert sorted(outcomes) == ["refused at 2"] * 7 + ["won"]


def test_records_saved_together_are_refused_together(history: History) -> None:
    history.save(old := new_diary("one"))
    stale = history.get(Diary, old.id)
    history.save(more(history.get(Diary, old.id), "two"))
    new = new_diary("new")

    with pytest.raises(ChangedMeanwhile):
        history.save(new, more(stale, "stale"))

    assert history.find(Diary, new.id) is None
    assert history.head() == 2


def test_a_decision_does_not_stand_when_a_record_it_rests_on_was_changed(history: History) -> None:
    history.save(provider := new_diary("approved"))
    read = {provider.id: history.get(Diary, provider.id).version}
    history.save(more(history.get(Diary, provider.id), "suspended"))

    with pytest.raises(ChangedMeanwhile) as refused:
        history.save(new_diary("placed with the provider"), read=read)

    assert refused.value.version == 2
    assert history.head() == 2


def test_a_decision_stands_when_what_it_rests_on_is_as_it_was(history: History) -> None:
    history.save(provider := new_diary("approved"))

    assert history.save(new_diary("placed"), read={provider.id: 1, uuid4(): 0}).position == 2


def test_a_decision_may_rest_on_there_being_no_such_record(history: History) -> None:
    id = uuid4()
    history.save(new_diary("now there is one", id=id))

    with pytest.raises(ChangedMeanwhile):
        history.save(new_diary("there was none"), read={id: 0})


def test_a_record_given_without_news_counts_as_read(history: History) -> None:
    history.save(provider := new_diary("approved"))
    unchanged = history.get(Diary, provider.id)
    history.save(more(history.get(Diary, provider.id), "suspended"))

    with pytest.raises(ChangedMeanwhile):
        history.save(new_diary("placed"), unchanged)


def test_two_decisions_that_each_rest_on_the_others_record_cannot_both_stand(history: History) -> None:
    history.save(a := new_diary("a"), b := new_diary("b"))
    barrier = threading.Barrier(2)
    outcomes: list[bool] = []

    def decide(changing: Diary, resting_on: Diary) -> None:
        record = more(history.get(Diary, changing.id), "the other was still empty")
        barrier.wait()
        try:
            history.save(record, read={resting_on.id: 1})
            outcomes.append(True)
        except ChangedMeanwhile:
            outcomes.append(False)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(decide, (a, b), (b, a)))

    assert sorted(outcomes) == [False, True]


def test_nothing_to_save_is_no_change_but_what_was_read_is_still_checked(history: History) -> None:
    history.save(diary := new_diary("one"))

    assert history.save(history.get(Diary, diary.id)) == Saved(position=1, first=2)
    with pytest.raises(ChangedMeanwhile):
        history.save(read={diary.id: 0})


def test_a_record_of_another_kind_is_not_found(history: History) -> None:
    ledger = Ledger(uuid4()).under(recording())
    ledger.remember(Opened)
    history.save(ledger)

    assert history.find(Diary, ledger.id) is None
    assert history.get_many({ledger.id: Diary}) == {}
    with pytest.raises(NotFound, match="there is no such diary"):
        history.get(Diary, ledger.id)
    with pytest.raises(NotFound):
        history.get(Diary, uuid4())


def test_many_records_are_got_in_one_question(history: History, database: psycopg.Connection) -> None:
    diaries = [new_diary(f"diary {n}", "and more") for n in range(3)]
    ledger = Ledger(uuid4()).under(recording())
    ledger.remember(Opened)
    history.save(*diaries, ledger)
    asked: dict[object, type[Record]] = {diary.id: Diary for diary in diaries}

    found = history.get_many({**asked, ledger.id: Ledger, uuid4(): Diary})  # type: ignore[dict-item]

    assert {id: record.version for id, record in found.items()} == {
        **{diary.id: 2 for diary in diaries},
        ledger.id: 1,
    }


def test_a_record_is_got_as_it_was_at_a_position(history: History) -> None:
    history.save(diary := new_diary("one"))
    history.save(other := new_diary("another"))
    end = history.get(Diary, diary.id).under(recording())
    end.remember(Ended)
    history.save(end)

    assert [history.get(Diary, diary.id, as_at=n).ended for n in (1, 2, 3)] == [False, False, True]
    assert history.find(Diary, other.id, as_at=1) is None
    assert set(history.get_many({diary.id: Diary, other.id: Diary}, as_at=1)) == {diary.id}
