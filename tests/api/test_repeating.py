"""Asking twice, asking too late, and asking whether anything changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.api.people import Service
from tests.support.walk import CHILD, PLACEMENT

KEY = {"Idempotency-Key": "the-same-request"}


def test_a_repeated_request_gets_the_same_answer_and_happens_once(service: Service) -> None:
    service.walk.live_until("start_placement")
    first = service.do("log_contact", headers=KEY)
    again = service.do("log_contact", headers=KEY)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(service.get(f"/placements/{PLACEMENT}").json()["contacts"]) == 1


def test_a_record_that_is_opened_twice_under_one_key_is_one_record(service: Service) -> None:
    first = service.do("refer_child", headers=KEY)
    again = service.do("refer_child", headers=KEY)
    assert (again.status_code, again.headers["Location"]) == (201, first.headers["Location"])


def test_the_same_key_for_something_else_is_refused(service: Service) -> None:
    service.walk.live_until("start_placement")
    service.do("log_contact", headers=KEY)
    for answer in (service.do("report_progress", headers=KEY), service.do("raise_concern", headers=KEY)):
        assert answer.status_code == 422
        assert answer.json()["type"] == "/problems#key-reused"


def test_a_key_is_ones_own(service: Service) -> None:
    service.walk.live_until("start_placement")
    service.do("report_progress", headers=KEY)
    assert service.do("report_progress", who="provider", headers=KEY).status_code == 200


def test_twenty_at_once_under_one_key_happen_once(service: Service) -> None:
    service.walk.live_until("start_placement")
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: service.do("log_contact", headers=KEY), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert len(service.get(f"/placements/{PLACEMENT}").json()["contacts"]) == 1


def test_a_write_can_ask_for_the_version_that_was_seen(service: Service) -> None:
    service.walk.live_until("start_placement")
    seen = service.get(f"/placements/{PLACEMENT}").headers["ETag"]
    assert service.do("log_contact", headers={"If-Match": seen}).status_code == 200
    late = service.do("log_contact", headers={"If-Match": seen})
    assert late.status_code == 412
    assert late.json()["type"] == "/problems#stale"
    assert service.do("log_contact", headers={"If-Match": "*"}).status_code == 200
    assert service.do("log_contact", headers={"If-Match": f"W/{seen}"}).status_code == 412
    assert service.do("log_contact", headers={"If-Match": '"abc"'}).status_code == 412


def test_a_reader_who_holds_the_version_is_told_so(standing: Service) -> None:
    for path in (f"/placements/{PLACEMENT}", f"/children/{CHILD}"):
        tag = standing.get(path).headers["ETag"]
        same = standing.get(path, headers={"If-None-Match": f'"0", {tag}'})
        assert same.status_code == 304
        assert same.content == b""
        assert same.headers["ETag"] == tag
        assert standing.get(path, headers={"If-None-Match": '"0"'}).status_code == 200
        assert standing.get(path, headers={"If-None-Match": "nonsense"}).status_code == 400


def test_who_may_not_know_of_a_record_is_not_told_its_version(standing: Service) -> None:
    tag = standing.get(f"/placements/{PLACEMENT}").headers["ETag"]
    assert (
        standing.get(f"/placements/{PLACEMENT}", "stranger", headers={"If-None-Match": tag}).status_code
        == 404
    )
    assert standing.do("log_contact", who="stranger", headers={"If-Match": '"1"'}).status_code == 404


def test_a_replacement_says_where_the_child_is_now(service: Service) -> None:
    service.walk.live_until("call_review")
    replaced = service.do("replace_placement", successor_id=None)
    assert replaced.status_code == 200
    successor = replaced.json()["successor_id"]
    assert replaced.json()["id"] == str(PLACEMENT)
    assert replaced.headers["Location"] == f"/placements/{successor}"
    assert service.get(replaced.headers["Location"]).json()["predecessor_id"] == str(PLACEMENT)


def test_what_was_written_can_be_read_at_once(service: Service) -> None:
    for _ in range(5):
        done = service.do("refer_child", reason="OTH")
        position = done.json()["position"]
        rows = service.get("/placements", at_least=position).json()
        assert done.json()["id"] in {row["placement_id"] for row in rows["rows"]}
        assert rows["position"] >= position
        service.do("withdraw_referral", done.json()["id"])


def test_what_has_not_happened_yet_cannot_be_waited_for(standing: Service) -> None:
    for path in ("/placements", f"/placements/{PLACEMENT}", "/events"):
        answer = standing.get(path, at_least=10**9)
        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems#behind"
        assert answer.json()["position"] == standing.desk.history.head()
        assert int(answer.headers["Retry-After"]) > 0
