"""Who uses this browser: a signed cookie that says which person it is, and nothing else about them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.tokens import SignedIn

COOKIE = "__Host-placements"
"""Browsers take a cookie of such a name only when it is Secure, without a domain and for every path; on the computer itself, also
without TLS."""
HOURS = 8
"""A working day. Who closes the browser is signed out as well."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Writes and reads the cookie. Raises ValueError for a key that is too short to keep anybody out."""

    key: bytes

    def __post_init__(self) -> None:
        if len(self.key) < 32:
            raise ValueError("the key of sessions must have at least 32 bytes")

    def begin(self, response: Response, person: SignedIn) -> None:
        """Sign a person in to this browser."""
        said = [person.person_id, str(person.organisation_id) if person.organisation_id else None]
        response.set_cookie(
            COOKIE, self._signer().dumps(said), secure=True, httponly=True, samesite="lax", path="/"
        )

    def end(self, response: Response) -> None:
        """Sign out."""
        response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")

    def read(self, connection: HTTPConnection) -> SignedIn | None:
        """The person of this browser, or none: not signed in, signed in too long ago, or not signed by us."""
        given = connection.cookies.get(COOKIE)
        if not given:
            return None
        try:
            person, organisation = self._signer().loads(given, max_age=HOURS * 3600)
        except BadSignature:
            return None
        return SignedIn(person, UUID(organisation) if organisation else None)

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.key, salt="placements.session")
