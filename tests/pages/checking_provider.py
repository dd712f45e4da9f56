"""Stands before the OpenID provider of the tests and does what that one leaves out: who redeems a code has its verifier (RFC 7636)."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import httpx2

WRONG = b'{"error": "invalid_grant", "error_description": "the verifier does not fit the challenge"}'


def challenge_of(verifier: str) -> str:
    """What is sent ahead of a verifier (RFC 7636, 4.2, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class CheckingProvider(ThreadingHTTPServer):
    """Passes everything on. It remembers the challenge of each code, and which verifiers it was shown."""

    def __init__(self, behind: str) -> None:
        super().__init__(("localhost", 0), _Passing)
        self.behind = behind
        self.challenges: dict[str, str] = {}
        self.verifiers: list[str] = []

    @property
    def issuer(self) -> str:
        """Where it is."""
        return f"http://localhost:{self.server_port}"

    def fits(self, asked: dict[str, list[str]]) -> bool:
        """Whether a request for a token brings the verifier of its code."""
        verifier = asked.get("code_verifier", [""])[0]
        self.verifiers.append(verifier)
        return challenge_of(verifier) == self.challenges.pop(asked.get("code", [""])[0], None)


class _Passing(BaseHTTPRequestHandler):
    server: CheckingProvider

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what is asked here holds codes."""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        asked = parse_qs(body.decode())
        if "grant_type" in asked and not self.server.fits(asked):
            self._answer(400, {"content-type": "application/json"}, WRONG)
            return
        kept = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in ("connection", "accept-encoding")
        }
        # With the host that was asked, so that the provider calls itself by our address.
        told = httpx2.request(
            self.command, f"{self.server.behind}{self.path}", headers=kept, content=body, timeout=10
        )
        code = parse_qs(urlsplit(told.headers.get("location", "")).query).get("code")
        if code:
            self.server.challenges[code[0]] = parse_qs(urlsplit(self.path).query)["code_challenge"][0]
        self._answer(told.status_code, dict(told.headers), told.content)

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name in ("content-type", "location"):
            if name in headers:
                self.send_header(name, headers[name])
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def checking(behind: str) -> Iterator[CheckingProvider]:
    """One that stands before a provider."""
    with CheckingProvider(behind) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield server
        server.shutdown()
        serving.join()
