"""Who could take over: ranked and excluded with reasons, for those who commission and for nobody else."""

from __future__ import annotations

from tests.api.people import OTHER_PROVIDER, Service
from tests.support.walk import PLACEMENT, PROVIDER, THE_SERVICE
from workflows.examples import EXAMPLES


def test_candidates_have_reasons_for_their_rank_and_those_excluded_for_that(service: Service) -> None:
    service.walk.live_until("start_placement")
    service.do("record_breakdown")
    found = service.get(f"/placements/{PLACEMENT}/candidates", at_least=service.desk.history.head()).json()
    assert found["candidates"] == []
    excluded = {one["name"]: {reason["code"] for reason in one["reasons"]} for one in found["excluded"]}
    assert excluded["Invented Workshop"] == {"is_there_already"}
    assert {
        "no_offer",
        "registration_not_checked",
        "safer_recruitment_missing",
        "insurance_missing",
    } <= excluded["Other Workshop"]
    assert "coordinates" in found["distance"]
    asked = [reason for one in found["excluded"] for reason in one["reasons"]]
    assert all(reason["source"] and reason["message"] for reason in asked)

    for name in ("record_registration", "publish_offer"):
        service.walk.do(name, OTHER_PROVIDER, THE_SERVICE)
    for kind in (
        "safer_recruitment", "insurance", "safeguarding_policy", "health_and_safety_policy", "equality_policy", "behaviour_policy"
    ):  # fmt: skip
        check = {**EXAMPLES["record_check"]["check"], "kind": kind}
        service.walk.do("record_check", OTHER_PROVIDER, THE_SERVICE, check=check)
    found = service.get(f"/placements/{PLACEMENT}/candidates", at_least=service.desk.history.head()).json()
    (best,) = found["candidates"]
    assert (best["rank"], best["provider_id"], best["price_per_session"]) == (1, str(OTHER_PROVIDER), 45.0)
    assert {points["factor"] for points in best["reasons"]} == {
        "needs",
        "agreement",
        "quality",
        "checks",
        "price",
    }
    assert "not_on_approved_list" not in {w["code"] for w in best["warnings"]}

    then = service.get(f"/placements/{PLACEMENT}/candidates", as_of=service.desk.history.head() - 1).json()
    assert then["candidates"] == []


def test_what_others_charge_is_not_for_a_provider_nor_for_a_stranger(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.get(f"/placements/{PLACEMENT}/candidates", "provider").status_code == 403
    assert service.get(f"/placements/{PLACEMENT}/candidates", "rival").status_code == 404
    assert service.get(f"/placements/{PLACEMENT}/candidates", "stranger").status_code == 404
    assert str(PROVIDER) not in service.get(f"/placements/{PLACEMENT}/candidates", "head").text
