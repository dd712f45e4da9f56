"""The page on reliability promises nothing that no test shows."""

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PAGE = (CHECKOUT / "docs" / "reliability.md").read_text()
ROWS = [row for row in PAGE.splitlines() if row.startswith("| ") and "tests/" in row]
NAMED = [
    (path, test) for row in ROWS for path, test in re.findall(r"`(tests/[\w/]+\.py)`(?: `(test_\w+)`)?", row)
]


@pytest.mark.parametrize(("path", "test"), NAMED)
def test_what_a_row_names_is_there(path: str, test: str) -> None:
    assert f"def {test}(" in (CHECKOUT / path).read_text() if test else (CHECKOUT / path).exists()


def test_every_row_names_a_test() -> None:
    assert len(NAMED) == len(ROWS) > 20
