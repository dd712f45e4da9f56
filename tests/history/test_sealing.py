"""Personal words are stored sealed, wherever they stand, and are gone when their key is."""

import json
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from psycopg.sql import SQL, Identifier

from domain.events import Change, Corrected, Evidence, OverrideUsed
from domain.personal import ERASED
from history.encoding import Unreadable
from history.keys import Keys, WrongMasterKey
from history.store import History
from tests.history.diary import (
    Diary,
    EveryShape,
    Happened,
    Person,
    Remark,
    Silence,
    more,
    new_diary,
    recording,
)

SECRET = "Zebedee Quill"
CHILD = UUID(int=1)


def with_every_shape() -> dict[str, Any]:
    """A field of every shape, with a secret in each."""
    person = Person(name=f"{SECRET} person", age=7)
    return {
        "plain": f"{SECRET} plain",
        "perhaps": f"{SECRET} perhaps",
        "inside": f"{SECRET} inside",
        "person": person,
        "persons": (person, Person(name=f"{SECRET} second")),
        "remark": Remark(kind="health", text=f"{SECRET} remark"),
        "either": Remark(kind="contact", text=f"{SECRET} either"),
        "several": (Silence(seconds=2), Remark(kind="safeguarding", text=f"{SECRET} several")),
        "texts": (f"{SECRET} first", "", f"{SECRET} third"),
        "listed": [f"{SECRET} listed"],
        "by_name": {"a name": f"{SECRET} by name", "a.b": f"{SECRET} dotted"},
        "by_id": {uuid4(): person},
        "nested": {"x": (person,), "y": ()},
        "fixed": (3, f"{SECRET} fixed", person),
        "renamed": f"{SECRET} renamed",
    }


def saved_with_every_shape(history: History) -> Diary:
    diary = Diary(uuid4()).under(recording())
    diary.remember(EveryShape, about=CHILD, **with_every_shape())
    history.save(diary)
    return diary


def everything_in(database: psycopg.Connection) -> str:
    """All that is stored in the tables of the history, as a dump would show it."""
    tables = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'history'").fetchall()
    found = []
    for (table,) in tables:
        rows = database.execute(SQL("SELECT t::text FROM {} AS t").format(Identifier("history", table)))
        found += [text for (text,) in rows]
    states = database.execute("SELECT convert_from(state, 'UTF8') FROM history.events").fetchall()
    return "\n".join([*found, *(state for (state,) in states)])


def test_words_of_every_shape_come_back_as_they_were(history: History) -> None:
    diary = saved_with_every_shape(history)

    [stored] = history.stream(diary.id)

    assert stored.event == diary.events[0]
    assert stored.event == EveryShape(
        **{name: getattr(diary.events[0], name) for name in type(diary.events[0]).__struct_fields__}
    )


def test_sealed_words_are_nowhere_in_the_database(history: History, database: psycopg.Connection) -> None:
    saved_with_every_shape(history)
    decided = new_diary()
    words = {
        "words": f"{SECRET} words",
        "evidence": (Evidence(id="doc-1", title=f"{SECRET} title"),),
        "override": OverrideUsed(
            rules=("r",),
            requested_by="a",
            authorised_by="b",
            until=recording().occurred_on,
            why=f"{SECRET} why",
        ),
    }
    decided.weigh(msgspec.structs.replace(recording().decision, **words))
    decided.remember(Happened, health=f"{SECRET} health")
    decided.remember(
        Corrected,
        corrects=1,
        changes=(Change(field="health", category="health", value=json.dumps(f"{SECRET} put right")),),
    )
    history.save(decided)

    stored = everything_in(database)
    assert "Zebedee" not in stored
    assert "Quill" not in stored
    assert stored.count("enc:1:") > 20
    assert history.get(Diary, decided.id).events == decided.events


def test_the_events_of_the_caller_stay_as_they_were(history: History) -> None:
    diary = saved_with_every_shape(history)

    event = diary.events[0]
    assert isinstance(event, EveryShape)
    assert event.plain == f"{SECRET} plain"
    assert event.persons[1].name == f"{SECRET} second"
    assert event.listed == [f"{SECRET} listed"]
    assert event.by_name["a name"] == f"{SECRET} by name"


def test_a_forgotten_key_erases_the_words_and_changes_no_byte(
    history: History, database: psycopg.Connection
) -> None:
    diary = saved_with_every_shape(history)
    before = [stored.raw for stored in history.page(0, 10)]

    assert history.keys.forget(CHILD) == 5

    [stored] = history.page(0, 10)
    event = stored.event
    assert isinstance(event, EveryShape)
    assert [stored.raw] == before
    assert (event.plain, event.perhaps, event.inside, event.renamed) == (ERASED,) * 4
    assert event.nothing is None
    assert event.persons == (Person(name=ERASED, age=7), Person(name=ERASED))
    assert event.several == (Silence(seconds=2), Remark(kind="safeguarding", text=ERASED))
    assert event.texts == (ERASED, "", ERASED)
    assert event.by_name == {"a name": ERASED, "a.b": ERASED}
    assert event.fixed == (3, ERASED, Person(name=ERASED, age=7))
    assert history.get(Diary, diary.id).words == [ERASED]


