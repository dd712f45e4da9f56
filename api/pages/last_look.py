"""Since when somebody has not looked: two positions of the history in a cookie of their own, which says nothing of who they are.

On a shared computer each person has one. It outlives signing out: what came overnight is news in the morning.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass

from itsdangerous import BadSignature, Signer
from starlette.requests import HTTPConnection
from starlette.responses import Response

from api.pages.session import Sessions
from api.tokens import SignedIn

COOKIE = "__Host-looked"
"""How the names of these cookies begin; a keyed hash of the person follows."""
A_PAUSE = 30 * 60
"""Seconds. Who comes back after so long begins anew: what they saw before is what they know."""
A_MONTH = 31 * 86400


@dataclass(frozen=True, slots=True)
class LastLook:
    """`since`: what came after it is news; none on the first look. `seen`: how far the page reached that was shown last."""

    since: int | None = None
    seen: int = 0
    at: int = 0
    """Seconds since 1970 at which that was."""

    @classmethod
    def of(
        cls, connection: HTTPConnection, sessions: Sessions, person: SignedIn, now: float | None = None
    ) -> LastLook:
        """What the browser says of this person. Something that we did not write, or wrote for another, means nothing."""
        name, seal = _sealed_for(sessions, person)
        try:
            said = seal.unsign(connection.cookies.get(name, "")).decode()
        except BadSignature:
            return cls()
        since, seen, at = (int(part) for part in said.split("."))
        at_now = int(time.time() if now is None else now)
        return cls(seen if at_now - at > A_PAUSE else since, seen, at)

    def keep(
        self,
        response: Response,
        sessions: Sessions,
        person: SignedIn,
        position: int,
        now: float | None = None,
    ) -> None:
        """Remember in the browser that everything up to a position was shown to this person now."""
        since = position if self.since is None else self.since
        said = f"{since}.{position}.{int(time.time() if now is None else now)}"
        name, seal = _sealed_for(sessions, person)
        response.set_cookie(
            name,
            seal.sign(said).decode(),
            max_age=A_MONTH,
            secure=True,
            httponly=True,
            samesite="lax",
            path="/",
        )


def _sealed_for(sessions: Sessions, person: SignedIn) -> tuple[str, Signer]:
    """The cookie of one person who acts for one organisation, and its seal. Without the key nobody can tell from either who that is."""
    whom = f"{person.organisation_id}\n{person.person_id}"
    mark = hmac.digest(sessions.key, f"placements.looked\n{whom}".encode(), "sha256").hex()[:16]
    return f"{COOKIE}-{mark}", Signer(sessions.key, salt=f"placements.looked.{mark}")
