"""A command that is asked for twice is carried out once, and both askers hear the same answer."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from domain.reasons import ChangedMeanwhile
from history.receipts import AlreadyDone, KeyReused, Receipt
from history.store import History
from tests.history.cutting import Cutting
from tests.history.diary import Diary, more, new_diary

SHA = bytes(31) + b"1"


def asked(key: str = "k-1", sha: bytes = SHA, **facts: object) -> Receipt:
    return Receipt("officer", key, "write", sha, **facts)  # type: ignore[arg-type]


def test_a_receipt_is_stored_with_the_events(history: History) -> None:
    diary = new_diary("one", "two")
    receipt = asked(record_id=diary.id, record_version=2, answer={"location": f"/diaries/{diary.id}"})
    history.save(diary, receipt=receipt)

    found = history.receipt("officer", "k-1")
    assert found is not None
    assert found.position == 2
    assert (found.record_id, found.record_version, found.answer) == (diary.id, 2, receipt.answer)
    assert history.receipt("officer", "k-2") is None
    assert history.receipt("another officer", "k-1") is None


def test_the_same_request_again_changes_nothing_and_tells_the_first_answer(history: History) -> None:
    first = new_diary("one")
    history.save(first, receipt=asked(record_id=first.id))

    with pytest.raises(AlreadyDone) as again:
        history.save(new_diary("one, again"), receipt=asked(record_id=uuid4()))

    assert (again.value.receipt.record_id, again.value.receipt.position) == (first.id, 1)
    assert history.head() == 1


def test_a_repeated_request_is_recognised_before_it_is_called_a_conflict(history: History) -> None:
    history.save(diary := new_diary("one"))
    mine, repeated = history.get(Diary, diary.id), history.get(Diary, diary.id)
    history.save(more(mine, "two"), receipt=asked())

    with pytest.raises(AlreadyDone):
        history.save(more(repeated, "two"), read={diary.id: 1}, receipt=asked())


def test_the_same_key_for_another_request_is_refused(history: History) -> None:
    history.save(new_diary("one"), receipt=asked())

    with pytest.raises(KeyReused):
        history.save(new_diary("two"), receipt=asked(sha=bytes(32)))
    with pytest.raises(KeyReused):
        history.save(new_diary("two"), receipt=Receipt("officer", "k-1", "another command", SHA))


def test_a_refused_save_leaves_no_receipt(history: History) -> None:
    history.save(diary := new_diary("one"))

    with pytest.raises(ChangedMeanwhile):
        history.save(new_diary("stale", id=diary.id), receipt=asked())

    assert history.receipt("officer", "k-1") is None


def test_a_command_that_changed_nothing_may_have_a_receipt(history: History) -> None:
    history.save(new_diary("one"))

    assert history.save(receipt=asked()).position == 1
    with pytest.raises(AlreadyDone):
        history.save(receipt=asked())


def test_of_many_equal_requests_at_once_one_is_carried_out(history: History) -> None:
    outcomes: list[str] = []

    def ask() -> None:
        diary = new_diary("one")
        try:
            history.save(diary, receipt=asked(record_id=diary.id))
            outcomes.append(str(diary.id))
        except AlreadyDone as done:
            outcomes.append(str(done.receipt.record_id))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: ask(), range(8)))

    assert len(outcomes) == 8
    assert len(set(outcomes)) == 1
    assert history.head() == 1


def test_a_save_whose_answer_was_lost_is_known_to_be_ours(far_history: History, line: Cutting) -> None:
    far_history.save(new_diary("the key is made"))
    diary = new_diary("one", "two")
    line.cut_before_the_next_answer()

    saved = far_history.save(diary, receipt=asked(record_id=diary.id))

    assert line.cuts == 1
    assert (saved.first, saved.position) == (2, 3)
    assert far_history.get(Diary, diary.id).words == ["one", "two"]
    assert far_history.head() == 3


def test_a_save_whose_answer_was_lost_is_known_without_a_receipt_too(
    far_history: History, history: History, line: Cutting
) -> None:
    """Even when what the decision rested on was changed before it was asked again."""
    far_history.save(provider := new_diary("approved"))
    diary = new_diary("", "")
    line.cut_before_the_next_answer()

    saved = far_history.save(diary, read={provider.id: 1})

    assert line.cuts == 1
    assert (saved.first, saved.position) == (2, 3)


def test_a_conflict_after_a_lost_answer_is_still_a_conflict(
    far_history: History, history: History, line: Cutting
) -> None:
    history.save(diary := new_diary("one"))
    stale = far_history.get(Diary, diary.id)
    history.save(more(history.get(Diary, diary.id), ""))
    line.cut_before_the_next_answer()

    with pytest.raises(ChangedMeanwhile):
        far_history.save(more(stale, ""))

    assert line.cuts == 1
    assert history.head() == 2