def test_one_category_is_forgotten_apart(history: History) -> None:
    diary = saved_with_every_shape(history)

    assert history.keys.forget(CHILD, "identity") == 1

    [stored] = history.stream(diary.id)
    assert isinstance(stored.event, EveryShape)
    assert stored.event.person.name == ERASED
    assert stored.event.plain == f"{SECRET} plain"


def test_one_child_is_forgotten_apart(history: History) -> None:
    history.save(one := new_diary("one"), other := new_diary("other"))

    history.keys.forget(one.id)

    assert history.get(Diary, one.id).words == [ERASED]
    assert history.get(Diary, other.id).words == ["other"]


def test_words_about_a_child_are_sealed_with_the_childs_key_in_every_record(history: History) -> None:
    history.save(one := new_diary("one", about=CHILD), two := new_diary("two", about=CHILD))

    history.keys.forget(CHILD)

    assert [history.get(Diary, id).words for id in (one.id, two.id)] == [[ERASED], [ERASED]]


def test_words_said_after_the_key_was_forgotten_are_kept(history: History, elsewhere: History) -> None:
    """Another process still remembers the old key; what it writes then must not be lost."""
    history.save(diary := new_diary("before"))
    record = elsewhere.get(Diary, diary.id)
    elsewhere.save(more(record, "still before"))
    history.keys.forget(diary.id)

    elsewhere.save(more(elsewhere.get(Diary, diary.id), "after"))

    assert history.get(Diary, diary.id).words == [ERASED, ERASED, "after"]


def test_erasure_reaches_other_processes_when_their_memory_ends(history: History, elsewhere: History) -> None:
    elsewhere.keys.life = 0.0
    history.save(diary := new_diary("one"))
    assert elsewhere.get(Diary, diary.id).words == ["one"]

    history.keys.forget(diary.id)

    assert elsewhere.get(Diary, diary.id).words == [ERASED]


@pytest.mark.parametrize(
    "hostile",
    [
        "enc:1:1:AAAA",
        "enc:1:999999999999999999:" + "A" * 60,
        "enc:1:",
        "enc:1:x:y",
        'quote " and \\ and \u2028 and \x00',
        ERASED,
        " ",
        "\U0001f600" * 100,
    ],
)
def test_words_that_look_like_a_sealed_text_are_only_words(history: History, hostile: str) -> None:
    diary = new_diary(hostile)
    diary.remember(Happened, label=hostile)
    history.save(diary)

    first, second = history.get(Diary, diary.id).events
    assert isinstance(first, Happened)
    assert isinstance(second, Happened)
    assert (first.words, second.label) == (hostile, hostile)


def test_nothing_said_is_stored_as_nothing(history: History) -> None:
    diary = Diary(uuid4()).under(recording())
    diary.remember(Happened, words="", health=None)
    history.save(diary)

    [stored] = history.stream(diary.id)
    assert b"enc:" not in stored.raw
    assert isinstance(stored.event, Happened)
    assert (stored.event.words, stored.event.health) == ("", None)


def test_the_same_words_never_look_the_same(history: History) -> None:
    history.save(new_diary("the same", "the same", about=CHILD))

    one, two = (msgspec.json.decode(stored.raw)["words"] for stored in history.page(0, 2))
    assert one != two


def moved(raw: bytes, **changes: Any) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(raw) | changes)


@pytest.mark.parametrize(
    "where", ["another version", "another record", "another field", "altered", "cut short"]
)
def test_a_sealed_text_that_was_moved_or_altered_is_noticed(
    history: History, database: psycopg.Connection, where: str
) -> None:
    history.save(diary := new_diary("one", about=CHILD))
    [stored] = history.stream(diary.id)
    token = msgspec.json.decode(stored.raw)["words"]
    id, version, state = {
        "another version": (diary.id, 2, moved(stored.raw, originator_version=2)),
        "another record": (CHILD, 1, moved(stored.raw, originator_id=str(CHILD))),
        "another field": (diary.id, 1, moved(stored.raw, words="", health=token)),
        "altered": (diary.id, 1, moved(stored.raw, words=token[:-3] + "AAA")),
        "cut short": (diary.id, 1, moved(stored.raw, words=token[:-4])),
    }[where]
    database.execute("ALTER TABLE history.events DISABLE TRIGGER events_are_permanent")
    database.execute(
        "UPDATE history.events SET originator_id = %s, originator_version = %s, state = %s",
        (id, version, state),
    )

    with pytest.raises(Unreadable, match="cannot be opened"):
        history.page(0, 1)


def test_words_stored_before_their_field_was_marked_are_read_as_they_are(
    history: History, database: psycopg.Connection
) -> None:
    history.save(diary := new_diary("one"))
    [stored] = history.stream(diary.id)
    database.execute("ALTER TABLE history.events DISABLE TRIGGER events_are_permanent")
    database.execute("UPDATE history.events SET state = %s", (moved(stored.raw, words="in the clear"),))

    assert history.get(Diary, diary.id).words == ["in the clear"]


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
