"""A placement over HTTP: its whole life, and what may be done with it at each moment."""

from __future__ import annotations

from typing import Any

from tests.api.people import Service
from tests.support.walk import LIFE, PLACEMENT


def moves(service: Service, id: Any = PLACEMENT, who: str = "officer") -> dict[str, dict[str, Any]]:
    """What is on offer, by name."""
    return {move["name"]: move for move in service.get(f"/placements/{id}", who).json()["moves"]}


def test_a_placement_lives_from_referral_to_exit_over_http(service: Service) -> None:
    referred = service.do("refer_child")
    assert referred.status_code == 201
    id = referred.json()["id"]
    assert referred.headers["Location"] == f"/placements/{id}"
    assert referred.headers["ETag"] == '"2"'

    for name, changes in LIFE[1:]:
        who = "senior" if name == "accept_risk" else "officer"
        assert moves(service, id, who)[name]["permitted"], name
        done = service.do(name, id, who, **changes)
        assert done.status_code == 200, (name, done.text)

    file = service.get(f"/placements/{id}").json()
    assert file["stage"] == "exit"
    assert file["outcome"] == "ended"
    assert file["child"]["name"] == "Robin Sample"
    assert file["derived"]["duty_holder"] == "local_authority"
    assert file["derived"]["attendance_code"] == "K"
    assert file["version"] == done.json()["version"]
    assert (
        service.get(f"/placements/{id}", as_of=referred.json()["position"]).json()["stage"]
        == "needs_assessment"
    )


def test_each_move_says_why_it_is_not_open(service: Service) -> None:
    service.walk.live_until("refer_child")
    found = moves(service)
    complete = found["complete_needs_assessment"]
    assert not complete["open"]
    assert {reason["code"] for reason in complete["reasons"]} >= {"needs_not_assessed"}
    assert all(reason["message"] and reason["source"] for reason in complete["reasons"])
    assert complete["href"] == f"/placements/{PLACEMENT}/complete-needs-assessment"
    assert found["assess_needs"]["open"]
    assert {r["code"] for r in found["start_placement"]["reasons"]} >= {"wrong_stage"}
