"""A canary in every personal field of every request: none of them is ever found in what the history keeps."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from history.store import History
from tests.conformance.canaries import Canaries
from tests.conformance.every_command import GROUNDS, every_event
from tests.support.walk import LIFE, MONDAY, OFFICER, PLACEMENT, SENIOR, SETTING_UP, THE_SERVICE, Walk
from workflows.casework import Casework
from workflows.examples import EXAMPLES
from workflows.sent import Sent

DECISION = {
    **GROUNDS,
    "words": "canary-said-this",
    "evidence": [{"id": "DOC-1", "title": "canary-wrote-this"}],
}

BORN_ON = "2012-03-14"
"""A day in the request, a personal word in the event."""


@pytest.fixture
def canaries(monkeypatch: pytest.MonkeyPatch) -> Canaries:
    """From here on the example requests carry canaries."""
    canaries = Canaries()
    for name, example in list(EXAMPLES.items()):
        monkeypatch.setitem(EXAMPLES, name, canaries.request(name, example))
    canaries.words |= {"canary-said-this", "canary-wrote-this", BORN_ON}
    return canaries


def test_there_is_a_canary_in_every_kind_of_field(canaries: Canaries) -> None:
    assert len(canaries.fields) > 100
    assert {
        "register_child.given_names",
        "register_child.identifiers[0].value",
        "record_carer.carer.contact",
        "refer_child.passport.mental_health",
        "report_safeguarding_concern.concern.what",
        "end_placement.why",
    } <= canaries.fields


def test_no_event_of_any_command_is_stored_with_a_word_in_the_clear(
    canaries: Canaries, history: History
) -> None:
    sealed = 0
    for event in every_event(DECISION):
        state = history.mapper.seal(event, set()).state
        assert canaries.heard_in(state) == set()
        sealed += state.count(b"enc:2:")
    assert sealed > 1000


def test_no_table_of_the_history_has_a_word_in_the_clear_after_the_whole_walk(
    canaries: Canaries, database_url: str
) -> None:
    history = History(database_url, master_key=bytes(range(32)))
    walk = Walk(Casework(history, lambda: MONDAY))
    for name, on, changes in SETTING_UP:
        walk.do(name, on, THE_SERVICE, _sent(), decision=DECISION, **changes)
    for name, changes in LIFE:
        who = SENIOR if name == "accept_risk" else OFFICER
        walk.do(name, PLACEMENT, who, _sent(), decision=DECISION, **changes)
    told = "".join(str(stored.event) for stored in history.scan()).encode()
    history.close()
    assert len(canaries.heard_in(told)) > 50, "the canaries were not there to be heard"
    tables = dict(_rows_of_every_table(database_url))
    assert {"events", "receipts", "keys"} <= set(tables)
    assert len(tables["receipts"]) == len(SETTING_UP) + len(LIFE)
    for table, rows in tables.items():
        assert (table, canaries.heard_in(b" ".join(rows))) == (table, set())


def _sent() -> Sent:
    return Sent(idempotency_key=str(uuid4()))


def _rows_of_every_table(dsn: str) -> Iterator[tuple[str, list[bytes]]]:
    """What each table of the history holds, stored bytes as they are."""
    with psycopg.connect(dsn) as database:
        named = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'history'").fetchall()
        for (table,) in named:
            with database.cursor(binary=True) as cursor:
                found = cursor.execute(
                    sql.SQL("SELECT * FROM {}").format(sql.Identifier("history", table))
                ).fetchall()
            yield table, [b" ".join(map(_plain, row)) for row in found]


def _plain(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
