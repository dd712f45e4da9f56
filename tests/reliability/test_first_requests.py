"""A service that has just started is asked by many at once, before anything in it was ever used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.running_service import CHECKOUT


@pytest.mark.parametrize("what", ["read", "told", "checked", "asked"])
def test_what_is_worked_out_on_first_use_may_be_used_by_many_at_once(what: str, database_url: str) -> None:
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-m", "tests.reliability.first_requests", what, database_url],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-2000:]}"
