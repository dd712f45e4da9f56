"""A time-stamping authority as a witness: RFC 3161. Its stamp says that the checkpoint was there at that time."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from hashlib import sha512
from urllib.parse import urlsplit

import httpx2 as httpx
from rfc3161_client import PKIStatus, TimestampRequestBuilder, decode_timestamp_response

from history.ledger.stored import Checkpoint
from service.witnesses.witness import NotTaken

PATIENCE = 20.0


class StampingAuthority:
    """An authority at an address."""

    def __init__(self, address: str) -> None:
        self._address = address

    @property
    def name(self) -> str:
        """Its host."""
        return f"time stamp of {urlsplit(self._address).hostname}"

    def take(self, checkpoint: Checkpoint) -> str:
        """The stamp over the checkpoint's text, in base64, as `openssl ts -verify` takes it. Raises NotTaken."""
        asked = TimestampRequestBuilder().data(checkpoint.note.encode()).build()
        try:
            answer = httpx.post(
                self._address,
                content=asked.as_bytes(),
                headers={"Content-Type": "application/timestamp-query"},
                timeout=PATIENCE,
            )
            stamp = decode_timestamp_response(answer.content)
            granted = stamp.status in (PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS)
        except (httpx.HTTPError, ValueError) as problem:
            raise NotTaken(f"it gave no stamp: {type(problem).__name__}") from problem
        if not granted:
            raise NotTaken("it gave no stamp")
        told = stamp.tst_info
        if (
            told.message_imprint.message != sha512(checkpoint.note.encode()).digest()
            or told.nonce != asked.nonce
        ):
            raise NotTaken("its stamp is of something else")
        return base64.b64encode(answer.content).decode()

    def held(self) -> Sequence[str]:
        """It keeps nothing: its stamps are kept here, and with the backups."""
        return ()
