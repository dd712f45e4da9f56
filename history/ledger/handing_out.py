"""The proof of one event, for whoever asks for it."""

from __future__ import annotations

from history.ledger.checking import includes
from history.ledger.checkpoints import read_checkpoint
from history.ledger.hashing import leaf_hash
from history.ledger.notes import NotSigned
from history.ledger.proof_text import Proof
from history.ledger.proving import Proving
from history.ledger.stored import Stored
from history.reading import Reading


class NotSealed(Exception):
    """No proof can be given for an event."""


def proof_of(history: Reading, position: int) -> Proof:
    """That an event is in the newest checkpoint. Raises NotSealed, also for an event that is not as it was."""
    stored = Stored(history)
    newest = stored.newest()
    if newest is None or not 0 < position <= newest.size:
        raise NotSealed(f"there is no sealed event at {position}")
    found = stored.events(position - 1, 1)
    entry = found[0].entry(position) if found else b""
    hashes = Proving(history).inclusion(position - 1, newest.size)
    try:
        head = read_checkpoint(newest.note)
        fits = includes(head.root, newest.size, position - 1, leaf_hash(entry), hashes)
    except NotSigned:
        fits = False
    if not fits:
        raise NotSealed(f"the event at {position} is not the one that was sealed: verify the ledger")
    return Proof(entry, position - 1, hashes, newest.note)
