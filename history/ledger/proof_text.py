"""The proof of one event in one file, as C2SP tlog-proof has it: checked anywhere, without the service."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

from history.ledger.checking import includes
from history.ledger.checkpoints import open_checkpoint
from history.ledger.hashing import leaf_hash
from history.ledger.notes import NotSigned, PublicKey, from_base64

FIRST_LINE = "c2sp.org/tlog-proof@v1"


class Proof(NamedTuple):
    """An event, its place, and the way from it to a signed root."""

    entry: bytes
    """The event as it is hashed; the format calls it extra data, which counts for nothing until it is checked."""
    place: int
    """Its position less one."""
    hashes: Sequence[bytes]
    note: str

    def __str__(self) -> str:
        """As it is written to a file."""
        lines = [
            FIRST_LINE,
            f"extra {_base64(self.entry)}",
            f"index {self.place}",
            *map(_base64, self.hashes),
        ]
        return "\n".join([*lines, "", self.note])


def check_proof(text: str, trusted: Sequence[PublicKey]) -> Proof:
    """The proof in a file, if it proves its event. Raises NotSigned where it does not."""
    try:
        proof = _read(text)
    except ValueError as problem:
        raise NotSigned("this is no proof of one event") from problem
    head = open_checkpoint(proof.note, trusted)
    if not includes(head.root, head.size, proof.place, leaf_hash(proof.entry), proof.hashes):
        raise NotSigned("the event is not in the tree that was signed")
    return proof


def _read(text: str) -> Proof:
    above, _, note = text.partition("\n\n")
    first, extra, index, *hashes = above.split("\n")
    if first != FIRST_LINE or not extra.startswith("extra ") or not index.startswith("index "):
        raise ValueError("the first lines are not those of a proof")
    entry, place = from_base64(extra.removeprefix("extra ")), int(index.removeprefix("index "))
    if f"index {place}" != index:
        raise ValueError("a number has one form")
    return Proof(entry, place, [from_base64(line) for line in hashes], note)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
