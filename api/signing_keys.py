"""The public keys of the sign-in service: from a file that is read again when it changes, or from its address."""

from __future__ import annotations

import json
import time
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import httpx2
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey

Key = ECKey | OKPKey

log = structlog.get_logger("api.signing_keys")

LOOK_EVERY = 1.0
"""Seconds between two looks at the file."""
FETCH_EVERY = 5.0
"""Seconds between two fetches that were caused by unknown keys: tokens with invented key ids must cost little."""
KEPT_FOR = 600.0
"""Seconds after which fetched keys are fetched again, so that a withdrawn key does not live on."""
PATIENCE = 3.0
"""Seconds to wait for the sign-in service."""
LARGEST = 262_144
"""Bytes; no honest key set is larger."""


class Keys(Protocol):
    """Where the keys come from."""

    def find(self, kid: str | None) -> list[Key]:
        """The key with this id; all keys where a token names none."""


class NoKeys:
    """No sign-in service was named: nobody can sign in."""

    def find(self, kid: str | None) -> list[Key]:
        """None."""
        return []


class KeyFile:
    """A JWKS file. While a new version of it cannot be read, the last good one is used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._keys: list[Key] = []
        self._seen: tuple[int, int, int] | None = None
        self._looked = float("-inf")
        self._lock = Lock()

    def find(self, kid: str | None) -> list[Key]:
        """The keys of this id, as the file stands now."""
        with self._lock:
            if time.monotonic() - self._looked >= LOOK_EVERY:
                self._looked = time.monotonic()
                self._read_if_changed()
            return _with_id(self._keys, kid)

    def _read_if_changed(self) -> None:
        try:
            state = self.path.stat()
            seen = (state.st_mtime_ns, state.st_size, state.st_ino)
            if seen != self._seen:
                self._keys = keys_of(self.path.read_bytes())
                self._seen = seen
        except (OSError, ValueError, JoseError) as problem:
            log.error("the file of sign-in keys cannot be used", kind=type(problem).__name__)


class KeyAddress:
    """A JWKS address, asked again when a token names a key that is not known, but not at once again."""

    def __init__(self, url: str, client: httpx2.Client | None = None) -> None:
        self.url = url
        self.client = client or httpx2.Client(timeout=PATIENCE, follow_redirects=False)
        self._keys: list[Key] = []
        self._fetched = self._tried = float("-inf")
        self._lock = Lock()

    def find(self, kid: str | None) -> list[Key]:
        """The keys of this id, fetched when it is unknown or the keys are old."""
        found = _with_id(self._keys, kid)
        now = time.monotonic()
        if found and now - self._fetched < KEPT_FOR:
            return found
        with self._lock:
            # Another thread may have fetched them while this one waited for its turn.
            if time.monotonic() - self._tried >= FETCH_EVERY:
                self._tried = time.monotonic()
                self._fetch()
        return _with_id(self._keys, kid)

    def _fetch(self) -> None:
        try:
            answer = self.client.get(self.url, headers={"Accept": "application/json"})
            answer.raise_for_status()
            if len(answer.content) > LARGEST:
                raise ValueError("the key set is too large")
            self._keys = keys_of(answer.content)
            self._fetched = time.monotonic()
        except (httpx2.HTTPError, ValueError, JoseError) as problem:
            log.error("the sign-in keys cannot be fetched", kind=type(problem).__name__)


def keys_of(jwks: bytes) -> list[Key]:
    """The keys of a JWKS document that can check our two kinds of signature. Others are passed over.

    Raises ValueError when it is no such document.
    """
    document: Any = json.loads(jwks)
    if not isinstance(document, dict) or not isinstance(document.get("keys"), list):
        raise ValueError("not a JWKS document")
    usable = [key for key in document["keys"] if isinstance(key, dict) and _can_check(key)]
    return [key for key in KeySet.import_key_set({"keys": usable}).keys if isinstance(key, ECKey | OKPKey)]


def _can_check(key: dict[str, Any]) -> bool:
    if key.get("use", "sig") != "sig":
        return False
    return (key.get("kty"), key.get("crv")) in {("EC", "P-256"), ("OKP", "Ed25519")}


def _with_id(keys: list[Key], kid: str | None) -> list[Key]:
    return [key for key in keys if kid is None or key.kid == kid]
