"""Children who are taught nowhere: on the placement's page, on the child's, in a list and as CSV; never to a provider."""

from __future__ import annotations

import pytest

from tests.api.people import Service
from tests.support.walk import CHILD, MONDAY, PLACEMENT
from workflows.examples import EXAMPLES

NOWHERE = {**EXAMPLES["record_breakdown"]["tomorrow"], "where": "no_education", "owner": "Inclusion lead"}


def test_the_clock_is_shown_wherever_somebody_looks_for_it(service: Service) -> None:
    service.walk.live_until("start_placement")
    assert service.get(f"/placements/{PLACEMENT}").json()["without_education"]["running"] is False
    fell = {**EXAMPLES["record_breakdown"]["breakdown"], "on": "2026-11-20"}
    on_friday = {**NOWHERE, "from_on": "2026-11-20"}
    done = service.do("record_breakdown", breakdown=fell, tomorrow=on_friday).json()

    listed = service.get("/without-education", at_least=done["position"]).json()
    (row,) = listed["rows"]
    assert (row["child_id"], row["placement_id"], row["days"]) == (str(CHILD), str(PLACEMENT), 2)
    assert (row["owner"], row["since"], row["started_by"]) == (
        "Inclusion lead",
        "2026-11-20",
        f"{PLACEMENT}/{done['version']}",
    )
    for path in (f"/placements/{PLACEMENT}", f"/children/{CHILD}"):
        clock = service.get(path).json()["without_education"]
        assert (clock["running"], clock["days"]) == (True, 2)
        assert clock["stretches"][0]["owner"] == "Inclusion lead"
    table = service.get("/without-education", headers={"Accept": "text/csv"}).text
    assert f"{PLACEMENT}" in table
    then = service.get("/without-education", as_of=done["position"] - 1).json()
    assert then["rows"] == []

    # A provider's people are told nothing of it, and who is not concerned sees nobody.
    assert "without_education" not in service.get(f"/placements/{PLACEMENT}", "provider").json()
    assert "without_education" not in service.get(f"/children/{CHILD}", "provider").json()
    for who in ("provider", "rival", "stranger"):
        assert service.get("/without-education", who).json()["rows"] == [], who

    stopped = service.do("answer_tomorrow", tomorrow=EXAMPLES["answer_tomorrow"]["tomorrow"]).json()
    assert MONDAY.date().isoformat() == "2026-11-23"
    (stretch,) = service.get(f"/placements/{PLACEMENT}").json()["without_education"]["stretches"]
    # The answer begins tomorrow, so today is the last day that is counted.
    assert (stretch["days"], stretch["until_on"]) == (2, None)
    assert stopped["version"] == done["version"] + 1
    (row,) = service.get("/without-education", at_least=stopped["position"]).json()["rows"]
    assert row["days"] == 2


def test_an_answer_mistyped_into_last_year_is_refused_and_the_child_stays_on_the_list(
    service: Service,
) -> None:
    service.walk.live_until("start_placement")
    service.do("record_breakdown", tomorrow={**NOWHERE, "from_on": "2026-11-23"})
    answer = service.do(
        "answer_tomorrow", tomorrow={**EXAMPLES["answer_tomorrow"]["tomorrow"], "from_on": "2025-11-24"}
    )
    assert answer.status_code == 422
    (reason,) = answer.json()["reasons"]
    assert (reason["code"], reason["field"]) == ("before_the_breakdown", "tomorrow.from_on")
    at = service.desk.history.head()
    assert len(service.get("/without-education", at_least=at).json()["rows"]) == 1


def test_an_answer_that_begins_later_than_tomorrow_is_refused(service: Service) -> None:
    service.walk.live_until("start_placement")
    answer = service.do("record_breakdown", tomorrow={**NOWHERE, "from_on": "2026-11-30"})
    assert answer.status_code == 422
    (reason,) = answer.json()["reasons"]
    assert (reason["code"], reason["field"]) == ("tomorrow_not_answered", "tomorrow.from_on")
    assert "24 November 2026" in reason["message"]


@pytest.mark.parametrize(("where", "status"), [("home_school", 422), ("interim_provision", 200)])
def test_an_answer_that_begins_on_a_day_without_school_is_refused_for_a_school_and_doubted_for_a_tutor(
    service: Service, where: str, status: int
) -> None:
    service.walk.live_until("start_placement")
    fell = {**EXAMPLES["record_breakdown"]["breakdown"], "on": "2026-11-19"}
    service.do("record_breakdown", breakdown=fell, tomorrow={**NOWHERE, "from_on": "2026-11-20"})
    sunday = {**NOWHERE, "where": where, "from_on": "2026-11-22"}
    answer = service.do("answer_tomorrow", tomorrow=sunday)
    assert answer.status_code == status
    body = answer.json()
    (said,) = body["reasons"] if status == 422 else body["warnings"]
    assert (said["code"], said["field"]) == ("not_a_school_day", "tomorrow.from_on")
    assert "the next is 23 November 2026" in said["message"]
    # Friday had passed with nothing in place, and stays counted whatever begins after it.
    clock = service.get(f"/placements/{PLACEMENT}").json()["without_education"]
    assert clock["days"] == (2 if where == "home_school" else 1)
