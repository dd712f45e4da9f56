"""Makes decoders, one at a time in the whole process.

What msgspec works out about a class it notes on the class itself, before it is complete. A second thread that makes a decoder for the
same class, or for another that has a field of it, would use the unfinished note, and the process would die of it.
"""

from __future__ import annotations

from threading import RLock
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")

_ONE_AT_A_TIME = RLock()
_KNOWN: dict[type, Any] = {}


def decoder_of(kind: type[T]) -> msgspec.json.Decoder[T]:
    """A decoder for a class, which any number of threads may then use."""
    with _ONE_AT_A_TIME:
        return msgspec.json.Decoder(kind)


def known(kind: type[T]) -> type[list[T]]:
    """The type of a list of these, after everything about them was worked out."""
    several = _KNOWN.get(kind)
    if several is None:
        several = list[kind]  # type: ignore[valid-type]
        with _ONE_AT_A_TIME:
            msgspec.convert([], several)
        _KNOWN[kind] = several
    return cast("type[list[T]]", several)
