"""Each person has keys of their own, shared by all who write about them, and forgotten for good."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.personal import ERASED
from history.keys import Key, Keys, WrongMasterKey
from history.store import History
from tests.history.diary import Diary, Happened, more, new_diary
from tests.support.destroying import destroy_keys

CHILD = UUID(int=1)


def test_one_child_is_forgotten_apart(history: History) -> None:
    history.save(one := new_diary("one"), other := new_diary("other"))

    destroy_keys(history, one.id)

    assert history.get(Diary, one.id).words == [ERASED]
    assert history.get(Diary, other.id).words == ["other"]


def test_words_about_a_child_are_sealed_with_the_childs_key_in_every_record(history: History) -> None:
    history.save(one := new_diary("one", about=CHILD), two := new_diary("two", about=CHILD))

    destroy_keys(history, CHILD)

    assert [history.get(Diary, id).words for id in (one.id, two.id)] == [[ERASED], [ERASED]]


def test_words_said_after_the_key_was_forgotten_are_kept(history: History, elsewhere: History) -> None:
    """Another process still remembers the old key; what it writes then must not be lost."""
    history.save(diary := new_diary("before"))
    record = elsewhere.get(Diary, diary.id)
    elsewhere.save(more(record, "still before"))
    destroy_keys(history, diary.id)

    elsewhere.save(more(elsewhere.get(Diary, diary.id), "after"))

    assert history.get(Diary, diary.id).words == [ERASED, ERASED, "after"]


def test_erasure_reaches_other_processes_when_their_memory_ends(history: History, elsewhere: History) -> None:
    elsewhere.keys.life = 0.0
    history.save(diary := new_diary("one"))
    assert elsewhere.get(Diary, diary.id).words == ["one"]

    destroy_keys(history, diary.id)

    assert elsewhere.get(Diary, diary.id).words == [ERASED]


def test_writers_that_need_the_same_new_key_at_once_share_it(
    history: History, elsewhere: History, database: psycopg.Connection
) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(
            pool.map(
                lambda n: (history, elsewhere)[n % 2].save(new_diary(f"words {n}", about=CHILD)), range(16)
            )
        )

    assert database.execute("SELECT count(*) FROM history.keys").fetchone() == (1,)
    words = [stored.event.words for stored in history.page(0, 100) if isinstance(stored.event, Happened)]
    assert sorted(words) == sorted(f"words {n}" for n in range(16))


def test_the_keys_are_worth_nothing_without_the_master_key(history: History, dsn: str) -> None:
    history.save(new_diary("one"))

    with pytest.raises(WrongMasterKey):
        History(dsn, master_key=bytes(32))
    with pytest.raises(ValueError, match="32 bytes"):
        History(dsn, master_key=b"short")


def test_a_wrapped_key_belongs_to_its_row(history: History, database: psycopg.Connection) -> None:
    history.save(new_diary("one"), new_diary("two"))
    database.execute(
        "UPDATE history.keys SET wrapped = (SELECT wrapped FROM history.keys ORDER BY id LIMIT 1)"
    )
    history.keys.let_go()

    with pytest.raises(WrongMasterKey, match="does not belong"):
        history.page(0, 10)


def test_the_keys_of_a_page_are_found_in_one_question(
    history: History, elsewhere: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.save(*(new_diary(f"words {n}") for n in range(20)))
    asked: list[int] = []
    find = Keys.for_opening

    def counted(keys: Keys, ids: Collection[int]) -> dict[int, AESGCM]:
        asked.append(len(ids))
        return find(keys, ids)

    monkeypatch.setattr(Keys, "for_opening", counted)

    assert len(elsewhere.page(0, 100)) == 20
    assert asked == [20]


def test_all_keys_of_a_save_are_found_or_made_in_one_statement(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    make = Keys.for_sealing

    def counted(keys: Keys, wanted: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], Key]:
        asked.append(len(wanted))
        return make(keys, wanted)

    monkeypatch.setattr(Keys, "for_sealing", counted)

    history.save(*(new_diary(f"words {n}") for n in range(20)))
    assert asked == [20]


def test_a_key_that_was_read_before_an_erasure_is_not_remembered_after_it(
    history: History, elsewhere: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer was on its way while the erasure was carried out."""
    history.save(diary := new_diary("one"))
    elsewhere.keys.life = 60.0
    ready = Keys._ready

    def and_meanwhile(keys: Keys, row: tuple[int, UUID, str, bytes, str]) -> Key:
        monkeypatch.setattr(Keys, "_ready", ready)
        destroy_keys(history, diary.id)
        elsewhere.keys.let_go()
        return ready(keys, row)

    monkeypatch.setattr(Keys, "_ready", and_meanwhile)
    elsewhere.get(Diary, diary.id)
    assert elsewhere.get(Diary, diary.id).words == [ERASED]
