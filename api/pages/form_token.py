"""Proves that a form came from our own page, in this person's browser: without it another site could press our buttons."""

from __future__ import annotations

from hmac import compare_digest, digest

from starlette.datastructures import FormData
from starlette.requests import HTTPConnection

from api.pages.session import COOKIE, Sessions

FIELD = "form_token"


def token_for(connection: HTTPConnection, sessions: Sessions) -> str:
    """The token of this browser's session; for who is not signed in, one that signing in asks for."""
    session = connection.cookies.get(COOKIE, "")
    return digest(sessions.key, f"placements.form {session}".encode(), "sha256").hex()


def is_ours(connection: HTTPConnection, sessions: Sessions, form: FormData) -> bool:
    """Whether the form carries it, and the browser does not say that another site sent it."""
    given = form.get(FIELD)
    if connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    return isinstance(given, str) and compare_digest(given.encode(), token_for(connection, sessions).encode())
