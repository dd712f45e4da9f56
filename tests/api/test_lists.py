"""Lists: pages by their marks, filters, counts, and files for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import urlencode

import pytest

from projections.spreadsheet import as_csv, cell
from tests.api.people import Service
from tests.support.walk import CHILD, PLACEMENT, THE_SERVICE


def test_pages_follow_each_other_by_their_marks(service: Service) -> None:
    for i in range(7):
        service.do("register_child", given_names=f"Child {i}", identifiers=[])
    head = service.desk.history.head()
    names, after, pages = [], None, 0
    while True:
        asked: dict[str, Any] = {"limit": 3, "at_least": head, **({"after": after} if after else {})}
        answer = service.get("/children", **asked)
        page = answer.json()
        names += [row["given_names"] for row in page["rows"]]
        pages, after = pages + 1, page["next"]
        assert page["count"] == 8
        assert ("Link" in answer.headers) is (after is not None)
        if after is None:
            break
    assert names == [*(f"Child {i}" for i in range(7)), "Robin"]
    assert pages == 3


def test_the_link_to_the_next_page_can_be_followed(service: Service) -> None:
    for i in range(2):
        service.do("register_child", given_names=f"Child & {i}", identifiers=[])
    first = service.get("/children", limit=1, name="chi ld", at_least=service.desk.history.head())
    link = first.headers["Link"].split(">")[0].lstrip("<")
    assert service.get(link).json()["rows"][0]["given_names"] == "Child & 1"


def test_a_mark_of_another_list_or_of_nobody_is_refused(service: Service) -> None:
    service.do("register_child", given_names="Second", identifiers=[])
    mark = service.get("/children", limit=1, at_least=service.desk.history.head()).json()["next"]
    for path, after in (("/placements", mark), ("/children", mark[:-2]), ("/children", "abc")):
        answer = service.get(path, after=after)
        assert answer.status_code == 400
        assert answer.json()["type"] == "/problems#malformed"


def test_the_caseload_is_filtered_and_counted(standing: Service) -> None:
    assert standing.get("/placements").json()["counts"]["active"] == 1
    assert [row["placement_id"] for row in standing.get("/placements", stage="active").json()["rows"]] == [
        str(PLACEMENT)
    ]
    both = standing.get("/placements?stage=active&stage=review").json()
    assert len(both["rows"]) == 1
    assert standing.get("/placements", stage="exit").json()["rows"] == []
    assert (
        standing.get("/placements", name="ROBIN sámple").json()["rows"][0]["href"]
        == f"/placements/{PLACEMENT}"
    )
    assert standing.get("/placements", route="suspension").json()["rows"] == []


def test_a_child_is_found_by_name_and_by_number_with_their_week_added_up(standing: Service) -> None:
    for asked in ({"name": "rob"}, {"identifier": "b801200005001"}):
        [row] = standing.get(f"/children?{urlencode(asked)}").json()["rows"]
        assert row["child_id"] == str(CHILD)
        assert row["weekly_sessions"] == 6
    child = standing.get(f"/children/{CHILD}").json()
    assert child["week"]["sessions_per_week"] == 6
    assert child["week"]["sessions_at_most"] == 10
    assert [placement["placement_id"] for placement in child["placements"]] == [str(PLACEMENT)]


def test_the_directory_tells_who_has_a_place(standing: Service) -> None:
    [row] = standing.get("/providers", free_places=1).json()["rows"]
    assert (row["name"], row["places_taken"], row["places_free"]) == ("Invented Workshop", 1, 11)
    assert standing.get("/providers?needs=SEMH&needs=SPLD").json()["count"] == 1
    assert standing.get("/providers?needs=HI").json()["count"] == 0


def test_a_file_has_all_rows_whatever_the_page(service: Service) -> None:
    for i in range(5):
        service.do("register_child", given_names=f"Child {i}", identifiers=[])
    head = service.desk.history.head()
    answer = service.get("/children", headers={"Accept": "text/csv"}, limit=2, at_least=head)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert (
        answer.headers["Content-Disposition"] == 'attachment; filename="children-taken-2026-11-23-0900.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 6
    assert rows[-1]["Child"] == "Robin Sample"


def test_an_empty_file_still_says_what_its_columns_are(standing: Service) -> None:
    answer = standing.get("/placements", headers={"Accept": "text/csv"}, stage="exit")
    assert answer.content.decode("utf-8-sig").startswith("Child,School year,")


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://x")',
        "+1",
        "-1+1",
        "@SUM(A1)",
        "\tx",
        "  =1+1",
        "\uff1d1",
        "\uff20SUM(A1)",
        "\u200b=1",
        "\ufeff=1",
    ],
)
def test_no_cell_is_taken_for_a_formula(service: Service, name: str) -> None:
    service.walk.do("register_provider", None, THE_SERVICE, provider_name=f"{name} Ltd")  # type: ignore[arg-type]
    answer = service.get(
        "/providers", headers={"Accept": "text/csv"}, at_least=service.desk.history.head()
    ).content.decode("utf-8-sig")
    names = [row["Provider"] for row in csv.DictReader(io.StringIO(answer))]
    assert not [one for one in names if one.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))]


def test_numbers_stay_numbers_and_quotes_stay_inside() -> None:
    assert [cell(v) for v in (-1.5, 0, None, True, 'a"b', ["x"])] == ["-1.5", "0", "", "true", 'a"b', '["x"]']
    assert as_csv(["a"], [{"a": 'x,"y"\n'}]) == b'\xef\xbb\xbfa\r\n"x,""y""\n"\r\n'


def test_duties_contracts_and_organisations_are_listed(service: Service) -> None:
    service.do("record_exclusion", CHILD)
    head = service.desk.history.head()
    [owed] = service.get("/due", rule="T1", at_least=head).json()["rows"]
    assert (owed["child_id"], owed["state"]) == (str(CHILD), "overdue")
    [contract] = service.get("/agreements").json()["rows"]
    assert contract["state"] == "in_force"
    assert service.get("/agreements", state="ended").json()["rows"] == []
    assert {row["name"] for row in service.get("/organisations").json()["rows"]} >= {"Inventshire Council"}
    assert service.get("/organisations", kind="school").json()["rows"][0]["name"] == "Invented Academy"


def test_attendance_is_added_up(service: Service) -> None:
    service.walk.live_until("start_placement")
    reported = service.do("report_day", "5b0f6a52-6f0e-4d8e-9d54-000000000003", "provider")
    assert reported.status_code == 200
    found = service.get(f"/placements/{PLACEMENT}/attendance", at_least=reported.json()["position"]).json()
    assert found["overall"]["possible"] == 2
    assert found["overall"]["attended"] == 1
    assert found["overall"]["rate"] == 0.5
