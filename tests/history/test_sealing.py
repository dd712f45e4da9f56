"""Personal words are stored sealed, wherever they stand, and are gone when their key is."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from domain.events import Change, Corrected, Evidence, OverrideUsed
from domain.personal import ERASED
from history.encoding import Unreadable
from history.sealing import Opening
from history.store import History
from tests.history.diary import (
    Diary,
    EveryShape,
    Happened,
    Person,
    Remark,
    Silence,
    new_diary,
    recording,
)
from tests.support.destroying import destroy_keys

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
    assert stored.count("enc:2:") > 20
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

    assert destroy_keys(history, CHILD) == 5

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

    assert destroy_keys(history, CHILD, "identity") == 1

    [stored] = history.stream(diary.id)
    assert isinstance(stored.event, EveryShape)
    assert stored.event.person.name == ERASED
    assert stored.event.plain == f"{SECRET} plain"


@pytest.mark.parametrize(
    "hostile",
    [
        "enc:1:1:AAAA",
        "enc:1:999999999999999999:" + "A" * 60,
        "enc:1:",
        "enc:1:x:y",
        "enc:2:1:AAAA",
        "enc:2:999999999999999999:" + "A" * 120,
        "enc:2:",
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


def test_words_that_were_sealed_the_first_way_are_still_read(
    history: History, database: psycopg.Connection
) -> None:
    """What older releases stored has no commitment in its tokens."""
    diary = new_diary("a word", about=CHILD)
    history.save(diary)
    [before] = history.page(0, 10)
    [key] = history.keys.for_sealing({(CHILD, "narrative")}).values()
    nonce, place = bytes(12), diary.id.bytes + (1).to_bytes(8, "big") + b".words"
    sealed = urlsafe_b64encode(nonce + key.cipher.encrypt(nonce, b"an older word", place)).decode()
    older = re.sub(rb'"words":"enc:2:[^"]+"', f'"words":"enc:1:{key.id}:{sealed}"'.encode(), before.raw)
    assert older != before.raw
    [read] = history.mapper.read([(before.topic, older)])
    assert isinstance(read, Happened)
    assert read.words == "an older word"


def test_whoever_is_given_words_and_salt_can_check_them_without_a_key(history: History) -> None:
    history.save(new_diary("Yes", about=CHILD))
    [stored] = history.page(0, 10)
    [(number, token)] = re.findall(rb'"words":"enc:2:(\d+):([^"]+)"', stored.raw)
    opening = Opening(stored.event, history.keys.for_opening([int(number)]))
    words = opening.words(f"enc:2:{number.decode()}:{token.decode()}", b".words")
    assert words
    assert words.text == "Yes"
    committed = urlsafe_b64decode(token)[:32]
    assert sha256(b"\x06" + words.salt + b"Yes").digest() == committed
    assert sha256(b"\x06" + words.salt + b"No").digest() != committed
    # Without the salt, which is gone with the key, no guess can be checked.
    assert len(words.salt) == 16
