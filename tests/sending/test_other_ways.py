"""Ways that need another side: GOV.UK Notify by its own client against a likeness of it, and signed requests over TLS."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from service.sending.by_notify import Account, EmailByNotify, TextByNotify
from service.sending.by_webhook import ByWebhook
from service.sending.in_files import InFiles
from service.sending.letter import Letter, NotCarried
from tests.sending.certificate import certificate_for_localhost
from tests.support.walk import MONDAY

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
LETTER = Letter(
    id=UUID(int=7),
    to="mona@mail.example",
    subject="An absence",
    body="What changed",
    short="What changed",
    ids={"template": "overdue", "message_id": str(UUID(int=8))},
    asked_at=MONDAY,
)


@dataclass
class Other:
    """The other side: what it got, and what it answers next."""

    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    notifications: dict[str, dict[str, Any]] = field(default_factory=dict)
    url: str = ""


def serve(other: Other, context: ssl.SSLContext | None = None) -> HTTPServer:
    """A web server that keeps what it is sent, and knows the three calls of GOV.UK Notify that are used here."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Quietly."""

        def do_GET(self) -> None:
            reference = parse_qs(urlsplit(self.path).query).get("reference", [""])[0]
            found = [one for one in other.notifications.values() if one["reference"] == reference]
            self._say(200, {"notifications": found, "links": {}})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            other.requests.append(("POST", self.path, dict(self.headers.items()), body))
            status = other.answers.pop(0) if other.answers else 201
            told: dict[str, Any] = {"errors": [{"error": "E", "message": "mona@mail.example is wrong"}]}
            if status < 300 and self.path.startswith("/v2"):
                asked = json.loads(body)
                told = {"id": str(uuid4()), "reference": asked["reference"]}
                other.notifications[told["id"]] = told
            self._say(status, told)

        def _say(self, status: int, body: dict[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = HTTPServer(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def notify() -> Iterator[Other]:
    """GOV.UK Notify, as far as its interface goes."""
    other = Other()
    server = serve(other)
    other.url = f"http://127.0.0.1:{server.server_port}"
    yield other
    server.shutdown()
    server.server_close()


def account(other: Other) -> Account:
    """A service there."""
    return Account(f"placements-{uuid4()}-{uuid4()}", other.url, "email-template", "text-template")


def test_notify_is_given_words_and_a_reference_and_says_what_it_has(notify: Other) -> None:
    carrier = EmailByNotify(account(notify))
    assert carrier.find(LETTER) is None
    reference = carrier.carry(LETTER)
    assert carrier.find(LETTER) == reference
    [(_, path, headers, body)] = notify.requests
    asked = json.loads(body)
    assert path == "/v2/notifications/email"
    assert headers["Authorization"].startswith("Bearer ")
    assert asked["personalisation"] == {"subject": "An absence", "body": "What changed"}
    assert asked["reference"] == str(LETTER.id)


def test_notify_sends_text_messages(notify: Other) -> None:
    TextByNotify(account(notify)).carry(LETTER)
    assert notify.requests[0][1] == "/v2/notifications/sms"


@pytest.mark.parametrize(
    ("status", "code", "for_good", "away"),
    [
        (400, "refused", True, False),
        (403, "sign_in_failed", False, True),
        (429, "put_off", False, True),
        (500, "unreachable", False, True),
    ],
)
def test_what_notify_answers_is_understood_and_its_words_are_not_kept(
    notify: Other, status: int, code: str, for_good: bool, away: bool, caplog: pytest.LogCaptureFixture
) -> None:
    notify.answers = [status]
    with pytest.raises(NotCarried) as problem:
        EmailByNotify(account(notify)).carry(LETTER)
    assert (problem.value.code, problem.value.for_good, problem.value.away) == (code, for_good, away)
    assert "mona" not in str(problem.value) + caplog.text


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[tuple[Other, str]]:
    """Another system with a certificate of its own, and the file that says to trust it."""
    context, authorities = certificate_for_localhost(tmp_path)
    other = Other()
    server = serve(other, context)
    other.url = f"https://localhost:{server.server_port}/hooks"
    yield other, authorities
    server.shutdown()
    server.server_close()


def to(other: Other) -> Letter:
    """A letter to that system."""
    return Letter(
        id=LETTER.id, to=other.url, subject="", body="", secret=SECRET, ids=LETTER.ids, asked_at=MONDAY
    )


def test_a_request_is_signed_so_that_the_other_side_can_check_it(endpoint: tuple[Other, str]) -> None:
    other, authorities = endpoint
    ByWebhook(lambda: MONDAY, may_be_local=True, authorities=authorities).carry(to(other))
    [(_, path, headers, body)] = other.requests
    assert path == "/hooks"
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(bytes(range(32)), said, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(MONDAY.timestamp())


def test_the_body_is_a_cloud_event_with_ids_and_no_words(endpoint: tuple[Other, str]) -> None:
    other, authorities = endpoint
    ByWebhook(lambda: MONDAY, may_be_local=True, authorities=authorities).carry(to(other))
    event = json.loads(other.requests[0][3])
    assert {name for name in ("specversion", "id", "source", "type") if event[name]} == {
        "specversion",
        "id",
        "source",
        "type",
    }
    assert event["specversion"] == "1.0"
    assert event["data"] == LETTER.ids


def test_an_address_within_ones_own_network_is_not_sent_anything(endpoint: tuple[Other, str]) -> None:
    other, authorities = endpoint
    with pytest.raises(NotCarried) as problem:
        ByWebhook(lambda: MONDAY, authorities=authorities).carry(to(other))
    assert (problem.value.code, problem.value.for_good) == ("address_is_not_public", True)
    assert other.requests == []


def test_a_certificate_that_is_not_trusted_is_sent_nothing(endpoint: tuple[Other, str]) -> None:
    other, _ = endpoint
    with pytest.raises(NotCarried) as problem:
        ByWebhook(lambda: MONDAY, may_be_local=True).carry(to(other))
    assert problem.value.code == "unreachable"
    assert other.requests == []


@pytest.mark.parametrize(("status", "for_good"), [(500, False), (404, False), (410, True), (302, False)])
def test_only_gone_is_for_good_and_nobody_is_followed_elsewhere(
    endpoint: tuple[Other, str], status: int, for_good: bool
) -> None:
    other, authorities = endpoint
    other.answers = [status]
    with pytest.raises(NotCarried) as problem:
        ByWebhook(lambda: MONDAY, may_be_local=True, authorities=authorities).carry(to(other))
    assert problem.value.for_good == for_good
    assert len(other.requests) == 1


def test_a_file_is_written_whole_once_and_for_nobody_else(tmp_path: Path) -> None:
    files = InFiles(tmp_path / "messages")
    assert files.find(LETTER) is None
    name = files.carry(LETTER)
    assert files.find(LETTER) == name
    [file] = (tmp_path / "messages").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert "Subject: An absence" in file.read_text()
