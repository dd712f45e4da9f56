"""What is read several times for one answer is opened once; the next answer opens it anew, and shows nothing that was erased since."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from domain.personal import ERASED
from history import opened
from history.opened import Opened, opened_once
from history.store import History
from tests.history.diary import Diary, more, new_diary
from tests.support.destroying import destroy_keys


def test_within_one_answer_an_event_is_opened_once_by_whichever_thread_reads_it(history: History) -> None:
    history.save(diary := new_diary("before"))
    with opened_once({}), ThreadPoolExecutor() as threads:
        [first] = history.get(Diary, diary.id).events
        history.save(more(history.get(Diary, diary.id), "after"))
        again = threads.submit(copy_context().run, history.get, Diary, diary.id).result()
        assert again.words == ["before", "after"]
        assert again.events[0] is first
    [outside, _] = history.get(Diary, diary.id).events
    assert outside is not first
    assert outside == first


def test_the_next_answer_shows_no_words_that_were_erased(history: History) -> None:
    history.save(diary := new_diary("words"))
    with opened_once({}):
        assert history.get(Diary, diary.id).words == ["words"]
        destroy_keys(history, diary.id)
        with opened_once(None):
            assert history.get(Diary, diary.id).words == [ERASED]
    with opened_once({}):
        assert history.get(Diary, diary.id).words == [ERASED]


def test_what_is_kept_for_one_answer_is_bounded(history: History) -> None:
    diaries = [new_diary(f"number {n}") for n in range(3)]
    history.save(*diaries)
    kept: Opened = {b"%d" % n: diaries[0].events[0] for n in range(opened.MOST - 2)}
    with opened_once(kept):
        found = history.get_many(dict.fromkeys((one.id for one in diaries), Diary))
    assert len(found) == 3
    assert len(kept) == opened.MOST - 2
