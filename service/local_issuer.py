"""Sign-in tokens for one person's computer: signed with a key that lies beside the private database, and good nowhere else."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from joserfc import jwt
from joserfc.jwk import ECKey

from service.plain_error import PlainError
from service.settings import Settings

ISSUER = "placements-local"
AUDIENCE = "placements"
ALGORITHM = "ES256"
KEY_FILE = "local-signing-key.json"
JWKS_FILE = "local-jwks.json"


def with_local_issuer(settings: Settings) -> Settings:
    """The settings with sign-in by local tokens, where the database is the private one and no other sign-in was set."""
    own = settings.jwks_file or settings.jwks_url or settings.token_issuer or settings.token_audience
    if not settings.private_database or own:
        return settings
    return settings.changed(
        jwks_file=public_keys(settings.data), token_issuer=ISSUER, token_audience=AUDIENCE
    )


def issue(settings: Settings, person: str, organisation: UUID, now: datetime, life: timedelta) -> str:
    """A token that lets its bearer act as a person of an organisation. Raises PlainError where that must not be."""
    require_private(settings)
    key = signing_key(settings.data)
    public_keys(settings.data)
    issued = int(now.timestamp())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": person,
        "org": str(organisation),
        "iat": issued,
        "nbf": issued,
        "exp": issued + int(life.total_seconds()),
        "jti": str(uuid4()),
    }
    return jwt.encode({"alg": ALGORITHM, "kid": key.thumbprint()}, claims, key)


def require_private(settings: Settings) -> None:
    """Raises PlainError for any database but the private one."""
    if not settings.private_database:
        raise PlainError(
            "Tokens are issued only for the private database of this computer; "
            "for any other database, ask the sign-in service it trusts."
        )


def signing_key(folder: Path) -> ECKey:
    """The key of this computer, made the first time; only its owner may read it."""
    path = folder / KEY_FILE
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = ECKey.generate_key("P-256", private=True)
        _write_once(path, json.dumps(made.as_dict(private=True)), 0o600)
    try:
        return ECKey.import_key(json.loads(path.read_text()))
    except (OSError, ValueError) as problem:
        raise PlainError(
            f"The signing key {path} cannot be read; delete it, and a new one is made."
        ) from problem


def public_keys(folder: Path) -> Path:
    """The file with the public key that belongs to it, as the API reads it."""
    key, path = signing_key(folder), folder / JWKS_FILE
    public = {**key.as_dict(private=False), "kid": key.thumbprint(), "alg": ALGORITHM, "use": "sig"}
    text = json.dumps({"keys": [public]})
    if not path.exists() or path.read_text() != text:
        path.unlink(missing_ok=True)
        _write_once(path, text, 0o644)
    return path


def _write_once(path: Path, text: str, mode: int) -> None:
    """Write a whole file or nothing. When two processes try, the first one's stays."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)  # unlike a rename, this never replaces a key that is there
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
