"""Signatures of witnesses under a checkpoint, as C2SP tlog-cosignature has them: whoever adds one saw that nothing was rewritten."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from hashlib import sha256
from struct import Struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from history.ledger.notes import BEFORE_NAME, KEY_ID, NotSigned, from_base64

COSIGNATURE = b"\x04"
"""The type of signature: Ed25519 over the time and the checkpoint."""
_time = Struct(">Q")


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The public key of a witness."""

    name: str
    raw: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return sha256(self.name.encode() + b"\n" + COSIGNATURE + self.raw).digest()[:KEY_ID]

    def __str__(self) -> str:
        """In one line: name, id and key."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(COSIGNATURE + self.raw).decode()}"

    @classmethod
    def read(cls, line: str) -> WitnessKey:
        """The key in such a line. Raises ValueError."""
        name, _, rest = line.strip().partition("+")
        id, _, encoded = rest.partition("+")
        typed = from_base64(encoded)
        key = cls(name, typed[1:])
        if typed[:1] != COSIGNATURE or len(key.raw) != 32 or key.id.hex() != id:
            raise ValueError("this is no key of a witness, or its id does not fit")
        return key


class Cosigner:
    """Signs checkpoints of others, in a name."""

    def __init__(self, name: str, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = WitnessKey(name, self._private.public_key().public_bytes_raw())

    def cosign(self, note: str, at: int) -> str:
        """The line to be added under a checkpoint. `at`: seconds since 1970."""
        signature = _time.pack(at) + self._private.sign(_message(note, at))
        return f"{BEFORE_NAME}{self.public.name} {base64.b64encode(self.public.id + signature).decode()}\n"


def cosigned_at(note: str, line: str, key: WitnessKey) -> int:
    """When a witness signed a checkpoint, in seconds since 1970. Raises NotSigned."""
    name, _, encoded = line.rstrip("\n").removeprefix(BEFORE_NAME).partition(" ")
    try:
        signed = from_base64(encoded)
    except ValueError:
        signed = b""
    if name != key.name or signed[:KEY_ID] != key.id or len(signed) != KEY_ID + 8 + 64:
        raise NotSigned(f"this is no cosignature of {key.name}")
    (at,) = _time.unpack(signed[KEY_ID : KEY_ID + 8])
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signed[KEY_ID + 8 :], _message(note, at))
    except InvalidSignature:
        raise NotSigned(f"the cosignature of {name} is wrong") from None
    return int(at)


def _message(note: str, at: int) -> bytes:
    text = note.rpartition("\n\n")[0] + "\n"
    return f"cosignature/v1\ntime {at}\n{text}".encode()
