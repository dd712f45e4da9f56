"""Between leaving for the sign-in service and coming back: what this browser has to bring, kept in a cookie of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Protocol

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from api.pages.session import Sessions

COOKIE = "__Host-placements-way-in"
SECONDS = 600
"""Long enough to find a telephone with a code on it."""

PROBLEMS = {
    "wrong_state": "This sign-in did not begin in this browser, or it was begun again since. Sign in once more.",
    "too_late": "Signing in took too long, or was done already. Sign in once more.",
    "wrong_issuer": "Another sign-in service answered than the one that is set. Nobody was signed in. Tell who runs this service.",
    "wrong_token": "The sign-in service answered with something that cannot be trusted. Nobody was signed in. Sign in once more.",
    "declined": "You did not allow the sign-in. Nobody was signed in.",
    "refused": "The sign-in service did not accept this sign-in. Sign in once more.",
    "not_verified": "The sign-in service has not made sure that the e-mail address is yours. Ask who runs it.",
    "away": "The sign-in service does not answer just now. Try again in a minute.",
    "too_many": "There were too many attempts from here. Try again in a minute.",
    "no_role": "You are signed in, but hold no role here yet. Ask the administrator of your organisation to grant you one.",
}
"""What went wrong, in words for the person. Nothing of what the service said is repeated: it may hold a secret."""


class CannotSignIn(Exception):
    """Nobody is signed in. `code` says why, as in PROBLEMS."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """What binds an answer to the browser that asked: each of it is used once."""

    state: str
    nonce: str
    verifier: str
    wanted: str
    """The page to go to afterwards."""


class SignInService(Protocol):
    """Whoever says who somebody is."""

    @property
    def elsewhere(self) -> str:
        """The origins to which our forms may lead."""

    async def learn(self) -> None:
        """Ask the service for its description, so that a page can say where it leads. Raises CannotSignIn."""

    async def begin(self, wanted: str) -> tuple[str, OnTheWay]:
        """Where to send the browser, and what it has to bring back. Raises CannotSignIn."""

    async def finish(self, answer: Mapping[str, str], way: OnTheWay) -> str:
        """The person who comes back. Raises CannotSignIn."""

    async def out(self, back: str) -> str:
        """Where one signs out there, too; empty where one cannot."""


def keep(response: Response, sessions: Sessions, way: OnTheWay) -> None:
    """Give it to the browser."""
    said = _signer(sessions).dumps(astuple(way))
    response.set_cookie(COOKIE, said, max_age=SECONDS, secure=True, httponly=True, samesite="lax", path="/")


def kept(request: Request, sessions: Sessions) -> OnTheWay:
    """What the browser brings. Raises CannotSignIn."""
    try:
        return OnTheWay(*_signer(sessions).loads(request.cookies.get(COOKIE, ""), max_age=SECONDS))
    except (BadSignature, TypeError):
        raise CannotSignIn("too_late") from None


def drop(response: Response) -> None:
    """It was used."""
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax", path="/")


def _signer(sessions: Sessions) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(sessions.key, salt="placements.way_in")
