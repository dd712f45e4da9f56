"""Reads every stored event again, and says whether all are as they were when they were sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from history.ledger.checkpoints import Head, open_checkpoint
from history.ledger.diagnosing import Fault
from history.ledger.notes import NotSigned, PublicKey
from history.ledger.replaying import Replay
from history.ledger.stored import Checkpoint, Stored, StoredEvent
from history.reading import Reading

Progress = Callable[[int, int], None]
"""Told how many events have been read, and of how many."""


@dataclass(slots=True)
class Verdict:
    """What was found."""

    newest: Checkpoint | None
    head: int
    """The position of the last event."""
    checkpoints: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def sealed(self) -> int:
        """How many events are sealed."""
        return self.newest.size if self.newest else 0

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def first_wrong(self) -> int | None:
        """The position of the first event that is not as it was."""
        return min((fault.position for fault in self.faults if fault.position is not None), default=None)


def verify(
    history: Reading,
    trusted: Sequence[PublicKey],
    *,
    kept: Iterable[str] = (),
    progress: Progress = lambda done, of: None,
    each: Callable[[Sequence[StoredEvent]], None] | None = None,
) -> Verdict:
    """Compare the events with the ledger's hashes, and these with all signed checkpoints.

    `kept` are checkpoints that were copied out of the database at some time: whoever can write to the database
    and has the key could make another ledger, but not one that agrees with these. `each` is shown every event as it is read.

    Raises Unavailable.
    """
    stored = Stored(history)
    # In this order: what is sealed after the first look is not expected, and what is expected is there.
    verdict = Verdict(stored.newest(), 0)
    verdict.head = history.head()
    signed = _signed(stored, trusted, verdict)
    for head in _kept(kept, trusted, verdict):
        signed.setdefault(head.size, []).append(head)
    if verdict.head and not verdict.checkpoints:
        verdict.faults.append(Fault("unsealed", None, None, "there are events, and no checkpoint"))
    replay = Replay(stored, signed, verdict.sealed, verdict.head, each)
    verdict.faults += replay.faults(lambda done: progress(done, verdict.head))
    if verdict.intact:
        verdict.faults += replay.rows_of_the_index()
    return verdict


def _signed(stored: Stored, trusted: Sequence[PublicKey], verdict: Verdict) -> dict[int, list[Head]]:
    """What the stored checkpoints say that are signed by who is trusted."""
    signed: dict[int, list[Head]] = {}
    before: int | None = None
    for checkpoint in stored.checkpoints(verdict.sealed):
        verdict.checkpoints += 1
        size = checkpoint.size
        try:
            head = open_checkpoint(checkpoint.note, trusted)
        except NotSigned as problem:
            verdict.faults.append(Fault("signature", None, size, f"checkpoint {size}: {problem}"))
        else:
            if head.size == size:
                signed[size] = [head]
            else:
                words = f"checkpoint {size} has the text of one of size {head.size}"
                verdict.faults.append(Fault("checkpoint", None, size, words))
        if checkpoint.extends != before:
            words = f"checkpoint {size} extends {checkpoint.extends}, and the one before it is {before}"
            verdict.faults.append(Fault("checkpoint", None, size, words))
        before = size
    return signed


def _kept(kept: Iterable[str], trusted: Sequence[PublicKey], verdict: Verdict) -> Iterator[Head]:
    for note in kept:
        try:
            yield open_checkpoint(note, trusted)
        except NotSigned as problem:
            verdict.faults.append(Fault("signature", None, None, f"a checkpoint that was kept: {problem}"))
