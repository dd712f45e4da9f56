"""The index knows every event of a record, a person, a commissioner and a placement, at every checkpoint there ever was."""

from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg
import pytest

from history.ledger.checkpoints import read_checkpoint
from history.ledger.index_buckets import Entry, read
from history.ledger.index_buckets import bucket_hash as hash_of
from history.ledger.index_growing import Index, IndexBroken, InIndex
from history.ledger.index_hashing import bucket_of, climbed, key_of
from history.ledger.index_stored import StoredIndex
from history.ledger.sealer import Broken, Sealer
from history.ledger.stored import Stored
from history.ledger.verifying import Verdict
from history.store import History
from tests.history.diary import more, new_diary, numbered
from tests.ledger.conftest import SIGNER
from tests.ledger.plain_index import plain_entries, plain_key, plain_root


def holds(proof: InIndex, key: bytes, root: bytes) -> Entry:
    """What a proof proves of a key; fails where it proves nothing."""
    entries = read(proof.bucket)
    assert [bucket_of(entry.key) for entry in entries] == [bucket_of(key)] * len(entries)
    assert climbed(bucket_of(key), hash_of(proof.bucket), proof.beside) == root
    return next((entry for entry in entries if entry.key == key), Entry(key))


def test_every_checkpoint_signs_the_index_of_the_events_up_to_it(history: History, sealer: Sealer) -> None:
    someone = uuid4()
    diaries = [new_diary("a", "b", about=someone), new_diary("c"), numbered(1, 2, 3)]
    for _ in range(3):
        for diary in diaries:
            history.save(more(diary, "more", about=someone))
            sealer.step()
    sizes = [c.size for c in Stored(history).checkpoints(history.head())]
    assert len(sizes) == 9
    for size in sizes:
        events = Stored(history).events(0, size)
        checkpoint = Stored(history).checkpoint(size)
        assert checkpoint
        root = read_checkpoint(checkpoint.note).index_root
        assert root == plain_root(events)

        wanted = plain_entries(events)
        keys = [*wanted, key_of("record", UUID(int=7))]
        index = Index(StoredIndex(history), size)
        for key, proof in zip(keys, index.proofs(keys), strict=True):
            entry = holds(proof, key, root)
            assert (entry.events, entry.chain) == wanted.get(key, (0, bytes(32)))
    assert wanted[plain_key("about", str(someone))][0] == 11


def test_a_sealer_goes_on_with_the_index_of_the_last_one(
    history: History, database: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    diary = numbered(0)
    for number in range(5):
        history.save(more(diary, str(number)))
        Sealer(database, history, SIGNER).step()
    assert verdict().intact
    [proof] = Index(StoredIndex(history)).proofs([key_of("record", diary.id)])
    assert [entry.events for entry in read(proof.bucket)] == [6]


def test_a_history_that_was_sealed_before_there_was_an_index_has_it_made_up_for(
    history: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    history.save(numbered(*range(700)))
    Sealer(tampering, history, SIGNER).step()
    # As an older release left it: a checkpoint of three lines, and no index.
    note = SIGNER.sign("\n".join(Stored(history).newest().note.split("\n")[:3]) + "\n")  # type: ignore[union-attr]
    tampering.execute("UPDATE history.ledger_checkpoints SET note = %s", (note,))
    tampering.execute("TRUNCATE history.ledger_index, history.ledger_index_tops")
    assert verdict().intact

    history.save(numbered(1))
    sealer = Sealer(tampering, history, SIGNER)
    assert [sealer.step(), sealer.step(), sealer.step()] == [700, 1, 0]
    newest = Stored(history).newest()
    assert newest
    assert read_checkpoint(newest.note).index_root == plain_root(Stored(history).events(0, 701))
    assert verdict().intact


def test_a_signed_index_that_is_not_that_of_the_events_is_found(
    history: History,
    tampering: psycopg.Connection,
    sealed: Callable[[int], None],
    verdict: Callable[[], Verdict],
) -> None:
    """Whoever has the key can sign a false index, but only until somebody reads the events."""
    sealed(5)
    newest = Stored(history).newest()
    assert newest
    false = read_checkpoint(newest.note)._replace(index_root=bytes(32)).signed_by(SIGNER)
    tampering.execute("UPDATE history.ledger_checkpoints SET note = %s", (false,))
    assert [(fault.kind, fault.size) for fault in verdict().faults] == [("index", 5)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE history.ledger_index SET count = count + 1",
        "UPDATE history.ledger_index SET chain = overlay(chain placing 'x' from 7)",
        "UPDATE history.ledger_index SET bucket_hash = overlay(bucket_hash placing 'x' from 7)",
        "DELETE FROM history.ledger_index",
    ],
)
def test_nothing_is_proved_or_signed_with_an_index_that_was_changed(
    history: History, tampering: psycopg.Connection, change: str
) -> None:
    diary = numbered(1, 2, 3)
    history.save(diary)
    Sealer(tampering, history, SIGNER).step()
    tampering.execute(change.encode())
    with pytest.raises(IndexBroken):
        Index(StoredIndex(history)).proofs([key_of("record", diary.id)])
    history.save(more(diary, "another"))
    with pytest.raises(Broken):
        Sealer(tampering, history, SIGNER).step()


def test_a_top_that_was_changed_is_noticed_by_the_next_sealer(
    history: History, tampering: psycopg.Connection, sealed: Callable[[int], None]
) -> None:
    sealed(3)
    tampering.execute("UPDATE history.ledger_index_tops SET hash = overlay(hash placing 'x' from 7)")
    with pytest.raises(Broken):
        Sealer(tampering, history, SIGNER)


def test_a_sealer_that_remembers_little_seals_the_same(
    history: History,
    database: psycopg.Connection,
    verdict: Callable[[], Verdict],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("history.ledger.index_growing.MOST", 200)
    sealer = Sealer(database, history, SIGNER)
    diaries = [numbered(n) for n in range(6)]
    for diary in diaries * 2:
        history.save(more(diary, "more"))
        sealer.step()
    newest = Stored(history).newest()
    assert newest
    assert read_checkpoint(newest.note).index_root == plain_root(Stored(history).events(0, newest.size))
    assert verdict().intact
