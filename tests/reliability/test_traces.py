"""From a request over its command and a trigger to a message is one trace; no word of a child is in it, nor in the logs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from history.tracing import correlation_now, span

CHECKOUT = Path(__file__).resolve().parents[2]
CORRELATION = UUID("5b0f6a52-6f0e-4d8e-9d54-00000000abcd")


def test_outside_of_a_trace_everything_has_an_id_of_its_own() -> None:
    assert correlation_now() != correlation_now()
    with span("one", CORRELATION):
        assert correlation_now() == CORRELATION


def test_the_whole_way_is_one_trace_and_neither_traces_nor_logs_have_a_personal_word(
    database_url: str,
) -> None:
    # In a process of its own: who records spans can be set once in each.
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tests.reliability.traced", database_url],
        cwd=CHECKOUT, env={"PYTHONPATH": str(CHECKOUT), "PATH": ""}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    of_the_absence = [one for one in told["spans"] if one["trace"] == told["correlation"]]
    names = {one["name"] for one in of_the_absence}
    assert "POST /providers/{id}/report-day" in names
    assert "command report_day" in names
    assert "trigger an_unexplained_absence_is_told_the_same_day" in names
    assert "command tell" in names
    assert "message unexplained_absence" in names
    assert "command address_message" in names
    by_id = {one["id"]: one for one in told["spans"]}
    [command] = [one for one in of_the_absence if one["name"] == "command report_day"]
    assert by_id[command["parent"]]["name"] == "POST /providers/{id}/report-day"
    assert by_id[command["parent"]]["parent"] == "00f067aa0ba902b7", "under the caller's own span"

    everything = json.dumps(told["spans"])
    for canary in told["canaries"]:
        assert canary not in everything, canary
    for line in done.stderr.splitlines():
        heard = [canary for canary in told["canaries"] if canary in line]
        assert heard == [], line
    assert '"logger": "history.job"' in done.stderr
    assert f'"correlation_id": "{UUID(int=told["correlation"])}"' in done.stderr
    # What goes wrong is told by its class: the request that failed says nothing of what it said.
    assert any(one["attributes"].get("error.type") for one in told["spans"])


@pytest.mark.parametrize("text", ["00-" + "0" * 32 + "-00f067aa0ba902b7-01", "nonsense", "00-zz-zz-zz"])
def test_a_callers_nonsense_is_passed_over(text: str) -> None:
    with span("one", CORRELATION, caller=text):
        pass
