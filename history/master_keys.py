"""The keys that wrap all other keys. The first of them wraps; each of them opens, so that the first can be replaced."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

REREAD = 60.0
"""Seconds after which a process that has to wrap a new key asks which master key is the first now."""
PAUSE = 1.0
"""Seconds between two looks for a master key that is not known."""
NONCE = 12


class WrongMasterKey(Exception):
    """The keys in this database were wrapped by another master key than those given."""


class Wrapped(NamedTuple):
    """A key as it is kept: who made it unreadable, and the unreadable bytes."""

    master: str
    wrapped: bytes


class MasterKeys:
    """One or more master keys, read again when there may be a new one. Many threads may share it."""

    def __init__(self, read: Callable[[], Sequence[bytes]]) -> None:
        """`read` gives the keys, the one that wraps first. Raises ValueError unless each has 32 bytes."""
        self._read = read
        self._looked = time.monotonic() - PAUSE
        self._ciphers = _by_name(read())

    @property
    def first(self) -> str:
        """The name of the key that wraps."""
        return next(iter(self._ciphers))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all that are known. A name tells nothing of its key."""
        return tuple(self._ciphers)

    def wrap(self, keys: Sequence[bytes], belong_to: Sequence[bytes]) -> tuple[str, list[bytes]]:
        """Keys made unreadable, each bound to what it belongs to, and the name of the master key that did it."""
        if time.monotonic() - self._looked > REREAD:
            self.look_again()
        name, cipher = next(iter(self._ciphers.items()))
        return name, [_sealed(cipher, key, place) for key, place in zip(keys, belong_to, strict=True)]

    def unwrap(self, kept: Wrapped, belongs_to: bytes) -> bytes:
        """The key itself. Raises WrongMasterKey."""
        cipher = self._ciphers.get(kept.master)
        if cipher is None and time.monotonic() - self._looked > PAUSE:
            # The master key may have been replaced since this process began.
            self.look_again()
            cipher = self._ciphers.get(kept.master)
        if cipher is None:
            known = ", ".join(self.names)
            raise WrongMasterKey(f"a key was wrapped by the master key {kept.master}; known are: {known}")
        try:
            return cipher.decrypt(kept.wrapped[:NONCE], kept.wrapped[NONCE:], belongs_to)
        except InvalidTag as problem:
            raise WrongMasterKey("a wrapped key does not belong to its row") from problem

    def look_again(self) -> None:
        """Read them anew."""
        self._looked = time.monotonic()
        try:
            self._ciphers = _by_name(self._read())
        except Exception:
            # The place where they are kept may be away for a moment; those that are known go on opening.
            return


def name_of(master_key: bytes) -> str:
    """What a master key is called beside the keys that it wrapped."""
    return hashlib.sha256(b"placements master key\0" + master_key).hexdigest()[:16]


def _sealed(cipher: AESGCM, key: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, key, place)


def _by_name(keys: Sequence[bytes]) -> dict[str, AESGCM]:
    if not keys or any(len(key) != 32 for key in keys):
        raise ValueError("a master key must have 32 bytes")
    return {name_of(key): AESGCM(key) for key in keys}
