"""The history is read page by page, record by record, and never past something that cannot be read."""

from uuid import UUID, uuid4

import msgspec
import psycopg
import pytest

from history.encoding import Unreadable
from history.store import History
from tests.history.diary import Diary, Ended, Happened, Ledger, Opened, new_diary, numbered, recording

INSERT = "INSERT INTO history.events VALUES (%s, %s, %s, %s, %s)"


def test_a_page_has_the_next_events_with_their_words_and_their_bytes(history: History) -> None:
    history.save(diary := new_diary("one", "two", "three"))

    page = history.page(after=1, limit=1)

    [second] = page
    assert (second.position, second.topic) == (2, "test.happened")
    assert isinstance(second.event, Happened)
    assert second.event.words == "two"
    assert msgspec.json.decode(second.raw)["originator_id"] == str(diary.id)
    assert history.page(after=3, limit=10) == []


def test_a_page_of_topics_has_only_those(history: History) -> None:
    for _ in range(3):
        ledger = Ledger(uuid4()).under(recording())
        ledger.remember(Opened)
        history.save(numbered(1, 2), ledger)

    assert [stored.position for stored in history.page(0, 10, ["test.opened"])] == [3, 6, 9]
    assert [stored.position for stored in history.page(3, 1, ("test.opened",))] == [6]
    assert len(history.page(0, 100, ["test.opened", "test.happened"])) == 9


def test_a_stream_has_all_events_of_one_record(history: History) -> None:
    history.save(numbered(1), diary := new_diary("one", "two"), numbered(2))

    assert [(stored.position, stored.event.originator_id) for stored in history.stream(diary.id)] == [
        (2, diary.id),
        (3, diary.id),
    ]


@pytest.mark.parametrize("by_record", [False, True])
def test_a_scan_reads_everything_once(history: History, by_record: bool) -> None:
    for n in range(7):
        history.save(numbered(*range(n)), numbered(n))

    scanned = list(history.scan(by_record=by_record, page=4))

    places = [(s.event.originator_id, s.event.originator_version) for s in scanned]
    assert {s.position for s in scanned} == set(range(1, history.head() + 1))
    assert len(places) == len(set(places)) == history.head()
    assert sorted(scanned, key=lambda s: s.position) == scanned or places == sorted(places)
    assert (places == sorted(places)) == by_record


def test_records_of_a_kind_are_listed_from_the_oldest(history: History) -> None:
    ledgers = []
    for _ in range(3):
        ledger = Ledger(uuid4()).under(recording())
        ledger.remember(Opened)
        history.save(numbered(1, 2), ledger)
        ledgers.append(ledger.id)

    assert history.ids_of("test.opened") == ledgers
    assert len(history.ids_of("test.happened")) == 3


@pytest.mark.parametrize(
    ("topic", "state", "why"),
    [
        ("test.unheard_of", b"{}", "no such kind"),
        ("test.happened", b"{}", "do not fit"),
        ("test.happened", b"\xff", "do not fit"),
    ],
)
def test_a_page_ends_before_an_event_that_cannot_be_read(
    history: History, database: psycopg.Connection, topic: str, state: bytes, why: str
) -> None:
    history.save(numbered(1, 2))
    database.execute(INSERT, (uuid4(), 1, topic, state, 3))
    history.save(numbered(4))

    assert [stored.position for stored in history.page(0, 10)] == [1, 2]
    with pytest.raises(Unreadable, match=why) as unreadable:
        history.page(2, 10)
    assert (unreadable.value.position, unreadable.value.topic) == (3, topic)
    assert [stored.position for stored in history.page(3, 10)] == [4]
    with pytest.raises(Unreadable):
        list(history.scan())


def test_an_event_that_cannot_be_read_keeps_its_record_from_being_told_wrongly(
    history: History, database: psycopg.Connection
) -> None:
    history.save(diary := numbered(1))
    database.execute(INSERT, (diary.id, 2, "test.unheard_of", b"{}", 2))

    with pytest.raises(Unreadable):
        history.get(Diary, diary.id)


def test_the_head_of_an_empty_history_is_zero(history: History) -> None:
    assert history.head() == 0
    assert history.page(0, 10) == []
    assert list(history.scan()) == []
    assert history.stream(UUID(int=1)) == []


def test_stored_bytes_explain_themselves_to_sql(history: History, database: psycopg.Connection) -> None:
    diary = Diary(uuid4()).under(recording())
    diary.remember(Ended)
    history.save(diary)

    [(event, by)] = database.execute(
        "SELECT e ->> 'event', e -> 'decision' -> 'by' ->> 'name'"
        " FROM (SELECT convert_from(state, 'UTF8')::jsonb FROM history.events) AS stored (e)"
    ).fetchall()
    assert (event, by) == ("test.ended", "An Officer")
