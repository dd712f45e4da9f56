"""How one text is sealed under a key and opened again. It cannot be moved to another event or field."""

from __future__ import annotations

import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.events import Event
from domain.personal import ERASED
from history.keys import Key, Whose
from history.shapes import Fields

PREFIX = "enc:1:"
"""How `enc:1:<key id>:<base64url of nonce and ciphertext>` begins; 1 is the way of sealing."""
KEY_IDS = re.compile(rb'"enc:1:(\d{1,18}):')
NONCE = 12


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
        nonce = os.urandom(NONCE)
        sealed = nonce + key.cipher.encrypt(nonce, text.encode(), self.place + path)
        return f"{PREFIX}{key.id}:{urlsafe_b64encode(sealed).decode()}"


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
        if not token.startswith(PREFIX):
            return token
        try:
            number, _, sealed = token[len(PREFIX) :].partition(":")
            cipher = self.ciphers.get(int(number))
            if cipher is None:
                return ERASED
            raw = urlsafe_b64decode(sealed)
            return cipher.decrypt(raw[:NONCE], raw[NONCE:], self.place + path).decode()
        except (InvalidTag, NotBase64, ValueError) as problem:
            raise SealBroken(f"the sealed text at {path.decode()} cannot be opened") from problem


def key_ids(states: Iterable[bytes]) -> set[int]:
    """The keys that stored bytes may need. Words that only look like a token cost a look-up."""
    return {int(number) for state in states for number in KEY_IDS.findall(state)}
