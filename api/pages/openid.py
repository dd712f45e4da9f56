"""Sign-in through an organisation's own service: OpenID Connect, authorization code with PKCE (RFC 6749, RFC 7636, RFC 9700).

Of what the service tells, one claim is kept: who it is. What they may do is in the record of their organisation.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from api.pages.way_in import CannotSignIn, OnTheWay

ALGORITHMS = ["RS256", "PS256", "ES256", "Ed25519"]
"""With a key pair, all of them: a shared secret would let whoever knows it sign in as anybody."""
KNOWN_FOR = 3600.0
"""Seconds for which the service's own description is believed."""
PATIENCE = 10.0
LEEWAY = 30
"""Seconds by which two clocks may differ."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ADDRESSES = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class OpenId:
    """One sign-in service. It is asked for its description when somebody first signs in, so that ours starts without it."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str | None,
        back_at: str,
        *,
        claim: str = "sub",
        now: Callable[[], float] = time.time,
    ) -> None:
        self.issuer, self.client_id, self.back_at, self.claim = issuer, client_id, back_at, claim
        self._secret, self._now = client_secret, now
        self._known: tuple[float, dict[str, Any], KeySet] | None = None

    @property
    def elsewhere(self) -> str:
        """The origins to which our forms may lead: where one signs in, and out."""
        description = self._known[1] if self._known else {}
        addresses = [
            self.issuer,
            *(description.get(name, "") for name in ("authorization_endpoint", "end_session_endpoint")),
        ]
        parts = [urlsplit(address) for address in addresses if address]
        return " ".join(sorted({f"{part.scheme}://{part.netloc}" for part in parts}))

    async def learn(self) -> None:
        """Ask the service for its description. Raises CannotSignIn."""
        await self._describe()

    async def begin(self, wanted: str) -> tuple[str, OnTheWay]:
        """Where to send the browser, and what it has to bring back. Raises CannotSignIn."""
        description, _ = await self._describe()
        way = OnTheWay(
            secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), wanted
        )
        async with self._client() as client:
            address, _ = client.create_authorization_url(
                description["authorization_endpoint"],
                state=way.state,
                nonce=way.nonce,
                code_verifier=way.verifier,
            )
        return str(address), way

    async def finish(self, answer: Mapping[str, str], way: OnTheWay) -> str:
        """The person who comes back, as the service names them. Raises CannotSignIn."""
        if not compare_digest(answer.get("state", "").encode(), way.state.encode()):
            raise CannotSignIn("wrong_state")
        # Another service may have been made to answer in the place of ours (RFC 9207).
        if answer.get("iss", self.issuer) != self.issuer:
            raise CannotSignIn("wrong_issuer")
        if "error" in answer or not answer.get("code"):
            raise CannotSignIn("declined" if answer.get("error") == "access_denied" else "refused")
        description, keys = await self._describe()
        token = await self._redeem(description, answer["code"], way)
        claims = await self._claims(token, keys)
        try:
            options = {"iss": {"essential": True, "value": self.issuer}}
            asked = {
                "nonce": way.nonce,
                "client_id": self.client_id,
                "access_token": token.get("access_token"),
            }
            CodeIDToken(claims.claims, claims.header, options, asked).validate(
                now=int(self._now()), leeway=LEEWAY
            )
        except JoseError as error:
            raise CannotSignIn("wrong_token") from error
        return self._person(claims.claims)

    async def out(self, back: str) -> str:
        """Where one signs out there, too; empty where the service has no such address, or does not answer."""
        try:
            description, _ = await self._describe()
        except CannotSignIn:
            return ""
        address = description.get("end_session_endpoint")
        if not address:
            return ""
        asked = urlencode({"client_id": self.client_id, "post_logout_redirect_uri": back})
        return f"{address}{'&' if '?' in address else '?'}{asked}"

    async def _redeem(self, description: dict[str, Any], code: str, way: OnTheWay) -> dict[str, Any]:
        try:
            async with self._client() as client:
                return dict(
                    await client.fetch_token(
                        description["token_endpoint"],
                        code=code,
                        code_verifier=way.verifier,
                        grant_type="authorization_code",
                    )
                )
        except OAuthError as error:
            raise CannotSignIn("refused") from error
        except (httpx2.HTTPError, ValueError) as error:
            raise CannotSignIn("away") from error

    async def _claims(self, token: dict[str, Any], keys: KeySet) -> jwt.Token:
        said = token.get("id_token")
        if not isinstance(said, str):
            raise CannotSignIn("wrong_token")
        registry = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        try:
            try:
                return jwt.decode(said, keys, registry=registry)
            except InvalidKeyIdError:
                # The service signs with a new key: ask for its keys once more.
                self._known = None
                _, keys = await self._describe()
                return jwt.decode(said, keys, registry=registry)
        except (JoseError, ValueError) as error:
            raise CannotSignIn("wrong_token") from error

    def _person(self, claims: dict[str, Any]) -> str:
        person = claims.get(self.claim)
        if self.claim == "email" and claims.get("email_verified") is not True:
            raise CannotSignIn("not_verified")
        if not isinstance(person, str) or not 1 <= len(person) <= 200 or not person.isprintable():
            raise CannotSignIn("wrong_token")
        return person

    async def _describe(self) -> tuple[dict[str, Any], KeySet]:
        """The service's description of itself (OpenID Connect Discovery 1.0), and its keys."""
        if self._known and self._now() - self._known[0] < KNOWN_FOR:
            return self._known[1], self._known[2]
        try:
            async with httpx2.AsyncClient(timeout=PATIENCE) as client:
                at = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
                description = (await client.get(at)).raise_for_status().json()
                self._check(description)
                keys = KeySet.import_key_set(
                    (await client.get(description["jwks_uri"])).raise_for_status().json()
                )
        except (httpx2.HTTPError, JoseError, ValueError, KeyError, TypeError) as error:
            raise CannotSignIn("away") from error
        self._known = (self._now(), description, keys)
        return description, keys

    def _check(self, description: Any) -> None:
        if not isinstance(description, dict) or description.get("issuer") != self.issuer:
            raise CannotSignIn("wrong_issuer")
        for name in ADDRESSES:
            parts = urlsplit(str(description[name]))
            if parts.scheme != "https" and parts.hostname not in LOOPBACK:
                raise CannotSignIn("wrong_issuer")

    def _client(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self.client_id,
            client_secret=self._secret,
            scope="openid email" if self.claim == "email" else "openid",
            redirect_uri=self.back_at,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
            timeout=PATIENCE,
        )
