"""Whoever is shown something of a record is on record: by every route, in every form, and whatever came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.looks import Look, LooksNoted
from domain.packed_ids import unpacked
from tests.api.people import Service
from tests.api.test_every_route import PUBLIC, routes
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, PLACEMENT, PROVIDER, SCHOOL

OF_NOBODY = {
    "/me": "the asker alone",
    "/me/organisations": "the asker alone",
    "/commands": "what the asker may begin",
    "/moves": "the rules of the service",
    "/codes": "lists of codes",
    "/sources": "what rules cite",
    "/schemas/{command}": "the shapes of requests",
    "/guidance": "the numbers of rules",
    "/guidance/{id}": "the numbers of a rule",
    "/ledger/checkpoints": "hashes of everything together",
    "/ledger/key": "a public key",
    "/upkeep": "the state of the service itself",
    "/me/calendar": "a secret of one's own",
    "/looks/gaps": "counts of the service's own processes",
}
"""What is signed in for and shows nothing of a record. Whatever else can be read has to be noted."""
IDS = {
    "/placements": PLACEMENT,
    "/children": CHILD,
    "/providers": PROVIDER,
    "/agreements": AGREEMENT,
    "/organisations": AUTHORITY,
    "/messages": PLACEMENT,
    "/stoppages": PROVIDER,
}
NEEDED: dict[str, dict[str, Any]] = {
    "/could-see": {"person_id": "officer@example", "record_id": str(PLACEMENT)},
    "/providers/{id}/blast-radius": {"fact": "check:insurance"},
}

SHOWS_NOTHING_YET = {
    "/stoppages/{id}": "needs an operation; noted with all its placements",
    "/messages/{id}": "needs a message; it is opened by `look`",
    "/me/calendar.ics": "opened by the secret in its address; noted as exported",
    "/children/{id}/subject-access": "needs a preparation; it is opened by `look`",
    **dict.fromkeys(
        (
            "/children/{id}/bundle",
            "/placements/{id}/bundle",
            "/organisations/{id}/bundle",
            "/organisations/{id}/inspection-pack",
            "/placements/{id}/decisions/{position}/receipt",
            "/ledger/checkpoint",
            "/ledger/consistency",
            "/ledger/proofs/{position}",
        ),
        "needs a sealed ledger; files are noted as exported",
    ),
}
"""What cannot be answered in this story, and how we know that it is noted."""

WHO_ELSE = {
    "/erasures-due": "senior",
    **dict.fromkeys(
        (f"/{of}/{{id}}/correctable" for of in ("placements", "children", "providers")), "senior"
    ),
}
"""Who reads what an auditor may not."""


def looks(service: Service) -> list[Look]:
    """All looks on record, once what waits is written."""
    service.desk.looks.write()
    found = service.desk.history.page(0, 50_000, ["looks.noted"])
    return [look for stored in found if isinstance(stored.event, LooksNoted) for look in stored.event.looks]


def readable(service: Service) -> Iterator[str]:
    """The address of everything that can be read and is about someone."""
    for method, path in routes(service.app.routes):
        if method == "GET" and path not in PUBLIC and path not in OF_NOBODY:
            yield path


def asked_for(service: Service, path: str) -> str:
    """The address with the id of the record that the walk is about."""
    if "{id}" not in path:
        return path
    id = IDS["/" + path.split("/")[1]]
    first = service.desk.history.stream(id)[0].position
    return path.replace("{id}", str(id)).replace("{position}", str(first))


def newest(service: Service, before: int) -> Look:
    """The one look since there were so many."""
    [look] = looks(service)[before:]
    return look


def test_there_is_no_address_that_shows_a_record_and_notes_nobody(standing: Service) -> None:
    unnoted, refused = [], []
    for path in sorted(set(readable(standing))):
        before = len(looks(standing))
        who = WHO_ELSE.get(path, "auditor")
        answer = standing.get(asked_for(standing, path), who, **NEEDED.get(path, {}))
        told = [(look.route, look.person_id) for look in looks(standing)[before:]]
        if answer.status_code != 200:
            refused.append(path)
        elif told != [(f"GET {path}", f"{who}@example")]:
            unnoted.append((path, told))
    assert unnoted == []
    assert set(refused) == set(SHOWS_NOTHING_YET), (
        "give the address what it needs to answer, or say why it cannot"
    )


def test_a_look_tells_who_when_for_whom_and_under_which_right(standing: Service) -> None:
    before = len(looks(standing))
    answer = standing.get(f"/placements/{PLACEMENT}")
    look = newest(standing, before)
    assert (look.person_id, look.how, look.outcome) == ("officer@example", "read", "shown")
    assert look.route == "GET /placements/{id}"
    assert (look.record_id, look.children) == (PLACEMENT, (CHILD,))
    assert (look.right.row, look.right.roles) == ("placement", ("commissioner",))
    assert {"commissioner", "authority"} <= set(look.right.relations)
    assert look.right.organisation_id == AUTHORITY
    assert look.at == standing.desk.clock()
    assert look.position == answer.json()["position"]
    assert str(look.correlation_id) == answer.headers["X-Correlation-ID"]


@pytest.mark.parametrize("path", ["", "/timeline", "/events", "/attendance"])
def test_every_side_of_a_placement_is_noted(standing: Service, path: str) -> None:
    before = len(looks(standing))
    assert standing.get(f"/placements/{PLACEMENT}{path}", "provider").status_code == 200
    look = newest(standing, before)
    assert (look.route, look.right.relations) == (f"GET /placements/{{id}}{path}", ("provider",))


def test_who_knows_a_child_by_a_placement_alone_is_noted_as_that(standing: Service) -> None:
    before = len(looks(standing))
    assert standing.get(f"/children/{CHILD}", "provider").status_code == 200
    assert newest(standing, before).right.row == "child_by_a_placement"


def test_an_answer_that_nothing_changed_is_a_look_too(standing: Service) -> None:
    tag = standing.get(f"/placements/{PLACEMENT}").headers["ETag"]
    before = len(looks(standing))
    assert standing.get(f"/placements/{PLACEMENT}", headers={"If-None-Match": tag}).status_code == 304
    assert newest(standing, before).outcome == "shown"


def test_looking_back_is_noted_with_the_moment(standing: Service) -> None:
    position = standing.desk.history.stream(PLACEMENT)[0].position
    before = len(looks(standing))
    assert standing.get(f"/placements/{PLACEMENT}", as_of=position).status_code == 200
    assert newest(standing, before).as_of == position


def test_only_the_head_of_an_answer_cannot_be_asked_for(standing: Service) -> None:
    """HEAD would tell whether there is a record. It is not answered, so there is nothing to note."""
    before = len(looks(standing))
    token = {"Authorization": f"Bearer {standing.token('officer')}"}
    assert standing.client.head(f"/placements/{PLACEMENT}", headers=token).status_code == 405
    assert looks(standing)[before:] == []


@pytest.mark.parametrize(("path", "who"), [("/placements", "stranger"), ("/children", "rival")])
def test_who_asks_for_what_is_not_theirs_is_noted_as_if_it_were_not_there(
    standing: Service, path: str, who: str
) -> None:
    before = len(looks(standing))
    id = IDS[path]
    assert standing.get(f"{path}/{id}", who).status_code == 404
    look = newest(standing, before)
    assert (look.person_id, look.record_id, look.outcome) == (f"{who}@example", id, "not_found")


def test_a_write_to_what_is_not_theirs_is_noted(standing: Service) -> None:
    before = len(looks(standing))
    assert standing.do("log_contact", who="stranger").status_code == 404
    look = newest(standing, before)
    assert (look.route, look.outcome) == ("POST /placements/{id}/log-contact", "not_found")


def test_nobody_is_noted_as_nobody(standing: Service) -> None:
    before = len(looks(standing))
    assert standing.client.get(f"/placements/{PLACEMENT}").status_code == 401
    assert looks(standing)[before:] == []


def test_a_list_notes_whose_records_were_on_the_page(standing: Service) -> None:
    before = len(looks(standing))
    standing.get("/placements", stage="active")
    look = newest(standing, before)
    assert (look.how, look.asked_by) == ("listed", ("stage",))
    assert (look.records, look.children) == ((PLACEMENT,), (CHILD,))


def test_a_file_is_noted_as_taken_away(standing: Service) -> None:
    before = len(looks(standing))
    standing.get("/children", headers={"Accept": "text/csv"})
    look = newest(standing, before)
    assert (look.how, look.children) == ("exported", (CHILD,))


def test_a_search_is_noted_without_what_was_typed(standing: Service) -> None:
    before = len(looks(standing))
    typed = "Zbigniewina"
    assert standing.get("/children", name=typed).json()["rows"] == []
    look = newest(standing, before)
    assert (look.how, look.asked_by, look.children) == ("searched", ("name",), ())
    stored = standing.desk.history.page(0, 50_000, ["looks.noted"])
    assert not [event for event in stored if typed.encode() in event.raw]


def test_the_feed_notes_whose_events_were_heard_of_and_never_tells_of_looks(standing: Service) -> None:
    looks(standing)
    standing.desk.read_models.wait_for(standing.desk.history.head(), 10)
    before = len(looks(standing))
    page = standing.get("/events", limit=500).json()
    look = newest(standing, before)
    assert look.how == "followed"
    assert look.page is not None
    assert set(map(str, unpacked(look.page.records))) == {event["record_id"] for event in page["events"]}
    assert not [event for event in page["events"] if event["event"].startswith("looks")]
    after = standing.get("/events", after=page["position"]).json()
    assert after["events"] == []


def test_looks_move_no_version_and_keep_reads_after_writes_possible(standing: Service) -> None:
    tag = standing.get(f"/placements/{PLACEMENT}").headers["ETag"]
    looks(standing)
    head = standing.desk.history.head()
    answer: Any = standing.get("/placements", at_least=head)
    assert answer.status_code == 200
    assert answer.json()["position"] >= head
    assert standing.get(f"/placements/{PLACEMENT}").headers["ETag"] == tag


def test_the_school_is_noted_as_the_childs_school(standing: Service) -> None:
    before = len(looks(standing))
    assert standing.get(f"/children/{CHILD}", "head").status_code == 200
    assert newest(standing, before).right.relations == ("school",)
    assert newest(standing, before).right.organisation_id == SCHOOL
