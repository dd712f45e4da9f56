"""What a receipt keeps of a request, so that the same request is known again, and no one who reads receipts finds out what was asked."""

from __future__ import annotations

import hmac
from uuid import UUID

from history.keys import Keys

NOBODY = UUID(int=0)
CATEGORY = "receipts"
"""Whose key this is: a key like those of personal words, wrapped by a master key and made anew under the next one, but of no person."""
NONCE, LABEL = bytes(12), b"placements fingerprints of requests"
"""The key seals nothing else, so one fixed nonce is used once."""


class Fingerprints:
    """HMAC-SHA-256 under a secret of this history. Many threads may share it.

    A bare hash would do to guess by: who has a copy of the database tries every name and date of birth, also of a child whose words
    were erased. Without a master key nothing can be tried here.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def of(self, asked: bytes) -> bytes:
        """32 bytes, the same for the same request. Raises Unavailable and WrongMasterKey."""
        key = self._keys.known(NOBODY, CATEGORY)
        if key is None:
            key = self._keys.for_sealing([(NOBODY, CATEGORY)])[NOBODY, CATEGORY]
        secret = key.cipher.encrypt(NONCE, bytes(32), LABEL)
        return hmac.digest(secret, asked, "sha256")
