"""Lists are read page by page, and each page ends with a mark from which the next one goes on."""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from projections.asking import Asking

T = TypeVar("T")

MOST = 200
"""Rows of a page."""
NONCE = 12
FIRST = ("", UUID(int=0))


class BadMark(ValueError):
    """What was given is no mark of this list: cut short, altered, from another list or another database."""

    def __init__(self) -> None:
        super().__init__("this does not continue a list; begin with its first page")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, in its order."""

    rows: Sequence[T]
    next: str | None
    """The mark to go on with; none after the last page."""
    position: int
    """The rows are at least as new as this position of the history."""


class Marks:
    """Writes and reads marks. They are sealed: a mark holds a child's name, and stands in addresses and logs."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    @cached_property
    def _cipher(self) -> AESGCM:
        [found] = self._asking.plain_rows("SELECT key FROM page_key LIMIT 1", {})
        return AESGCM(found["key"])

    def write(self, of: str, key: str, id: UUID) -> str:
        """A mark after a row of a list."""
        nonce = os.urandom(NONCE)
        sealed = self._cipher.encrypt(nonce, msgspec.json.encode((key, id)), of.encode())
        return urlsafe_b64encode(nonce + sealed).decode().rstrip("=")

    def read(self, of: str, mark: str | None) -> tuple[str, UUID]:
        """After which row to go on. Raises BadMark."""
        if mark is None:
            return FIRST
        try:
            raw = urlsafe_b64decode(mark.encode("ascii") + b"=" * (-len(mark) % 4))
            text = self._cipher.decrypt(raw[:NONCE], raw[NONCE:], of.encode())
        except (InvalidTag, ValueError) as problem:
            raise BadMark from problem
        return msgspec.json.decode(text, type=tuple[str, UUID])

    def page(
        self, of: str, found: Sequence[T], limit: int, place: Callable[[T], tuple[str, UUID]], position: int
    ) -> Page[T]:
        """A page from what was found, which is one row more than the limit if there are more."""
        rows = found[:limit]
        more = len(found) > limit
        return Page(rows, self.write(of, *place(rows[-1])) if more else None, position)


def within(limit: int) -> int:
    """A number of rows between 1 and 200."""
    return max(1, min(limit, MOST))
