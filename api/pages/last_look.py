"""Since when somebody has not looked: two positions of the history in a cookie, and nothing about anybody."""

from __future__ import annotations

import time
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

COOKIE = "__Host-looked"
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
    def of(cls, connection: HTTPConnection, now: float | None = None) -> LastLook:
        """What the browser says. Something that we did not write means nothing."""
        parts = connection.cookies.get(COOKIE, "").split(".")
        if len(parts) != 3 or not all(
            part.isascii() and part.isdecimal() and len(part) < 18 for part in parts
        ):
            return cls()
        since, seen, at = (int(part) for part in parts)
        at_now = int(time.time() if now is None else now)
        return cls(seen if at_now - at > A_PAUSE else since, seen, at)

    def keep(self, response: Response, position: int, now: float | None = None) -> None:
        """Remember in the browser that everything up to a position was shown now."""
        since = position if self.since is None else self.since
        said = f"{since}.{position}.{int(time.time() if now is None else now)}"
        response.set_cookie(
            COOKIE, said, max_age=A_MONTH, secure=True, httponly=True, samesite="lax", path="/"
        )
