"""Whatever is changed behind the service's back is found, and the first wrong event is named."""

from collections.abc import Callable
from uuid import uuid4

import psycopg
import pytest

from history.ledger.checkpoints import head_of
from history.ledger.notes import Signer
from history.ledger.sealer import Sealer
from history.ledger.stored import Stored
from history.ledger.verifying import Verdict, verify
from history.store import History
from tests.history.diary import Diary, new_diary, numbered
from tests.ledger.conftest import SIGNER, TRUSTED
from tests.support.destroying import destroy_keys

SIZES = (1, 2, 297, 212, 256, 40, 2)
"""Events of each checkpoint: small and large ones, to the end of a tile and not."""
LAST = sum(SIZES)

MOVE_UP = (
    "UPDATE history.events SET notification_id = -notification_id - 1 WHERE notification_id >= {at}",
    "UPDATE history.events SET notification_id = -notification_id WHERE notification_id < 0",
)
MOVE_DOWN = (
    "UPDATE history.events SET notification_id = 1 - notification_id WHERE notification_id > {at}",
    "UPDATE history.events SET notification_id = -notification_id WHERE notification_id < 0",
)
INSERT = "INSERT INTO history.events SELECT gen_random_uuid(), 1, topic, state, {at} FROM history.events ORDER BY notification_id LIMIT 1"
TAMPERING: dict[str, tuple[str, ...]] = {
    "altered": (
        "UPDATE history.events SET state = set_byte(state, 5, get_byte(state, 5) # 1) WHERE notification_id = {at}",
    ),
    "altered topic": ("UPDATE history.events SET topic = 'test.ended' WHERE notification_id = {at}",),
    "altered version": ("UPDATE history.events SET originator_version = 9999 WHERE notification_id = {at}",),
    "altered record": (
        "UPDATE history.events SET originator_id = gen_random_uuid() WHERE notification_id = {at}",
    ),
    "missing": ("DELETE FROM history.events WHERE notification_id = {at}",),
    "missing and closed up": ("DELETE FROM history.events WHERE notification_id = {at}", *MOVE_DOWN),
    "inserted": (*MOVE_UP, INSERT),
    "moved": (
        "UPDATE history.events SET notification_id = -{at} WHERE notification_id = {at}",
        "UPDATE history.events SET notification_id = {at} WHERE notification_id = {at} + 1",
        "UPDATE history.events SET notification_id = {at} + 1 WHERE notification_id = -{at}",
    ),
}


@pytest.fixture
def kept_in_parts(history: History, sealed: Callable[[int], None], tampering: psycopg.Connection) -> History:
    """A history of several tiles and checkpoints, which its owner is about to change."""
    for events in SIZES:
        sealed(events)
    tampering.execute("ALTER TABLE history.events DROP CONSTRAINT events_notification_id_check")
    return history


def test_what_was_not_touched_is_intact(kept_in_parts: History, verdict: Callable[[], Verdict]) -> None:
    found = verdict()
    assert (found.intact, found.first_wrong, found.faults) == (True, None, [])
    assert (found.head, found.sealed, found.checkpoints) == (LAST, LAST, len(SIZES))


@pytest.mark.parametrize("how", list(TAMPERING))
def test_the_first_wrong_event_is_named(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict], how: str
) -> None:
    tampering.execute("CREATE TABLE as_it_was AS SELECT * FROM history.events")
    for at in (1, 2, 3, 255, 256, 257, 299, 300, 511, 512, 768, 769, LAST - 1):
        for statement in TAMPERING[how]:
            tampering.execute(statement.format(at=at).encode())
        found = verdict()
        assert not found.intact
        assert (found.first_wrong, found.faults[0].kind) == (at, how.split()[0])
        tampering.execute("TRUNCATE history.events; INSERT INTO history.events SELECT * FROM as_it_was")
    assert verdict().intact


def test_of_several_changes_the_first_is_named(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    tampering.execute("UPDATE history.events SET state = 'x' WHERE notification_id IN (301, 400, 700)")
    assert verdict().first_wrong == 301


def test_the_last_events_cannot_be_dropped(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    tampering.execute("DELETE FROM history.events WHERE notification_id > %s", (LAST - 5,))
    found = verdict()
    assert [(fault.kind, fault.position) for fault in found.faults] == [("missing", LAST - 4)]
    # Not even when others have been written in their place.
    kept_in_parts.save(numbered(*range(9)))
    assert verdict().first_wrong == LAST - 4


def test_what_is_appended_behind_its_back_stands_after_what_is_sealed(
    kept_in_parts: History, tampering: psycopg.Connection, sealer: Sealer, verdict: Callable[[], Verdict]
) -> None:
    """Whoever may write to the database can add at the end: it is sealed there, and cannot pass for older."""
    tampering.execute(INSERT.format(at=LAST + 1).encode())
    found = verdict()
    assert (found.intact, found.head - found.sealed) == (True, 1)

    tampering.execute(INSERT.format(at=LAST + 3).encode())
    assert verdict().first_wrong == LAST + 2


@pytest.mark.parametrize("at", [-3, 0])
def test_nothing_stands_before_the_first(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict], at: int
) -> None:
    tampering.execute(INSERT.format(at=at).encode())
    assert [(f.kind, f.position) for f in verdict().faults] == [("inserted", at)]


@pytest.mark.parametrize("at", [1, 300, LAST])
def test_no_two_events_stand_at_one_position(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict], at: int
) -> None:
    tampering.execute("DROP INDEX history.events_by_position")
    tampering.execute(INSERT.format(at=at).encode())
    assert verdict().first_wrong in (at, at + 1)
    assert not verdict().intact


