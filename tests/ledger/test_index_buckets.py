"""A bucket is the bytes that are hashed, however many entries it has and in whatever order they came."""

from hashlib import sha256

import psycopg
from hypothesis import given
from hypothesis import strategies as st

from history.ledger.index_buckets import NOTHING, Entry, bucket_hash, grown, read
from history.ledger.index_growing import Index, Indexed
from history.ledger.index_hashing import bucket_of, climbed
from history.ledger.index_stored import NoIndex, StoredIndex
from history.store import History

KEYS = [b"\x12\x34" + sha256(bytes([n])).digest()[2:] for n in range(12)]
"""All of one bucket."""


@given(st.lists(st.tuples(st.sampled_from(KEYS), st.lists(st.binary(min_size=32, max_size=32), max_size=3))))
def test_entries_stand_in_the_order_of_their_keys_and_go_on_where_they_were(
    came: list[tuple[bytes, list[bytes]]],
) -> None:
    bucket, plain = b"", dict[bytes, Entry]()
    for key, leaves in came:
        events, chain = plain.get(key, Entry(key))[1:]
        for leaf in leaves:
            events, chain = events + 1, sha256(b"\x04" + chain + leaf).digest()
        plain[key] = Entry(key, events, chain)
        bucket, changed = grown(bucket, key, leaves)
        assert read(changed) == [plain[key]]
    assert read(bucket) == [plain[key] for key in sorted(plain)]


def test_a_full_bucket_is_read_back_as_it_was_written(history: History, database: psycopg.Connection) -> None:
    rounds: list[list[Indexed]] = [
        [([key], sha256(key + bytes([turn])).digest()) for key in KEYS[turn::2]] for turn in (1, 0, 1)
    ]
    kept = Index(NoIndex(), whole=True)
    for events in rounds:
        # A new one each time reads all that is there from the database.
        reads = Index(StoredIndex(history))
        reads.take_in(events).write(database)
        kept.take_in(events)
        assert (reads.size, reads.root) == (kept.size, kept.root)
    [proof, nothing] = Index(StoredIndex(history)).proofs([KEYS[0], bytes(32)])
    assert [(entry.key, entry.events) for entry in read(proof.bucket)] == [
        (key, 1 + KEYS.index(key) % 2) for key in sorted(KEYS)
    ]
    assert climbed(bucket_of(KEYS[0]), bucket_hash(proof.bucket), proof.beside) == kept.root
    assert (nothing.bucket, climbed(0, bucket_hash(b""), nothing.beside)) == (b"", kept.root)
    assert NOTHING not in proof.bucket
