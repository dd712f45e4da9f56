"""What is signed: that so many events have this root, as C2SP tlog-checkpoint has it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

from history.ledger.hashing import HASH
from history.ledger.index_hashing import BEGINS
from history.ledger.notes import NotSigned, PublicKey, Signer, from_base64, open_note


class Head(NamedTuple):
    """A tree, told by its size and its root."""

    origin: str
    size: int
    root: bytes
    index_root: bytes | None = None
    """The root of the index over the same events; older checkpoints have none."""

    def signed_by(self, signer: Signer) -> str:
        """The signed text."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode()]
        if self.index_root is not None:
            lines.append(BEGINS + base64.b64encode(self.index_root).decode())
        return signer.sign("\n".join([*lines, ""]))


def head_of(signer: Signer, size: int, root: bytes, index: bytes | None = None) -> Head:
    """A head of the ledger whose name the signer bears."""
    return Head(signer.public.name, size, root, index)


def open_checkpoint(note: str, trusted: Sequence[PublicKey]) -> Head:
    """What a checkpoint says. Raises NotSigned unless the ledger that it speaks of has signed it, with a trusted key."""
    head = read_checkpoint(note)
    open_note(note, [key for key in trusted if key.name == head.origin])
    return head


def read_checkpoint(note: str) -> Head:
    """What a checkpoint claims; whether it is signed has yet to be checked. Raises NotSigned."""
    text = note.rpartition("\n\n")[0]
    # After three lines there may be others: that of the index is for us, and none is empty.
    lines = text.split("\n")
    if len(lines) < 3 or not all(lines):
        raise NotSigned("this is no checkpoint")
    origin, size, encoded = lines[:3]
    try:
        root = from_base64(encoded)
    except ValueError:
        root = b""
    if not (size.isascii() and size.isdecimal()) or str(int(size)) != size or len(root) != HASH:
        raise NotSigned("this is no checkpoint")
    return Head(origin, int(size), root, _index_in(lines[3:]))


def _index_in(lines: Sequence[str]) -> bytes | None:
    found = [line.removeprefix(BEGINS) for line in lines if line.startswith(BEGINS)]
    if not found:
        return None
    try:
        [root] = map(from_base64, found)
    except ValueError:
        root = b""
    if len(root) != HASH:
        raise NotSigned("this is no checkpoint")
    return root
