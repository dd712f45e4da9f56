"""Files as people really send them: other encodings, other separators, broken, enormous, or no CSV at all."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from service.imports import exclusions
from service.imports.outcomes import Outcome
from service.imports.source_file import Layout, SourceFile, look_at
from service.plain_error import PlainError
from tests.imports.desk import A_PUPIL, Desk

LAYOUT = Layout("a list of towns", ("town", "county"), ("people",))


def source(folder: Path, content: bytes | str, encoding: str = "utf-8") -> SourceFile:
    """A file with this content, looked at."""
    path = folder / "towns.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return look_at(path, LAYOUT)


def towns(found: SourceFile) -> list[str]:
    """What is in the first column."""
    return [row.cells["town"] for row in found.rows()]


@pytest.mark.parametrize(
    ("encoding", "known_as"),
    [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str, known_as: str) -> None:
    found = source(tmp_path, "town,county\nSaint-Ézy Süd €,Kent\n", encoding)
    assert (found.encoding, towns(found)) == (known_as, ["Saint-Ézy Süd €"])


def test_one_strange_byte_at_the_end_of_a_long_file_decides(tmp_path: Path) -> None:
    found = source(tmp_path, b"town,county\n" + b"Ashford,Kent\n" * 90_000 + b"Caf\xe9,Kent\n")
    assert found.encoding == "cp1252"
    assert towns(found)[-1] == "Café"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(tmp_path: Path, separator: str) -> None:
    found = source(tmp_path, f"town{separator}county\nAshford{separator}Kent\n")
    assert (found.separator, towns(found)) == (separator, ["Ashford"])


def test_names_of_columns_may_be_in_any_order_case_and_company(tmp_path: Path) -> None:
    found = source(tmp_path, "mayor, COUNTY ,Town\nNobody,Kent,Ashford\n")
    assert (towns(found), found.not_used) == (["Ashford"], ["mayor"])


def test_a_line_break_in_quotation_marks_belongs_to_its_cell(tmp_path: Path) -> None:
    found = source(tmp_path, 'town,county\r\n"Ash\nford","Kent, ""the garden"""\r\nDover,Kent\r\n')
    rows = list(found.rows())
    assert [(row.number, row.cells["county"]) for row in rows] == [(2, 'Kent, "the garden"'), (3, "Kent")]


def test_blank_lines_are_passed_over_and_counted(tmp_path: Path) -> None:
    found = source(tmp_path, "town,county\n\nAshford,Kent\n,\n\n")
    assert [row.number for row in found.rows()] == [3]
    assert found.blank == 3


def test_a_row_with_too_few_or_too_many_cells_is_handed_on_with_its_fault(tmp_path: Path) -> None:
    found = source(tmp_path, "town,county\nAshford\nDover,Kent,England\nDeal,Kent\n")
    problems = [row.problem for row in found.rows()]
    assert problems == [
        "the row has 1 cells, and there are 2 columns",
        "the row has 3 cells, and there are 2 columns",
        "",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "towns.csv is empty."),
        (b"\xef\xbb\xbf \r\n\r\n", "towns.csv is empty."),
        (
            b"PK\x03\x04rest of a workbook",
            "towns.csv is an Excel workbook or another packed file: save it as CSV first.",
        ),
        (b"%PDF-1.7", "towns.csv is a PDF: save it as CSV first."),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d",
            "towns.csv is no text: it fits neither UTF-8 nor Windows-1252.",
        ),
        (b"town\nAshford\n", "This column is missing in towns.csv, a list of towns: county."),
        (
            b"Ashford,Kent\nDover,Kent\n",
            "does not look like a list of towns: .* none of these is there: town, county.",
        ),
        (b"town,county,Town\nA,B,C\n", "towns.csv has a column twice: town."),
        (b"{'json': 1}", "does not look like a list of towns"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(PlainError, match=said):
        source(tmp_path, content)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(PlainError, match="nowhere.csv cannot be read: no such file or directory."):
        look_at(tmp_path / "nowhere.csv", LAYOUT)


def test_all_missing_columns_are_named_at_once(desk: Desk) -> None:
    path = desk.file("exclusions.csv", {"pupilonrolltableid": "p1", "category": "PERM"})
    with pytest.raises(
        PlainError, match="These columns are missing in exclusions.csv, .*: .*numbers?|startdate, reason1"
    ):
        desk.take("exclusions", path)
    assert set(exclusions.LAYOUT.required) - {"pupilonrolltableid", "category"} == {
        "termlyexclusionsonrolltableid",
        "startdate",
        "reason1",
    }


def test_a_quotation_mark_that_is_never_closed_is_said_and_not_swallowed(tmp_path: Path) -> None:
    found = source(tmp_path, 'town,county\nAshford,Kent\n"Dover,Kent\n' + "Deal,Kent\n" * 20_000)
    with pytest.raises(
        PlainError, match="cannot be read after row 2: a quotation mark is opened there and never closed"
    ):
        list(found.rows())


def test_a_row_that_comes_twice_is_taken_once(desk: Desk) -> None:
    taken = desk.take("pupils", A_PUPIL, A_PUPIL)
    assert desk.counts(taken) == {"taken": 1, "already there": 1}
    assert desk.report[1]["worth knowing"] == "the same row came before: row 2"


def test_two_rows_with_one_number_that_differ_are_not_chosen_between(desk: Desk) -> None:
    taken = desk.take("pupils", A_PUPIL, {**A_PUPIL, "surname": "Example"})
    assert desk.counts(taken) == {"taken": 1, "refused": 1}
    assert desk.report[1]["why not"] == "row 2 has the same number and says something else"


def test_a_file_without_rows_changes_nothing(desk: Desk) -> None:
    path = desk.folder / "pupils.csv"
    path.write_text(",".join(A_PUPIL) + "\n")
    assert desk.take("pupils", path).tally.rows == 0


def test_nothing_in_a_report_is_run_by_a_spreadsheet(desk: Desk) -> None:
    outcome = Outcome(2)
    outcome.note("=cmd|' /C calc'!A0")
    from service.imports.reporting import RowReport

    with RowReport(desk.folder / "report.csv") as report:
        report.add(outcome)
    assert "'=cmd" in (desk.folder / "report.csv").read_text(encoding="utf-8-sig")


def test_a_report_that_cannot_be_written_is_said_before_anything_is_taken(desk: Desk) -> None:
    with pytest.raises(PlainError, match=r"The report .* cannot be written"):
        desk.take("pupils", A_PUPIL, report=desk.folder / "nowhere" / "report.csv")
    assert desk.history.head() == 0


@pytest.mark.long
def test_a_hundred_megabytes_are_read_in_memory_that_does_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "towns.csv"
    with path.open("w") as out:
        out.write("town,county,notes\n")
        for n in range(100_000):
            out.write(f"Town {n},County of {n},{'x' * 1000}\n")
    assert path.stat().st_size > 100_000_000
    tracemalloc.start()
    count = sum(1 for _ in look_at(path, LAYOUT).rows())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 100_000
    assert most < 10_000_000
