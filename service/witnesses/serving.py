"""This program as a witness for others' ledgers: C2SP tlog-witness. It needs no database: a file for each ledger in a folder of its own."""

from __future__ import annotations

import base64
import binascii
import fcntl
import os
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from history.ledger.checking import extends
from history.ledger.checkpoints import Head, open_checkpoint, read_checkpoint
from history.ledger.cosigning import Cosigner
from history.ledger.notes import NotSigned, PublicKey

LARGEST = 100_000
MOST_HASHES = 63


class Asked(NamedTuple):
    """What a ledger sends: the size that it believes was seen last, the proof that it grew from there, and the checkpoint."""

    old: int
    proof: list[bytes]
    note: str


class Refused(Exception):
    """Why nothing is signed: the status of the answer, its body, and what kind of body it is."""

    def __init__(self, status: int, body: str = "", kind: str = "text/plain") -> None:
        self.status, self.body, self.kind = status, body, kind
        super().__init__(body)


class Watching:
    """Remembers the newest checkpoint of each ledger that it knows the keys of."""

    def __init__(self, folder: Path, ledgers: Sequence[PublicKey], cosigner: Cosigner) -> None:
        self._folder, self._ledgers, self._cosigner = folder, ledgers, cosigner
        folder.mkdir(parents=True, exist_ok=True)

    def add(self, asked: Asked) -> str:
        """The cosignature, once the checkpoint is on disk. Raises Refused."""
        try:
            claimed = read_checkpoint(asked.note)
        except NotSigned:
            raise Refused(400, "this is no checkpoint\n") from None
        if claimed.origin not in {key.name for key in self._ledgers}:
            raise Refused(404, "this ledger is not known here\n")
        try:
            head = open_checkpoint(asked.note, self._ledgers)
        except NotSigned as problem:
            raise Refused(403, f"{problem}\n") from None
        if asked.old > head.size:
            raise Refused(400, "the old size is beyond the new one\n")
        file = self._folder / f"{sha256(head.origin.encode()).hexdigest()}.checkpoint"
        # One at a time, also over several processes: else two could be shown two histories.
        with file.with_suffix(".lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            self._require_growth(file, asked, head)
            self._keep(file, asked.note)
        return self._cosigner.cosign(asked.note, int(time.time()))

    def _require_growth(self, file: Path, asked: Asked, head: Head) -> None:
        seen = read_checkpoint(file.read_text("utf-8")) if file.exists() else None
        size = seen.size if seen else 0
        if asked.old != size:
            raise Refused(409, f"{size}\n", "text/x.tlog.size")
        if seen is None:
            if asked.proof:
                raise Refused(400, "there is nothing to prove from\n")
        elif seen.size == head.size:
            if seen.root != head.root:
                raise Refused(409, f"{size}\n", "text/x.tlog.size")
        elif not extends(seen.size, seen.root, head.size, head.root, asked.proof):
            raise Refused(422, "it does not extend what was seen\n")

    def _keep(self, file: Path, note: str) -> None:
        unfinished = file.with_suffix(".new")
        with unfinished.open("w", encoding="utf-8") as new:
            new.write(note)
            new.flush()
            os.fsync(new.fileno())
        unfinished.replace(file)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def read_asked(body: str) -> Asked:
    """What was sent. Raises Refused."""
    above, between, note = body.partition("\n\n")
    first, *hashes = above.split("\n")
    word, _, old = first.partition(" ")
    if not between or word != "old" or not old.isdecimal() or len(old) > 18 or len(hashes) > MOST_HASHES:
        raise Refused(400, "this is no request of a ledger\n")
    try:
        proof = [base64.b64decode(line, validate=True) for line in hashes]
    except (binascii.Error, ValueError):
        raise Refused(400, "a hash of the proof is not base64\n") from None
    if any(len(hash) != 32 for hash in proof):
        raise Refused(400, "a hash of the proof has not 32 bytes\n")
    return Asked(int(old), proof, note)


def witness_app(watching: Watching) -> Starlette:
    """The web application: one address."""

    async def add(request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LARGEST:
                return PlainTextResponse("too large\n", 413)
        try:
            asked = read_asked(body.decode())
            return PlainTextResponse(await run_in_threadpool(watching.add, asked))
        except UnicodeDecodeError:
            return PlainTextResponse("this is not UTF-8\n", 400)
        except Refused as refused:
            return PlainTextResponse(refused.body, refused.status, media_type=refused.kind)

    return Starlette(routes=[Route("/add-checkpoint", add, methods=["POST"])])
