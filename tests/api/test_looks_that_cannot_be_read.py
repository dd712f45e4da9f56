"""A batch of looks that somebody spoiled behind the service's back hides no other look: one entry says that it cannot be read."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import psycopg

from domain.looks import Look, PageShown, Right
from history.ledger.stored import Stored
from service.soundness.events import EventsRead
from tests.api.people import Service
from tests.api.test_who_looked import started as started
from tests.support.postgres import as_owner
from tests.support.walk import AUTHORITY, CHILD, MONDAY, PLACEMENT

NO_IDS = "AAAA"
INSERT = """
    INSERT INTO history.events VALUES (
        %s, 1, 'looks.noted', '{"type":"looks.noted"}', (SELECT max(notification_id) + 1 FROM history.events)
    )
"""


def spoil(service: Service) -> int:
    """Put in a batch that is none; its position."""
    service.desk.looks.write()
    with psycopg.connect(
        as_owner(str(service.desk.history.datastore.pool.conninfo)), autocommit=True
    ) as owner:
        owner.execute("ALTER TABLE history.events DISABLE TRIGGER USER")
        owner.execute(INSERT, [uuid4()])
    return service.desk.history.head()


def look_at_no_ids(service: Service, **of: Any) -> None:
    """Somebody looked at a page whose ids are none."""
    right = Right(row="scope", roles=("commissioner",), organisation_id=AUTHORITY)
    page = PageShown(**{"placements": NO_IDS, **of})
    look = Look(
        at=MONDAY, person_id="officer@example", how="listed", route="GET /placements", right=right, page=page
    )
    service.desk.looks.note(look)
    service.desk.looks.write()


def test_a_batch_that_cannot_be_read_is_one_entry_and_hides_no_other_look(started: Service) -> None:
    started.get(f"/placements/{PLACEMENT}")
    position = spoil(started)
    rows = started.get("/looks", "auditor").json()["rows"]
    [entry] = [row for row in rows if row["outcome"] == "unreadable"]
    assert (entry["batch"], entry["at"], entry["person_id"]) == (position, None, "")
    assert any(row["route"] == "GET /placements/{id}" for row in rows)
    for path in ("/looks/readers", f"/children/{CHILD}/looks"):
        assert started.get(path, "auditor").json()["rows"], path
    [process] = started.get("/looks/gaps", "auditor").json()["rows"]
    assert process["part"]
    assert (
        "These looks cannot be read" in started.get("/looks", "auditor", headers={"Accept": "text/csv"}).text
    )


def test_a_look_whose_packed_ids_are_none_says_so_and_hides_no_other(started: Service) -> None:
    started.get(f"/placements/{PLACEMENT}")
    look_at_no_ids(started)
    each: tuple[dict[str, Any], ...] = ({}, {"child_id": str(CHILD)}, {"person_id": "officer@example"})
    for asked in each:
        answer = started.get("/looks", "auditor", **asked)
        assert answer.status_code == 200
        assert any(row["route"] == "GET /placements/{id}" for row in answer.json()["rows"])
    rows = started.get("/looks", "auditor").json()["rows"]
    [entry] = [row for row in rows if row["outcome"] == "unreadable"]
    assert entry["person_id"] == "officer@example"
    assert started.get("/looks/readers", "auditor").json()["rows"]


def test_the_check_unpacks_what_is_packed(started: Service) -> None:
    look_at_no_ids(started)
    read = EventsRead(started.desk.history.mapper)
    read(Stored(started.desk.history).events(0, 50_000))
    [fault] = read.faults
    assert fault.what == "unreadable"
    assert f"position {started.desk.history.head()}, stored as looks.noted" in fault.where
