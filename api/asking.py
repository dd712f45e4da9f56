"""Who is asking, and how the request came: what every route that is not public begins with."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Header, Query, Request, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.conditions import version_wanted
from api.desk import Desk
from api.problem import MALFORMED, NOT_SIGNED_IN, TOO_MANY, Problem
from api.tokens import NotSignedIn, SignedIn
from domain.people import Asker
from workflows.sent import Sent

VISIBLE = re.compile(r"[\x21-\x7e]{1,200}")

bearer = HTTPBearer(
    scheme_name="token",
    bearerFormat="JWT",
    description=(
        "A token of the sign-in service, signed with ES256 or EdDSA. `sub` is the person; `org` the organisation's id, "
        "needed by those who belong to more than one. What the person may do is in the organisation's record."
    ),
    auto_error=False,
)


async def signed_in_of(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]
) -> SignedIn:
    """Who asks, whatever roles they hold. Raises Problem."""
    # The pages ask in the name of whoever is signed in there, and put that where no request from outside can.
    ours: SignedIn | None = getattr(request.state, "signed_in", None)
    if ours is not None:
        return ours
    return await run_in_threadpool(_signed_in, request, request.app.state.desk, credentials)


async def asker_of(request: Request, signed_in: Annotated[SignedIn, Depends(signed_in_of)]) -> Asker:
    """The person who asks, with the roles they hold now. Raises Problem or NotPermitted."""
    # What a page is made of is asked within one request, and goes by what its first question found.
    known: Asker | None = getattr(request.state, "known_asker", None)
    if known is None:
        request.state.asker = Asker(signed_in.person_id, "", signed_in.organisation_id, None)
        desk: Desk = request.app.state.desk
        known = await run_in_threadpool(desk.sign_in.asker, signed_in)
    request.state.asker = known
    return known


def _signed_in(request: Request, desk: Desk, credentials: HTTPAuthorizationCredentials | None) -> SignedIn:
    try:
        if credentials is None:
            raise NotSignedIn("no_token")
        return desk.sign_in.check(credentials.credentials)
    except NotSignedIn as refusal:
        raise turned_away(request, desk, refusal.code) from None


def turned_away(request: Request, desk: Desk, code: str) -> Problem:
    """The answer to who has no good token or key, once it is on record that they were here."""
    address = request.client.host if request.client else ""
    desk.access.not_signed_in(address, code, request.method, request.scope["route"].path)
    wait = desk.strangers.seconds_to_wait(address)
    if wait:
        return Problem(
            TOO_MANY, f"Sign in, or come again in {wait} seconds.", headers={"Retry-After": str(wait)}
        )
    said = 'Bearer realm="placements"'
    if code == "no_token":
        return Problem(NOT_SIGNED_IN, "Send a sign-in token.", headers={"WWW-Authenticate": said})
    detail = "The sign-in token does not hold. Sign in again."
    return Problem(NOT_SIGNED_IN, detail, headers={"WWW-Authenticate": f'{said}, error="invalid_token"'})


def sent_as(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            description="Your name for this one request, 1 to 200 visible characters: a repetition is answered, not done.",
            examples=["start-2026-11-23-a"],
        ),
    ] = None,
    if_match: Annotated[
        str | None, Header(description='Only if the record still has this version, such as `"7"`.')
    ] = None,
    only_weigh: Annotated[
        bool,
        Query(description="Decide, and say what would come of it, with every warning; nothing is saved."),
    ] = False,
) -> Sent:
    """How a command came. Raises Problem where a header cannot be read."""
    if idempotency_key is not None and not VISIBLE.fullmatch(idempotency_key):
        raise Problem(MALFORMED, "Idempotency-Key must have 1 to 200 visible characters, without spaces.")
    return Sent(
        correlation_id=request.state.correlation_id,
        idempotency_key=idempotency_key,
        if_version=version_wanted(if_match),
        only_weigh=only_weigh,
    )


SigningIn = Annotated[SignedIn, Depends(signed_in_of)]
Asking = Annotated[Asker, Depends(asker_of)]
SentAs = Annotated[Sent, Depends(sent_as)]
