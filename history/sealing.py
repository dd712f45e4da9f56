"""How one text is sealed under a key and opened again. It cannot be moved to another event or field."""

from __future__ import annotations

import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.events import Event
from domain.personal import ERASED
from history.keys import Key, Whose
from history.shapes import Fields

PREFIX = "enc:2:"
"""How `enc:2:<key id>:<base64url of commitment, nonce and ciphertext>` begins; 2 is the way of sealing."""
FIRST_PREFIX = "enc:1:"
"""How the first way began, without a commitment. What was sealed so stays so."""
KEY_IDS = re.compile(rb'"enc:[12]:(\d{1,18}):')
TOKENS = re.compile(rb'"(enc:[12]:[0-9]{1,18}:[A-Za-z0-9_=-]*)"')
"""Sealed texts as they stand in stored bytes."""
NONCE = 12
SALT = 16
COMMITMENT = 32


class Words(NamedTuple):
    """What is under a seal. Who is given both can check, without any key, that they are what was sealed."""

    salt: bytes
    """Empty where the first way of sealing left nothing to check."""
    text: str


def commitment(salt: bytes, text: bytes) -> bytes:
    """Stands in a token for words that it does not tell: nobody finds other words for it, nor the words without the salt."""
    return sha256(b"\x06" + salt + text).digest()


class SealBroken(ValueError):
    """A sealed text was altered, or moved from another place."""


def bound_to(event: Event) -> bytes:
    """What a seal is bound to, beside the path of its field: the record and the version."""
    return event.originator_id.bytes + event.originator_version.to_bytes(8, "big")


class Sealing:
    """Seals the words of one event, and remembers under which keys."""

    def __init__(self, event: Event, key_for: Callable[[UUID, str], Key]) -> None:
        self.subject = event.about or event.originator_id
        self.place = bound_to(event)
        self.key_for = key_for
        self.used: set[int] = set()

    def __call__(self, text: str, category: str, path: bytes) -> str:
        """The token for a text."""
        key = self.key_for(self.subject, category)
        self.used.add(key.id)
        random = os.urandom(NONCE + SALT)
        nonce, salted = random[:NONCE], random[NONCE:] + text.encode()
        committed = commitment(salted[:SALT], salted[SALT:])
        sealed = key.cipher.encrypt(nonce, salted, self.place + path + committed)
        return f"{PREFIX}{key.id}:{urlsafe_b64encode(committed + nonce + sealed).decode()}"


def keys_of(event: Event, shape: Fields) -> set[Whose]:
    """Whose keys, of which categories, the words of an event need."""
    found: set[Whose] = set()

    def note(text: str, category: str, path: bytes) -> str:
        found.add((event.about or event.originator_id, category))
        return text

    shape.turn(event, None, b"", note, True)
    return found


class Opening:
    """Opens the words of one event with the keys that still exist."""

    def __init__(self, event: Event, ciphers: Mapping[int, AESGCM]) -> None:
        self.place = bound_to(event)
        self.ciphers = ciphers

    def __call__(self, token: str, category: str, path: bytes) -> str:
        """The text in a token; ERASED when its key was destroyed.

        A text that is no token was stored before its field was marked, and stays as it is.

        Raises SealBroken.
        """
        if not is_token(token):
            return token
        words = self.words(token, path)
        return ERASED if words is None else words.text

    def words(self, token: str, path: bytes) -> Words | None:
        """What a token holds; none when its key was destroyed. Raises SealBroken."""
        try:
            number, _, sealed = token[len(PREFIX) :].partition(":")
            cipher = self.ciphers.get(int(number))
            if cipher is None:
                return None
            raw = urlsafe_b64decode(sealed)
            bare = 0 if token.startswith(FIRST_PREFIX) else COMMITMENT
            committed, nonce, sealed_text = raw[:bare], raw[bare : bare + NONCE], raw[bare + NONCE :]
            text = cipher.decrypt(nonce, sealed_text, self.place + path + committed)
            salt = SALT if bare else 0
            return Words(text[:salt], text[salt:].decode())
        except (InvalidTag, NotBase64, ValueError) as problem:
            raise SealBroken(f"the sealed text at {path.decode()} cannot be opened") from problem


def is_token(text: str) -> bool:
    """Whether a stored text is a sealed one."""
    return text.startswith((PREFIX, FIRST_PREFIX))


def key_ids(states: Iterable[bytes]) -> set[int]:
    """The keys that stored bytes may need. Words that only look like a token cost a look-up."""
    return {int(number) for state in states for number in KEY_IDS.findall(state)}
