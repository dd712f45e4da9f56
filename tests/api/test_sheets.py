"""Files for spreadsheets: what an officer takes away can be read by whoever it is sent to."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.awaiting import SHEET as AWAITING
from api.registers import SHEET as REGISTER
from api.sheets.children import CHILDREN
from api.sheets.duties import DUE
from api.sheets.file import AT_A_TIME, AT_ONCE, parts_of
from api.sheets.messages import MESSAGES
from api.sheets.placements import PLACEMENTS, WITHOUT_EDUCATION
from api.sheets.providers import AGREEMENTS, ORGANISATIONS, PROVIDERS
from api.sheets.sheet import Sheet, headings
from projections.paging import Page
from tests.api.people import Service
from tests.api.test_looks_are_noted import looks
from tests.support.walk import CHILD, PLACEMENT

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
CODE = re.compile(r"\b[a-z]+_[a-z_]+\b")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
BESIDES: dict[str, str] = {
    "/looks": "auditor",
    "/reports/late-recording": "senior",
    "/reports/separation-of-duties": "senior",
}
"""Who may ask for it, where the officer may not."""
ADDRESSES = {"What was asked", "Sign-in name"}
"""Columns in which addresses stand on purpose."""


def file(service: Service, path: str, who: str = "officer", **asked: Any) -> list[dict[str, str]]:
    answer = service.get(path, who, headers={"Accept": "text/csv"}, **asked)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def lists(service: Service) -> list[str]:
    """Every address that has a file."""
    paths = service.client.get("/openapi.json").json()["paths"]
    return [
        path
        for path, ways in paths.items()
        if "text/csv" in ways.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
    ]


def test_no_file_has_json_ids_or_names_of_the_code(service: Service) -> None:
    service.walk.live_until("start_placement")
    register = "5b0f6a52-6f0e-4d8e-9d54-000000000003"
    assert service.do("report_day", register, "provider").status_code == 200
    assert service.do("record_exclusion", CHILD).status_code == 200
    head = service.desk.history.head()
    assert service.desk.read_models.wait_for(head, 20)
    filled = set()
    for path in lists(service):
        looks(service)
        rows = file(service, path, BESIDES.get(path, "officer"))
        filled |= {path} if rows else set()
        for row in rows:
            assert list(row)[-1] == "Reference", path
            for heading, said in row.items():
                assert heading[:1].isupper(), heading
                assert not CODE.search(heading), heading
                if heading in ADDRESSES:
                    continue
                assert heading == "Reference" or not UUID.search(said), (path, heading, said)
                assert "{" not in said, (path, heading, said)
                assert "[" not in said, (path, heading, said)
                assert not CODE.search(said), (path, heading, said)
                assert not MOMENT.search(said), (path, heading, said)
                assert said not in ("true", "false", "None"), (path, heading, said)
    assert filled >= {
        "/placements",
        "/children",
        "/providers",
        "/organisations",
        "/agreements",
        "/due",
        "/looks",
        "/register",
    }


def test_a_file_says_what_its_page_says(standing: Service) -> None:
    [row] = file(standing, "/placements")
    assert (row["Child"], row["Stage"], row["Provider"]) == ("Robin Sample", "Active", "Invented Workshop")
    assert row["Reference"] == str(PLACEMENT)
    assert row["In care"] in ("Yes", "No")
    [json] = standing.get("/placements").json()["rows"]
    assert (row["Started on"], row["Review by"]) == (json["started_on"], json["next_review_on"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", row["Last written down (UK time)"])
    [child] = file(standing, "/children")
    assert (child["Placed at"], child["Unique pupil number (UPN)"]) == ("Invented Workshop", "B801200005001")


def test_a_provider_takes_away_no_more_than_it_is_shown(standing: Service) -> None:
    mine, theirs = file(standing, "/placements", "provider")[0], file(standing, "/placements")[0]
    assert set(theirs) - set(mine) == {
        "Safeguarding concern open", "After the breakdown the child is at", "There since", "Rule set aside until",
        "Waits for a decision on",
    }  # fmt: skip
    assert not [heading for heading in file(standing, "/children", "provider")[0] if "number" in heading]


def test_a_file_of_the_past_is_of_then_and_says_so(service: Service) -> None:
    service.walk.live_until("start_placement")
    then = service.desk.history.head()
    assert service.do("call_review").status_code == 200
    assert file(service, "/placements", at_least=service.desk.history.head())[0]["Stage"] == "Review"
    assert file(service, "/placements", as_of=then)[0]["Stage"] == "Active"
    past = service.get("/placements", headers={"Accept": "text/csv"}, as_of=then)
    assert (
        f'filename="placements-known-on-2026-11-23-entry-{then}-taken-2026-11-23-'
        in past.headers["Content-Disposition"]
    )
    asked: list[dict[str, Any]] = [{"true_on": "2026-11-20"}, {"true_on": "2026-11-20", "as_of": then}]
    heads = [service.desk.history.head(), then]
    for one, head in zip(asked, heads, strict=True):
        true = service.get("/placements", headers={"Accept": "text/csv"}, **one)
        called = f'filename="placements-true-on-2026-11-20-known-at-entry-{head}-taken-2026-11-23-'
        assert called in true.headers["Content-Disposition"]


def test_a_name_that_is_forgotten_is_told_as_erased() -> None:
    [child] = [column for column in PLACEMENTS.columns if column.heading == "Child"]
    assert [child.say(*parts) for parts in (("", ""), ("[erased]", "[erased]"), ("Zoë", ""))] == [
        "Name erased", "Name erased", "Zoë",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sheet",
    [PLACEMENTS, WITHOUT_EDUCATION, CHILDREN, PROVIDERS, AGREEMENTS, ORGANISATIONS, DUE, MESSAGES, AWAITING],
)
def test_every_column_tells_a_field_of_its_list(sheet: Sheet) -> None:
    told = {field for column in sheet.columns for field in column.fields}
    assert told <= set(sheet.of.__struct_fields__)
    assert len({column.heading for column in sheet.columns}) == len(sheet.columns)


def test_the_register_has_a_line_for_each_half_day(standing: Service) -> None:
    rows = file(standing, "/register", on="2026-11-23")
    assert [(row["Child"], row["Half-day"]) for row in rows] == [
        ("Robin Sample", "Morning"),
        ("Robin Sample", "Afternoon"),
    ]
    assert len(REGISTER.columns) == len(rows[0])


def test_excel_is_told_that_names_are_in_utf8() -> None:
    assert headings(PLACEMENTS.columns).startswith(b"\xef\xbb\xbfChild,")


def test_a_long_list_is_read_on_only_when_its_first_part_was_taken_and_noted() -> None:
    asked: list[str | None] = []
    noted: list[int] = []

    def find(mark: str | None, rows: int) -> Page[int]:
        asked.append(mark)
        start = int(mark or 0)
        end = start + rows
        return Page(range(start, end), str(end) if end < 2 * AT_ONCE + 10 else None, 7)

    parts: Iterator[Page[Any]] = parts_of(find, None, lambda page: noted.append(len(page.rows)))
    first = next(parts)
    assert (len(first.rows), noted) == (AT_ONCE, [AT_ONCE])
    assert len(asked) == AT_ONCE // AT_A_TIME
    everything = [*first.rows, *(row for part in parts for row in part.rows)]
    assert everything == list(range(2 * AT_ONCE + AT_A_TIME))
    assert sum(noted) == len(everything)


def test_a_file_is_on_record_once_with_everybody_in_it(service: Service) -> None:
    for i in range(3):
        service.do("register_child", given_names=f"Child {i}", identifiers=[])
    head, before = service.desk.history.head(), len(looks(service))
    rows = file(service, "/children", limit=1, at_least=head)
    [look] = looks(service)[before:]
    assert look.how == "exported"
    assert look.page is not None
    assert len(rows) == 4
