"""Messages and calendars over HTTP: who sees what was told to whom, and how one's own calendar is fetched."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import UUID

from icalendar import Calendar

from domain.child import Child
from tests.api.people import Service
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, PROVIDER_OFFICE, THE_SERVICE
from workflows.example_bodies.telling import MESSAGE, TO
from workflows.examples import EXAMPLES


def caught_up(service: Service) -> None:
    """The lists have everything."""
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)


def asked_for(service: Service, **changes: Any) -> str:
    """A message that an officer asked for, about a placement under way; its id."""
    service.walk.live_until("start_placement")
    for name in ("appoint_named_officer", "grant_role"):
        service.walk.do(name, AUTHORITY, THE_SERVICE)
    answer = service.post("/messages", {**deepcopy(EXAMPLES["tell"]), **changes})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_who_answers_for_the_placement_sees_what_was_told_and_strangers_do_not(service: Service) -> None:
    id = asked_for(service)
    assert id == MESSAGE
    service.walk.do("address_message", UUID(id), THE_SERVICE)
    caught_up(service)
    [row] = service.get("/messages").json()["rows"]
    assert (row["message_id"], row["state"], row["to"]) == (id, "waiting", TO)
    assert service.get(f"/messages/{id}").json()["deliveries"][0]["state"] == "waiting"
    for who in ("stranger", "rival", "provider"):
        assert service.get("/messages", who).json()["rows"] == []
        assert service.get(f"/messages/{id}", who).status_code == 404


def test_a_provider_sees_what_it_was_told_itself(service: Service) -> None:
    id = asked_for(service, to={"relation": "provider"})
    service.walk.do("address_message", UUID(id), THE_SERVICE, offices=[str(PROVIDER_OFFICE)])
    caught_up(service)
    [row] = service.get("/messages", "provider").json()["rows"]
    assert row["person_id"] == "provider@example"
    assert service.get(f"/messages/{id}", "provider").status_code == 200
    assert service.get(f"/messages/{id}", "rival").status_code == 404


def test_a_dead_letter_is_listed_and_a_person_sends_it_again(service: Service) -> None:
    id = asked_for(service)
    service.walk.do("address_message", UUID(id), THE_SERVICE)
    service.walk.do("give_up_message", UUID(id), THE_SERVICE)
    caught_up(service)
    assert [row["code"] for row in service.get("/messages", state="given_up").json()["rows"]] == ["refused"]
    assert service.post(f"/messages/{id}/send-again", {"to": TO}, "provider").status_code == 404
    assert service.post(f"/messages/{id}/send-again", {"to": TO}, "senior").status_code == 200
    assert service.get(f"/messages/{id}").json()["deliveries"][0]["state"] == "waiting"


def test_nobody_has_people_told_about_others_children(service: Service) -> None:
    service.walk.live_until("start_placement")
    for who in ("stranger", "provider", "auditor"):
        assert service.post("/messages", EXAMPLES["tell"], who).status_code == 403


def test_a_message_needs_the_places_of_its_template(service: Service) -> None:
    service.walk.live_until("start_placement")
    answer = service.post("/messages", {**EXAMPLES["tell"], "slots": []})
    assert (answer.status_code, service.reasons(answer)) == (422, {"slots_do_not_fit"})
    answer = service.post("/messages", {**EXAMPLES["tell"], "template": "hello"})
    assert service.reasons(answer) == {"no_such_template"}


def test_the_same_request_again_is_told_that_it_was_asked_before(service: Service) -> None:
    asked_for(service)
    assert service.reasons(service.post("/messages", EXAMPLES["tell"])) == {"id_in_use"}


def calendar_address(service: Service) -> str:
    """The officer's own, opened."""
    offered = service.get("/me/calendar").json()
    assert service.post(offered["command"], offered["body"]).status_code == 200
    return str(offered["address"])


def test_a_person_opens_fetches_and_closes_their_own_calendar(service: Service) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    address = calendar_address(service)
    fetched = service.client.get(address)
    assert fetched.status_code == 200, fetched.text
    assert list(Calendar.from_ical(fetched.content).walk("VEVENT"))
    assert str(PLACEMENT) in fetched.text
    assert service.client.get(address[:-2]).status_code == 401
    assert service.client.get("/me/calendar.ics?key=hello").status_code == 401
    mine = {"person_id": "officer@example"}
    closed = service.post(f"/organisations/{AUTHORITY}/close-calendar-address", mine)
    assert closed.status_code == 200
    assert service.client.get(address).status_code == 401


def test_nobody_opens_anothers_calendar(service: Service) -> None:
    offered = service.get("/me/calendar").json()
    assert service.post(offered["command"], offered["body"], "senior").status_code == 403


def test_a_new_address_ends_the_one_before(service: Service) -> None:
    first, second = calendar_address(service), calendar_address(service)
    assert service.client.get(first).status_code == 401
    assert service.client.get(second).status_code == 200


def test_no_child_is_named_in_a_calendar(service: Service) -> None:
    service.walk.live_until("start_placement")
    caught_up(service)
    fetched = service.client.get(calendar_address(service))
    child = service.desk.history.get(Child, CHILD)
    assert child.given_names not in fetched.text
    assert child.family_name not in fetched.text


def test_who_has_lost_their_role_has_no_calendar_any_more(service: Service) -> None:
    address = calendar_address(service)
    assert service.client.get(address).status_code == 200
    gone = {"person_id": "officer@example", "role": "commissioner"}
    service.walk.do("revoke_role", AUTHORITY, THE_SERVICE, **gone)
    assert service.client.get(address).status_code == 401
