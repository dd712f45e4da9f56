"""A receipt knows a request again and tells nobody what was asked: nor can it be guessed by who has the whole database."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import psycopg
import pytest

from history.keys import WrongMasterKey
from history.master_keys import MasterKeys
from history.receipts import KeyReused
from history.rotating import rotate
from history.store import History
from tests.history.conftest import MASTER_KEY
from tests.support.postgres import as_owner
from tests.support.walk import AUTHORITY, CHILD, MONDAY, OFFICER, SCHOOL, SETTING_UP, THE_SERVICE, Walk, at
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.sent import Done, Sent

NEW_KEY = bytes(range(100, 132))
NAME = "register_child"


def register(history: History, **changes: Any) -> Done:
    """The child of the examples, under one key."""
    command = COMMANDS[NAME].model_validate({**EXAMPLES[NAME], **changes})
    return Casework(history, at(MONDAY)).perform(command, OFFICER, CHILD, Sent(idempotency_key="once"))


def guesses() -> list[bytes]:
    """What somebody would try who knows the child and the service's code."""
    command = COMMANDS[NAME].model_validate(EXAMPLES[NAME])
    asked = f"{NAME} {CHILD} {command.model_dump_json()}".encode()
    return [asked, command.model_dump_json().encode()]


def kept(database: psycopg.Connection) -> bytes:
    [(found,)] = database.execute("SELECT body_sha256 FROM history.receipts WHERE key = 'once'").fetchall()
    return bytes(found)


@pytest.fixture
def walked(dsn: str) -> Iterator[History]:
    """A history in which the child is not registered yet."""
    history = History(dsn, master_key=MASTER_KEY)
    walk = Walk(Casework(history, at(MONDAY)))
    for name, on, changes in SETTING_UP:
        if on in (AUTHORITY, SCHOOL):
            walk.do(name, on, THE_SERVICE, **changes)
    yield history
    history.close()


def test_nobody_can_guess_by_it_what_was_asked(walked: History, database: psycopg.Connection) -> None:
    register(walked)
    found = kept(database)
    assert len(found) == 32
    assert found not in [sha256(guess).digest() for guess in guesses()]


def test_the_same_request_is_known_again_by_every_process_and_under_the_next_master_key(
    walked: History, dsn: str
) -> None:
    first = register(walked)
    other = History(dsn, master_key=MASTER_KEY)
    assert register(other) == register(walked)
    assert (register(other).record_id, register(other).again) == (first.record_id, True)
    rotate(as_owner(dsn), MasterKeys(lambda: [NEW_KEY, MASTER_KEY]))
    after = History(dsn, master_key=NEW_KEY)
    assert register(after).again
    with pytest.raises(KeyReused):
        register(after, family_name="Another")
    other.close()
    after.close()


def test_what_is_kept_of_early_editions_is_known_again(walked: History, dsn: str) -> None:
    """There the bare hash of the request was kept. It stays, for receipts are permanent."""
    first = register(walked)
    with psycopg.connect(as_owner(dsn), autocommit=True) as owner:
        owner.execute("ALTER TABLE history.receipts DISABLE TRIGGER USER")
        owner.execute("UPDATE history.receipts SET body_sha256 = %s", [sha256(guesses()[0]).digest()])
    assert register(walked).again
    assert register(walked).record_id == first.record_id
    with pytest.raises(KeyReused):
        register(walked, family_name="Another")


def test_without_a_master_key_there_is_nothing_to_try_with(walked: History, dsn: str) -> None:
    register(walked)
    with pytest.raises(WrongMasterKey):
        History(dsn, master_key=NEW_KEY)
