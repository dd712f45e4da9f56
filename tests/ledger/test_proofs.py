"""Every proof that is made is the one of RFC 9162, and it proves what it says and nothing else."""

from collections.abc import Callable

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from history.ledger.checking import extends, includes
from history.ledger.checkpoints import open_checkpoint
from history.ledger.handing_out import NotSealed, proof_of
from history.ledger.hashing import leaf_hash
from history.ledger.notes import NotSigned
from history.ledger.proof_text import check_proof
from history.ledger.proving import Proving
from history.ledger.stored import Stored
from history.store import History
from tests.ledger.conftest import TRUSTED
from tests.ledger.plain_tree import consistency, path, tree_hash

SMALL = 64


def test_all_proofs_in_small_trees_are_those_of_the_definition(
    history: History, sealed: Callable[[int], None]
) -> None:
    for _ in range(SMALL // 4):
        sealed(4)
    entries = [event.entry() for event in Stored(history).events(0, SMALL)]
    proving = Proving(history)
    roots = [tree_hash(entries[:size]) for size in range(SMALL + 1)]

    for size in range(1, SMALL + 1):
        assert proving.root(size) == roots[size]
        for index in range(size):
            proof = proving.inclusion(index, size)
            assert proof == path(index, entries[:size])
            assert includes(roots[size], size, index, leaf_hash(entries[index]), proof)
        for old in range(1, size + 1):
            proof = proving.consistency(old, size)
            assert proof == consistency(old, entries[:size])
            assert extends(old, roots[old], size, roots[size], proof)


def test_proofs_hold_in_trees_with_tiles_on_two_levels(
    history: History, database: psycopg.Connection, sealed: Callable[[int], None]
) -> None:
    many(database, 70_000)
    sealed(1)
    size = history.head()
    leaves = [event.leaf() for event in Stored(history).events(0, size)]
    newest = Stored(history).newest()
    assert newest
    head = open_checkpoint(newest.note, TRUSTED)
    proving = Proving(history)

    @given(st.integers(0, size - 1), st.integers(1, size), st.data())
    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    def holds(index: int, old: int, data: st.DataObject) -> None:
        proof = proving.inclusion(index, size)
        assert includes(head.root, size, index, leaves[index], proof)
        assert extends(old, proving.root(old), size, head.root, proving.consistency(old, size))
        within = data.draw(st.integers(0, old - 1))
        assert includes(proving.root(old), old, within, leaves[within], proving.inclusion(within, old))
        # And for nothing else: another place, another event, a proof that was changed.
        other = (index + 1) % size
        assert not includes(head.root, size, other, leaves[index], proof)
        assert not includes(head.root, size, index, leaves[other], proof)
        changed = data.draw(st.integers(0, len(proof) - 1))
        assert not includes(head.root, size, index, leaves[index], proof[:changed] + proof[changed + 1 :])
        assert not includes(head.root, size, index, leaves[index], [*proof, proof[0]])

    holds()


def test_a_history_that_was_cut_or_changed_does_not_extend_the_old_one() -> None:
    old, new = [b"%d" % n for n in range(20)], [b"%d" % n for n in range(50)]
    proof = consistency(20, new)
    for wrong in (old[:19], [*old[:7], b"x", *old[8:]], old[::-1]):
        assert not extends(20, tree_hash(wrong), 50, tree_hash(new), proof)
    assert extends(20, tree_hash(old), 50, tree_hash(new), proof)
    assert not extends(20, tree_hash(old), 50, tree_hash(new), proof[:-1])
    assert not extends(20, tree_hash(old), 50, tree_hash(new), [])
    assert not extends(50, tree_hash(new), 20, tree_hash(old), proof)
    assert not extends(0, tree_hash([]), 50, tree_hash(new), [])


def test_the_proof_of_one_event_is_checked_without_the_service(
    history: History, sealed: Callable[[int], None]
) -> None:
    sealed(300)
    text = str(proof_of(history, 7))
    proof = check_proof(text, TRUSTED)

    assert proof.place == 6
    assert proof.entry == Stored(history).events(6, 1)[0].entry()
    lines = text.split("\n")
    for at in range(len(lines) - 2):
        changed = [
            *lines[:at],
            lines[at].replace("A", "B", 1) if "A" in lines[at] else lines[at] + "x",
            *lines[at + 1 :],
        ]
        with pytest.raises(NotSigned):
            check_proof("\n".join(changed), TRUSTED)


def test_no_proof_is_given_for_what_is_not_sealed_or_was_altered(
    history: History, sealed: Callable[[int], None], tampering: psycopg.Connection
) -> None:
    sealed(10)
    with pytest.raises(NotSealed, match="no sealed event at 11"):
        proof_of(history, 11)
    tampering.execute("UPDATE history.events SET state = 'x' WHERE notification_id = 3")
    with pytest.raises(NotSealed, match="not the one that was sealed"):
        proof_of(history, 3)
    assert check_proof(str(proof_of(history, 4)), TRUSTED).place == 3


def many(database: psycopg.Connection, count: int) -> None:
    """Add events quickly. Nobody opens them here, so they need say nothing."""
    database.execute(
        "INSERT INTO history.events SELECT gen_random_uuid(), 1, 'test.happened', convert_to('{\"n\":' || n || '}', 'UTF8'), n"
        " FROM generate_series(1, %s) n",
        (count,),
    )
