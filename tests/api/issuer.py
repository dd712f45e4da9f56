"""A sign-in service of our own for tests: it issues tokens, good ones and bad ones."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey

ISSUER, AUDIENCE = "https://sign-in.example", "placements"


class Issuer:
    """Signs for the people of the tests; its public keys lie in a file."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.path, self.now = folder / "jwks.json", now
        self.keys: dict[str, ECKey | OKPKey] = {}
        self.add("first")

    def add(self, kid: str, kind: str = "EC") -> None:
        """Make another key, and publish it."""
        given: Any = {"kid": kid, "use": "sig"}
        if kind == "EC":
            self.keys[kid] = ECKey.generate_key("P-256", parameters=given)
        else:
            self.keys[kid] = OKPKey.generate_key("Ed25519", parameters=given)
        self.publish(*self.keys)

    def publish(self, *kids: str) -> None:
        """Write the file anew, with these keys."""
        public = [self.keys[kid].as_dict(private=False) for kid in kids]
        self.path.write_text(json.dumps({"keys": public}))

    def token(
        self,
        person: str,
        organisation: UUID | None = None,
        *,
        kid: str = "first",
        alg: str = "ES256",
        **claims: Any,
    ) -> str:
        """A token; what is given as a claim replaces what would stand there, and None leaves it out."""
        usual: dict[str, Any] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": person,
            "org": str(organisation) if organisation else None,
            "iat": int(self.now.timestamp()),
            "exp": int((self.now + timedelta(hours=8)).timestamp()),
        }
        said = {name: value for name, value in (usual | claims).items() if value is not None}
        return jwt.encode({"alg": alg, "kid": kid}, said, self.keys[kid], algorithms=[alg])

    def forged_with_the_public_key(self, person: str, organisation: UUID) -> str:
        """What someone makes who takes the published key for a shared secret: by hand, as no good library would."""
        secret = self.keys["first"].as_pem(private=False)
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": person,
            "org": str(organisation),
            "exp": 4_102_444_800,
        }
        head = {"alg": "HS256", "kid": "first", "typ": "JWT"}
        said = ".".join(_base64(json.dumps(part).encode()) for part in (head, claims))
        return f"{said}.{_base64(hmac.digest(secret, said.encode(), sha256))}"


def _base64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
