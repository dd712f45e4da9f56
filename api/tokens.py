"""What a sign-in token must prove before anyone believes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from joserfc import jws, jwt
from joserfc.errors import JoseError

from api.signing_keys import Key, Keys

LEEWAY = 30.0
"""Seconds by which the clocks of two computers may differ."""
LONGEST = 8_192
"""Characters; no honest token is longer."""
FAR = 1e12
"""Seconds; no honest token speaks of an instant so far away, and NaN and infinity lie beyond it."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Whom a token speaks of. What they may do is not for a token to say."""

    person_id: str
    organisation_id: UUID | None


class NotSignedIn(Exception):
    """The request proves nobody's identity. `code` says why, for the record of refusals."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class _OurAlgorithms(jws.JWSRegistry):
    """ES256 and EdDSA, and no other. EdDSA and Ed25519 are two names of one thing (RFC 9864)."""

    def __init__(self) -> None:
        super().__init__(algorithms=("ES256", "Ed25519"), strict_check_header=False)

    def get_alg(self, name: str) -> Any:
        """The algorithm. Raises UnsupportedAlgorithmError, also for `none` and every shared secret."""
        return super().get_alg("Ed25519" if name == "EdDSA" else name)


class Tokens:
    """Checks tokens of one issuer for one audience."""

    def __init__(self, keys: Keys, issuer: str, audience: str, clock: Callable[[], datetime]) -> None:
        self.keys, self.issuer, self.audience, self.clock = keys, issuer, audience, clock
        self._algorithms = _OurAlgorithms()

    def check(self, token: str) -> SignedIn:
        """Whom the token speaks of. Raises NotSignedIn."""
        claims = self._claims(token)
        audience = claims.get("aud")
        if claims.get("iss") != self.issuer:
            raise NotSignedIn("wrong_issuer")
        if self.audience not in (audience if isinstance(audience, list) else [audience]):
            raise NotSignedIn("wrong_audience")
        now = self.clock().timestamp()
        expires = _instant(claims, "exp")
        if expires is None or now > expires + LEEWAY:
            raise NotSignedIn("token_expired")
        if (begins := _instant(claims, "nbf")) is not None and now < begins - LEEWAY:
            raise NotSignedIn("token_not_yet_valid")
        return SignedIn(_person(claims), _organisation(claims))

    def _claims(self, token: str) -> dict[str, Any]:
        if len(token) > LONGEST:
            raise NotSignedIn("token_malformed")
        try:
            header = jws.extract_compact(token.encode("ascii")).protected
            kid = header.get("kid")
            found = self.keys.find(kid if isinstance(kid, str) else None)
        except (JoseError, ValueError, RecursionError):
            raise NotSignedIn("token_malformed") from None
        if not found:
            raise NotSignedIn("unknown_key")
        # A token that names no key is tried with each, and there are never more than a few.
        for key in found[:8]:
            claims = self._opened(token, key)
            if claims is not None:
                return claims
        raise NotSignedIn("bad_signature")

    def _opened(self, token: str, key: Key) -> dict[str, Any] | None:
        try:
            return dict(jwt.decode(token, key, registry=self._algorithms).claims)
        except (JoseError, ValueError, RecursionError):
            return None


def _instant(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not -FAR < value < FAR:
        raise NotSignedIn("token_malformed")
    return float(value)


def _person(claims: dict[str, Any]) -> str:
    person = claims.get("sub")
    if not isinstance(person, str) or not 1 <= len(person) <= 200 or not person.isprintable():
        raise NotSignedIn("token_malformed")
    return person


def _organisation(claims: dict[str, Any]) -> UUID | None:
    named = claims.get("org")
    if named is None:
        return None
    try:
        return UUID(named)
    except (ValueError, TypeError, AttributeError):
        raise NotSignedIn("token_malformed") from None
