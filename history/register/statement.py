"""What is signed about a table: so many rows, up to this place, have this chain."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple

from history.ledger.notes import NotSigned, PublicKey, Signer, from_base64, open_note

WHAT = "register"


class Statement(NamedTuple):
    """The state of one table."""

    of_table: str
    last: int
    rows: int
    chain: bytes

    def signed_by(self, signer: Signer) -> str:
        """The note: five words in as many lines, and the signature."""
        lines = (
            f"{signer.public.name} {WHAT}",
            self.of_table,
            str(self.last),
            str(self.rows),
            base64.b64encode(self.chain).decode(),
        )
        return signer.sign("".join(f"{line}\n" for line in lines))


def open_statement(note: str, trusted: Sequence[PublicKey]) -> Statement:
    """What a note says. Raises NotSigned unless the ledger that it speaks of has signed it, with a trusted key."""
    text, key = open_note(note, trusted)
    said = read_statement(note)
    if text.split("\n")[0] != f"{key.name} {WHAT}":
        raise NotSigned("this is no statement of the register of who signed it")
    return said


def read_statement(note: str) -> Statement:
    """What a note claims; whether it is signed has yet to be checked. Raises NotSigned."""
    lines = note.rpartition("\n\n")[0].split("\n")
    try:
        _, of_table, last, rows, chain = lines
        said = Statement(of_table, int(last), int(rows), from_base64(chain))
    except ValueError:
        raise NotSigned("this is no statement of the register") from None
    if len(said.chain) != 32 or not lines[0].endswith(f" {WHAT}"):
        raise NotSigned("this is no statement of the register")
    return said
