"""Input that is meant to break something: it is refused in words, and breaks nothing."""

from __future__ import annotations

import time

import pytest

from tests.api.people import Service
from tests.support.walk import PLACEMENT

PATH = f"/placements/{PLACEMENT}/log-contact"
GOOD = b'{"kind": "visit", "with_whom": ["child"], "on": "2026-11-23", "notes": "%s"}'


def send(service: Service, raw: bytes, path: str = PATH) -> int:
    """The status of the answer to these bytes; the service still answers afterwards."""
    headers = {"Authorization": f"Bearer {service.token('officer')}", "Content-Type": "application/json"}
    answer = service.client.post(path, content=raw, headers=headers)
    assert answer.headers["content-type"] in ("application/problem+json", "application/json")
    assert service.client.get("/health/live").status_code == 200
    return answer.status_code


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"{",
        b"nope",
        b'{"contact": 1, "contact": 2}',
        b'{"contact": {"kind": "visit", "kind": "call"}}',
        b'{"contact": NaN}',
        b'{"contact": Infinity}',
        b'{"contact": -Infinity}',
        b'{"contact": 1e999}',
        b'{"contact": ' + b"9" * 5000 + b"}",
        b'{"contact": ' + b"9" * 25 + b"}",
        b'{"contact": "\xff\xfe"}',
        b"\xef\xbb\xbf{}",
        b'{"contact": "\x00"}',
        b"[" * 100_000 + b"]" * 100_000,
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b"[" * 60 + b"]" * 60,
        b'"' + b"\\" * 999 + b'"',
        b"{} {}",
    ],
    ids=lambda raw: raw[:24].decode("latin-1"),
)
def test_bytes_that_are_no_good_json_are_malformed(standing: Service, raw: bytes) -> None:
    assert send(standing, raw) == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"null",
        b"7",
        b'"text"',
        b"[]",
        b"true",
        b"{}",
        b'{"contact": null}',
        b'{"contact": {"notes": "\\u0000"}}',
        b'{"contact": {"notes": "\\ud800"}}',
        b'{"\\ud800": 1}',
        b'{"contact": {"kind": "visit", "with_whom": "child", "on": 20261123, "notes": 7}}',
        b'{"contact": ' + GOOD % b"x" + b', "decision": {"known_at": -1}}',
        b'{"contact": ' + GOOD % b"x" + b', "decision": {"known_at": "7"}}',
        b'{"contact": ' + GOOD % (b"x" * 9000) + b"}",
        b'{"contact": [' + b"1," * 20_000 + b"1]}",
    ],
    ids=lambda raw: raw[:40].decode("latin-1"),
)
def test_json_that_is_no_such_request_does_not_fit(standing: Service, raw: bytes) -> None:
    assert send(standing, raw) == 422


def test_a_text_is_not_taken_for_a_number(standing: Service) -> None:
    hours = (
        b'{"hours": {"hours_per_week": "12", "sessions_per_week": "4", "from_on": "2026-11-23", "why": "x"}}'
    )
    assert send(standing, hours, f"/placements/{PLACEMENT}/change-hours") == 422
    endless = hours.replace(b'"12"', b'"Infinity"').replace(b'"4"', b"4")
    assert send(standing, endless, f"/placements/{PLACEMENT}/change-hours") == 422


def test_words_of_every_language_and_shape_are_kept_as_they_are(service: Service) -> None:
    service.walk.live_until("start_placement")
    words = "Ünïcödé \u202e\U0001f9d1 '; DROP TABLE events; -- <script> {{7*7}} \n\t\\u0041"
    contact = {
        "kind": "visit",
        "with_whom": ["child"],
        "on": "2026-11-23",
        "notes": words,
        "child_seen": True,
    }
    assert service.do("log_contact", contact=contact).status_code == 200
    assert service.get(f"/placements/{PLACEMENT}").json()["contacts"][-1]["notes"] == words


@pytest.mark.parametrize(
    "path",
    [
        "/placements/%00",
        "/placements/..%2f..%2fetc%2fpasswd",
        "/placements/" + "a" * 5000,
        "/children/' OR 1=1 --",
        "/placements//events",
        "/%ff%fe",
        "/schemas/../../etc",
        "/schemas/start_placement",
        "/schemas/record-nothing",
    ],
)
def test_an_address_that_means_nothing_finds_nothing(standing: Service, path: str) -> None:
    assert standing.get(path).status_code == 404


@pytest.mark.parametrize(
    "name", ["%", "_", "\\", "' OR 1=1 --", "%25%00", "a" * 200, "\U0001f9d1", "((((", "*"]
)
def test_a_search_is_only_ever_for_words(standing: Service, name: str) -> None:
    answer = standing.get("/children", name=name)
    assert answer.status_code == 200
    assert answer.json()["rows"] == []


def test_a_large_body_of_nonsense_costs_little(standing: Service) -> None:
    began = time.monotonic()
    for raw in (
        b'["' + b'\\"' * 500_000,
        b"[" + b'"",' * 300_000 + b'""]',
        b"{" + b'"a":{},' * 1,
        b"-" * 1_000_000,
    ):
        assert send(standing, raw) in (400, 422)
    assert time.monotonic() - began < 8


def test_a_text_that_nobody_can_see_is_refused_at_its_field(service: Service) -> None:
    for unseen in ("\u200b", "\u2065", "\x1b"):
        answer = service.do("refer_child", given_names=unseen)
        assert answer.status_code == 422
        [reason] = [one for one in answer.json()["reasons"] if one["code"] == "field_text_unreadable"]
        assert reason["field"] == "given_names"
        assert reason["message"][0] == "I"
