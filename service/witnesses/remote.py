"""Another organisation's service as a witness, over HTTP: C2SP tlog-witness. It signs only what extends what it signed before."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import httpx2 as httpx

from history.ledger.cosigning import WitnessKey, cosigned_at
from history.ledger.notes import NotSigned
from history.ledger.proving import Proving
from history.ledger.stored import Checkpoint
from history.reading import Reading
from service.witnesses.witness import ForkRefused, NotTaken

PATIENCE = 20.0
SIZE = "text/x.tlog.size"


class Remote:
    """A witness at an address."""

    def __init__(self, address: str, key: WitnessKey, history: Reading) -> None:
        self._address, self._key, self._history = address.rstrip("/"), key, history
        self._size = 0

    @property
    def name(self) -> str:
        """The name of its key."""
        return f"witness {self._key.name}"

    def take(self, checkpoint: Checkpoint) -> str:
        """Its cosignature, which was checked. Raises NotTaken, and ForkRefused."""
        for _ in range(3):
            if self._size > checkpoint.size:
                raise ForkRefused(f"it has seen {self._size} events, and this history has {checkpoint.size}")
            answer = self._ask(checkpoint)
            if answer.status_code == 200:
                line = self._checked(checkpoint.note, answer.text)
                self._size = checkpoint.size
                return line
            if answer.status_code != 409 or not answer.headers.get("content-type", "").startswith(SIZE):
                break
            # It tells what it has seen, or another of our workers was there meanwhile.
            known = answer.text.strip()
            if not known.isdecimal() or int(known) == self._size:
                break
            self._size = int(known)
        if answer.status_code in (409, 422):
            raise ForkRefused("it holds a checkpoint that this history does not extend")
        raise NotTaken(f"it answered {answer.status_code}")

    def held(self) -> Sequence[str]:
        """It gives none back: it refuses what does not extend what it holds."""
        return ()

    def _ask(self, checkpoint: Checkpoint) -> httpx.Response:
        proof: list[bytes] = []
        if 0 < self._size < checkpoint.size:
            proof = Proving(self._history).consistency(self._size, checkpoint.size)
        lines = [f"old {self._size}", *(base64.b64encode(hash).decode() for hash in proof), ""]
        body = "\n".join([*lines, checkpoint.note])
        try:
            return httpx.post(f"{self._address}/add-checkpoint", content=body.encode(), timeout=PATIENCE)
        except httpx.HTTPError as problem:
            raise NotTaken(f"it cannot be reached: {type(problem).__name__}") from problem

    def _checked(self, note: str, answer: str) -> str:
        for line in answer.splitlines():
            try:
                cosigned_at(note, line, self._key)
            except NotSigned:
                continue
            return f"{line}\n"
        raise NotTaken("its answer is no cosignature of its key")
