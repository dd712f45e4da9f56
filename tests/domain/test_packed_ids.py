"""An id is found among packed ones where it stands, and not where the end of one and the beginning of the next read like it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.packed_ids import has_any, packed


def test_each_of_the_ids_is_found_and_no_other() -> None:
    ids = [uuid4() for _ in range(50)]
    text = packed(ids)
    assert all(has_any(text, [uuid4().bytes, id.bytes]) for id in ids)
    assert not has_any(text, [uuid4().bytes for _ in range(50)])
    assert not has_any(text, [])
    assert not has_any("", [id.bytes for id in ids])


def test_what_reads_like_an_id_across_two_of_them_is_none() -> None:
    first, second = UUID(int=2**64 - 1), UUID(int=(2**64 - 1) << 64)
    across = UUID(bytes=first.bytes[8:] + second.bytes[:8])
    assert not has_any(packed([first, second]), [across.bytes])
    assert has_any(packed([first, second, across]), [across.bytes])


def test_a_text_that_is_no_packed_ids_is_refused() -> None:
    with pytest.raises(ValueError, match="base64"):
        has_any("A===", [uuid4().bytes])
