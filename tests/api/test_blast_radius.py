"""Over HTTP: what leaned on a check that lapsed, for those who may know of the placement and never for a provider."""

from __future__ import annotations

from tests.api.people import Service
from tests.support.walk import PLACEMENT, PROVIDER, THE_SERVICE
from workflows.examples import EXAMPLES

CHECK = {**EXAMPLES["record_check"]["check"], "kind": "insurance"}


def test_a_check_that_fails_shows_its_decisions_the_open_placement_and_who_must_be_told(
    service: Service,
) -> None:
    service.walk.live_until("start_placement")
    failed = {**CHECK, "checked_on": "2026-11-23", "passed": False, "document": "Letter of the insurer"}
    service.walk.do("record_check", PROVIDER, THE_SERVICE, check=failed)
    now = service.get(f"/providers/{PROVIDER}/blast-radius", fact="check:insurance").json()
    # Nothing leans on the letter that says that it lapsed; what was decided leant on the entry before it.
    assert now["decisions"] == []
    entry = next(
        s.event.originator_version
        for s in service.desk.history.stream(PROVIDER)
        if getattr(getattr(s.event, "check", None), "kind", "") == "insurance"
    )
    then = service.get(f"/providers/{PROVIDER}/blast-radius", fact="check:insurance", version=entry).json()
    assert [d["command"] for d in then["decisions"]] == ["confirm_suitability", "start_placement"]
    assert {d["could_have_known"] for d in then["decisions"]} == {"true_but_not_recorded"}
    assert all(
        d["rules"] == ["the_insurance_is_in_date"] and d["how"] == ["weighed"] for d in then["decisions"]
    )
    assert (then["ended"]["since_on"], then["ended"]["recorded_by"]) == ("2026-11-23", "Set-up")
    (placement,) = then["placements"]
    assert (placement["placement_id"], placement["open"], then["open"]) == (str(PLACEMENT), True, 1)
    assert [told["who"] for told in placement["must_be_told"]] == [
        "commissioner",
        "parent",
        "home_school",
        "provider",
    ]
    before = service.get(
        f"/providers/{PROVIDER}/blast-radius", fact="check:insurance", as_of=then["decisions"][0]["position"]
    ).json()
    assert [d["command"] for d in before["decisions"]] == ["confirm_suitability"]


def test_it_is_not_for_providers_and_shows_nothing_to_who_is_not_concerned(service: Service) -> None:
    service.walk.live_until("start_placement")
    for who in ("provider", "rival"):
        assert service.get(f"/providers/{PROVIDER}/blast-radius", who, fact="provider").status_code == 403
    found = service.get(f"/providers/{PROVIDER}/blast-radius", "stranger", fact="provider").json()
    assert (found["decisions"], found["placements"]) == ([], [])
    wrong = service.get(f"/providers/{PROVIDER}/blast-radius", fact="check:moon")
    assert (wrong.status_code, wrong.json()["reasons"][0]["field"]) == (422, "fact")
