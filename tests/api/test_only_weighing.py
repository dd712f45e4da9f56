"""Whoever wants to know what would come of a request can ask, and nothing is written down."""

from __future__ import annotations

from tests.api.people import Service
from tests.support.walk import PLACEMENT
from workflows.examples import EXAMPLES


def test_a_request_that_is_only_weighed_changes_nothing(service: Service) -> None:
    service.walk.live_until("start_placement")
    before = service.get(f"/placements/{PLACEMENT}")
    weighed = service.post(f"/placements/{PLACEMENT}/log-contact?only_weigh=true", EXAMPLES["log_contact"])
    assert weighed.status_code == 200
    assert weighed.json()["saved"] is False
    after = service.get(f"/placements/{PLACEMENT}")
    assert after.headers["ETag"] == before.headers["ETag"]
    assert after.json()["contacts"] == before.json()["contacts"]


def test_it_is_refused_for_the_same_reasons(service: Service) -> None:
    service.walk.live_until("refer_child")
    address = f"/placements/{PLACEMENT}/complete-needs-assessment"
    weighed, asked = service.post(f"{address}?only_weigh=true", {}), service.post(address, {})
    assert weighed.status_code == asked.status_code == 409
    assert weighed.json()["reasons"] == asked.json()["reasons"]


def test_a_record_that_would_be_opened_is_not_there(service: Service) -> None:
    weighed = service.post("/placements?only_weigh=true", EXAMPLES["refer_child"])
    assert weighed.status_code == 200
    assert "Location" not in weighed.headers
    assert service.get("/placements").json()["rows"] == []


def test_who_may_not_do_it_may_not_weigh_it_either(service: Service) -> None:
    service.walk.live_until("refer_child")
    address = f"/placements/{PLACEMENT}/complete-needs-assessment?only_weigh=true"
    assert service.post(address, {}, who="provider").status_code in (403, 404)
