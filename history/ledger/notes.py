"""Texts with Ed25519 signatures under them, as C2SP signed-note has them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
"""The type of signature."""
BEFORE_NAME = "\u2014 "
KEY_ID = 4


class NotSigned(Exception):
    """The text is no signed note, or no key that is trusted has signed it, or a signature is wrong."""


def from_base64(text: str) -> bytes:
    """The bytes that were written so, and in no other way: a text has one form. Raises ValueError."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("its last bits say nothing, and are not 0")
    return data


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Whom to trust: a name and a key, which belong together."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.raw).digest()[:KEY_ID]

    def __str__(self) -> str:
        """In one line, as tools for signed notes write it: name, id and key."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.raw).decode()}"

    @classmethod
    def read(cls, line: str) -> PublicKey:
        """The key in such a line. Raises ValueError."""
        name, _, rest = line.strip().partition("+")
        id, _, encoded = rest.partition("+")
        typed = from_base64(encoded)
        key = cls(name, typed[1:])
        if typed[:1] != ED25519 or len(key.raw) != 32 or key.id.hex() != id:
            raise ValueError("this is no Ed25519 key of a signed note, or its id does not fit")
        return key


class Signer:
    """Signs in a name."""

    def __init__(self, name: str, seed: bytes) -> None:
        """`seed`: the 32 secret bytes of an Ed25519 key. Raises ValueError for a name that a note cannot have."""
        if not name or "+" in name or any(c.isspace() or not c.isprintable() for c in name):
            raise ValueError("the name of a key has no spaces and no plus sign in it")
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = PublicKey(name, self._private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """The note: the text, which ends with a line end, and our signature under it."""
        signature = base64.b64encode(self.public.id + self._private.sign(text.encode())).decode()
        return f"{text}\n{BEFORE_NAME}{self.public.name} {signature}\n"


def open_note(note: str, trusted: Sequence[PublicKey]) -> tuple[str, PublicKey]:
    """The text of a note, and who of those who are trusted has signed it. Raises NotSigned."""
    text, between, signatures = note.rpartition("\n\n")
    if not between or not signatures.endswith("\n") or any(c < " " and c != "\n" for c in note):
        raise NotSigned("this is no signed note")
    text += "\n"
    known = {(key.name, key.id): key for key in trusted}
    found: PublicKey | None = None
    for line in signatures[:-1].split("\n"):
        name, id, signature = _read(line)
        key = known.get((name, id))
        if key is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, text.encode())
        except InvalidSignature:
            raise NotSigned(f"the signature of {name} is wrong") from None
        found = found or key
    if found is None:
        raise NotSigned("no key that is trusted has signed it")
    return text, found


def _read(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line.removeprefix(BEFORE_NAME).partition(" ")
    try:
        signed = from_base64(encoded)
    except ValueError:
        signed = b""
    if not line.startswith(BEFORE_NAME) or not name or len(signed) <= KEY_ID:
        raise NotSigned("a line under the text is no signature")
    return name, signed[:KEY_ID], signed[KEY_ID:]
