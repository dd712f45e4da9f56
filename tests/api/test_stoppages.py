"""A provider fails: its placements are stopped over HTTP, and how far it has come can be read by those whose they are."""

from __future__ import annotations

from domain.stoppage import Stoppage
from tests.api.people import Service
from tests.support.walk import AUTHORITY, PLACEMENT, PROVIDER
from workflows.carrying_through import carry_through


def test_the_operation_is_begun_followed_and_read_by_its_own_organisation_only(service: Service) -> None:
    service.walk.live_until("start_placement")
    begun = service.do("stop_placements", PROVIDER)
    assert begun.status_code == 200
    at = begun.headers["Location"]
    assert at == f"/stoppages/{begun.json()['stoppage_id']}"
    (round,) = service.get(at).json()["rounds"]
    assert (round["placements"], round["seen_to"], round["waiting"]) == (1, 0, [str(PLACEMENT)])
    again = service.do("stop_placements", PROVIDER)
    assert (again.status_code, again.json()["reasons"][0]["code"]) == (409, "already_being_stopped")

    carry_through(service.desk.casework, service.desk.history, Stoppage.id_for(PROVIDER, AUTHORITY))
    (round,) = service.get(at).json()["rounds"]
    # Nothing that the rules ask for is missing, so it is marked and goes on.
    assert (round["finished"], round["marked"], round["stopped"]) == (True, [str(PLACEMENT)], [])
    file = service.get(f"/placements/{PLACEMENT}").json()
    assert [risk["kind"] for risk in file["at_risk"]] == ["suspended"]
    for stranger in ("provider", "rival", "stranger", "head"):
        assert service.get(at, stranger).status_code == 404, stranger