def test_a_changed_event_with_a_changed_hash_is_given_away_by_the_root(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    tampering.execute("UPDATE history.events SET state = 'x' WHERE notification_id = 700")
    leaf = Stored(kept_in_parts).events(699, 1)[0].leaf()
    change = "UPDATE history.ledger_tiles SET hashes = overlay(hashes placing %s from %s) WHERE level = 0 AND number = 2"
    tampering.execute(change, (leaf, (699 - 512) * 32 + 1))

    [fault] = verdict().faults
    assert (fault.kind, fault.position, fault.size) == ("root", 513, 768)
    assert "513 or one after it" in fault.words


def test_a_forged_checkpoint_gives_itself_away(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    """Everything is made to fit, and only the key is missing."""
    tampering.execute("UPDATE history.events SET state = 'x' WHERE notification_id = 700")
    tampering.execute(
        "TRUNCATE history.ledger_tiles, history.ledger_checkpoints, history.ledger_index, history.ledger_index_tops CASCADE"
    )
    forger = Sealer(tampering, kept_in_parts, Signer(SIGNER.public.name, bytes(32)))
    while forger.step():
        pass
    found = verdict()
    assert [(fault.kind, fault.size) for fault in found.faults] == [("signature", LAST)]


def test_who_has_the_key_is_given_away_by_a_checkpoint_that_was_kept_elsewhere(
    kept_in_parts: History, tampering: psycopg.Connection
) -> None:
    kept = [checkpoint.note for checkpoint in Stored(kept_in_parts).checkpoints(LAST)]
    assert verify(kept_in_parts, TRUSTED, kept=kept).intact
    tampering.execute("UPDATE history.events SET state = 'x' WHERE notification_id = 700")
    tampering.execute(
        "TRUNCATE history.ledger_tiles, history.ledger_checkpoints, history.ledger_index, history.ledger_index_tops CASCADE"
    )
    insider = Sealer(tampering, kept_in_parts, SIGNER)
    while insider.step():
        pass
    assert verify(kept_in_parts, TRUSTED).intact

    [fault] = verify(kept_in_parts, TRUSTED, kept=kept[-1:]).faults
    assert (fault.kind, fault.size) == ("root", LAST)
    [fault] = verify(kept_in_parts, TRUSTED, kept=kept).faults
    assert (fault.kind, fault.position, fault.size) == ("root", 513, 768)


def test_a_checkpoint_is_wrong_by_itself(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    """The events are right: nobody is sent to look for a wrong one."""
    change = "UPDATE history.ledger_checkpoints SET note = %s WHERE size = 300"
    right = Stored(kept_in_parts).checkpoint(300)
    assert right
    for note, kind in (
        (right.note.replace("300", "301"), "signature"),
        ("nothing", "signature"),
        (head_of(SIGNER, 299, bytes(32)).signed_by(SIGNER), "checkpoint"),
    ):
        tampering.execute(change, (note,))
        assert [(f.kind, f.position, f.size) for f in verdict().faults] == [(kind, None, 300)]
    tampering.execute(change, (head_of(SIGNER, 300, bytes(32)).signed_by(SIGNER),))
    assert [(f.kind, f.size) for f in verdict().faults] == [("root", 300)]


def test_a_checkpoint_that_was_taken_out_is_missed(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict]
) -> None:
    tampering.execute(
        "ALTER TABLE history.ledger_checkpoints DROP CONSTRAINT ledger_checkpoints_extends_fkey"
    )
    tampering.execute("DELETE FROM history.ledger_checkpoints WHERE size = 512")
    assert [(f.kind, f.size) for f in verdict().faults] == [("checkpoint", 768)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE history.ledger_tiles SET hashes = overlay(hashes placing 'x' from 77) WHERE number = 1",
        "UPDATE history.ledger_tiles SET root = overlay(root placing 'x' from 7) WHERE number = 1",
        "UPDATE history.ledger_checkpoints SET tail = overlay(tail placing 'x' from 7) WHERE size = 808",
        "UPDATE history.ledger_checkpoints SET tail = '' WHERE size = 808",
        "DELETE FROM history.ledger_tiles WHERE number = 2",
    ],
)
def test_a_wrong_hash_is_not_taken_for_a_wrong_event(
    kept_in_parts: History, tampering: psycopg.Connection, verdict: Callable[[], Verdict], change: str
) -> None:
    tampering.execute(change.encode())
    found = verdict()
    assert {fault.kind for fault in found.faults} == {"hashes"}
    assert found.first_wrong is None


def test_a_history_that_nobody_sealed_is_not_called_intact(
    history: History, verdict: Callable[[], Verdict]
) -> None:
    assert verdict().intact
    history.save(numbered(1))
    assert [fault.kind for fault in verdict().faults] == ["unsealed"]


def test_erasing_a_person_leaves_the_ledger_intact(
    history: History, sealer: Sealer, verdict: Callable[[], Verdict]
) -> None:
    someone = uuid4()
    history.save(diary := new_diary("a name", "another", about=someone))
    sealer.step()
    before = Stored(history).events(0, 10)
    assert destroy_keys(history, someone) == 1

    assert "a name" not in history.get(Diary, diary.id).words
    assert Stored(history).events(0, 10) == before
    assert (verdict().intact, verdict().sealed) == (True, 2)


def test_it_tells_how_far_it_is(kept_in_parts: History) -> None:
    told: list[tuple[int, int]] = []
    verify(kept_in_parts, TRUSTED, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (LAST, LAST)
