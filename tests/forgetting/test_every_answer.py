"""After a child was forgotten, nothing that the service gives out has a word about the child: no page, no feed, no file made afterwards."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from projections.bundles import verify
from service.carrying_out import CarryingOut
from tests.api.people import SIGNER, Service
from tests.api.test_every_route import routes
from tests.conformance.canaries import Canaries
from tests.forgetting.child_with_a_story import caught_up, erase
from tests.support.sealing import seal
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, MONDAY, PLACEMENT, PROVIDER, THE_SERVICE, at
from workflows.example_bodies.telling import MESSAGE
from workflows.examples import EXAMPLES

IDS = {
    "placements": PLACEMENT,
    "children": CHILD,
    "providers": PROVIDER,
    "agreements": AGREEMENT,
    "organisations": AUTHORITY,
    "messages": MESSAGE,
    "stoppages": PROVIDER,
}
BUNDLES = (
    f"/placements/{PLACEMENT}/bundle", f"/children/{CHILD}/bundle", f"/organisations/{AUTHORITY}/bundle",
    f"/organisations/{AUTHORITY}/inspection-pack",
)  # fmt: skip
NO_WORDS = {"/problems", "/openapi.json", "/metrics", "/schemas/{command}", "/me/calendar.ics"}
"""What is the same for everybody or is asked for otherwise; `/events` is listened to apart."""


ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("officer", {}),
    ("auditor", {}),
    ("provider", {}),
    ("senior", {}),
    ("senior", {"as_of": "before"}),
    ("senior", {"true_on": "2026-11-23"}),
)


def answers(service: Service, *, before: int) -> Iterator[tuple[str, bytes]]:
    """Every address there is, as several people and in both forms, as it is and as it was."""
    for path in sorted({path for method, path in routes(service.app.routes) if method == "GET"} - NO_WORDS):
        id = IDS.get(path.split("/")[1], PLACEMENT)
        first = service.desk.history.stream(PLACEMENT)[0].position
        address = path.replace("{id}", str(id)).replace("{position}", str(first))
        for who, asked in ASKED:
            answer = service.get(
                address, who, **{**asked, **({"as_of": before} if asked.get("as_of") else {})}
            )
            yield f"{path} {asked} by {who}", unpacked(answer.content)


def unpacked(content: bytes) -> bytes:
    """The content, and of an archive all that is in it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def listened(service: Service) -> bytes:
    """All that a stream of events says from the beginning, until the service stops."""
    with ThreadPoolExecutor(1) as pool:
        stream = pool.submit(service.get, "/events", headers={"Accept": "text/event-stream"})
        time.sleep(1.0)
        service.desk.closing.set()
        said = stream.result(20).content
        service.desk.closing.clear()
    return said


@pytest.fixture
def told(service: Service) -> Service:
    """The same service, in which somebody was also told of the placement, and has a calendar."""
    for name in ("appoint_named_officer", "grant_role"):
        service.walk.do(name, AUTHORITY, THE_SERVICE)
    said = {**deepcopy(EXAMPLES["tell"]), "decision": {"words": "canary-said-this"}}
    answer = service.post("/messages", said)
    assert answer.status_code == 201, answer.text
    service.walk.do("address_message", UUID(MESSAGE), THE_SERVICE)
    return service


def calendar(service: Service) -> bytes:
    """What a calendar program is given."""
    offered = service.get("/me/calendar").json()
    opened = service.post(offered["command"], offered["body"])
    assert opened.status_code == 200, opened.text
    return service.client.get(offered["address"]).content


@pytest.mark.long
def test_no_answer_no_feed_and_no_file_made_afterwards_has_a_word(
    told: Service, canaries: Canaries, database_url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    service, history = told, told.desk.history
    seal(database_url, history, SIGNER)
    before = history.head()
    caught_up(service)()
    given = unpacked(service.get(BUNDLES[1], "auditor").content)
    assert len(canaries.heard_in(given)) > 50, "the canaries were not there to be heard"

    erase(service)
    caught_up(service)()
    assert CarryingOut(database_url, history, at(MONDAY)).step() == 1
    caught_up(service)()
    seal(database_url, history, SIGNER)
    sealed_up_to = service.get("/ledger/checkpoints").json()["checkpoints"][-1]["size"]

    heard = {
        place: words for place, said in answers(service, before=before) if (words := canaries.heard_in(said))
    }
    assert heard == {}
    stream, events = listened(service), service.get("/events").content
    assert b"child.erasure_approved" in stream
    assert b"child.erasure_approved" in events
    assert canaries.heard_in(stream + events + calendar(service)) == set()
    for path in BUNDLES:
        for as_at in (before, sealed_up_to):
            answer = service.get(path, "auditor", as_at=as_at)
            assert answer.status_code == 200, (path, answer.text)
            assert canaries.heard_in(unpacked(answer.content)) == set(), (path, as_at)
            file = tmp_path / "bundle.zip"
            file.write_bytes(answer.content)
            assert verify.verify(file, str(SIGNER.public)).faults == []
    logged = capfd.readouterr()
    assert canaries.heard_in((logged.out + logged.err).encode()) == set()
