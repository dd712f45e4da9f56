"""Whoever is turned away is on record: at once when we know who they are, within a second when we do not."""

from __future__ import annotations

from domain.access_events import AccessRefused
from tests.api.people import Service
from tests.support.walk import PLACEMENT
from workflows.access import MOST_AT_ONCE


def refusals(service: Service) -> list[AccessRefused]:
    """Every refusal on record."""
    return [
        stored.event
        for stored in service.desk.history.page(0, 5000, ["access.refused"])
        if isinstance(stored.event, AccessRefused)
    ]


def test_who_may_not_is_on_record_before_they_are_answered(service: Service) -> None:
    service.walk.live_until("start_placement")
    answer = service.do("call_review", who="provider")
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems#not-permitted"
    [refusal] = refusals(service)
    assert (refusal.why, refusal.person_id, refusal.code) == (
        "not_permitted",
        "provider@example",
        "not_permitted",
    )
    assert (refusal.method, refusal.route) == ("POST", "/placements/{id}/call-review")
    assert refusal.record_id == PLACEMENT
    assert refusal.decision.by.kind == "machine"
    assert f"urn:uuid:{refusal.decision.correlation_id}" == answer.json()["instance"]


def test_who_holds_no_role_is_on_record(service: Service) -> None:
    token = service.issuer.token("nobody@example", service.desk.history.ids_of("organisation.founded")[0])
    assert service.client.get("/me", headers={"Authorization": f"Bearer {token}"}).status_code == 403
    [refusal] = refusals(service)
    assert (refusal.person_id, refusal.code) == ("nobody@example", "no_role")


def test_who_is_not_signed_in_is_counted_and_then_on_record(service: Service) -> None:
    for _ in range(30):
        service.client.get("/me")
    for _ in range(3):
        service.client.get("/me", headers={"Authorization": "Bearer nonsense"})
    service.desk.access.write()
    found = refusals(service)
    assert sum(refusal.times for refusal in found) == 33
    assert {refusal.code for refusal in found} == {"no_token", "token_malformed"}
    assert len(found) <= 6
    assert {refusal.why for refusal in found} == {"not_signed_in"}
    assert len({refusal.caller for refusal in found}) == 1
    assert "testclient" not in str(found)


def test_a_flood_of_strangers_fills_neither_memory_nor_history(service: Service) -> None:
    for i in range(20_000):
        service.desk.access.not_signed_in(f"10.0.{i // 256}.{i % 256}", "no_token", "GET", "/me")
    service.desk.access.write()
    found = refusals(service)
    assert sum(refusal.times for refusal in found) == 20_000
    assert len(found) <= 20 * (MOST_AT_ONCE + 1)


def test_what_was_counted_is_written_when_the_service_stops(service: Service) -> None:
    service.client.get("/me")
    service.desk.access.close()
    assert sum(refusal.times for refusal in refusals(service)) == 1


def test_what_one_may_not_know_of_is_no_refusal_but_an_absence(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.do("call_review", who="stranger").status_code == 404
    assert refusals(service) == []
