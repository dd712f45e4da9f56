"""The tree is that of RFC 9162, whatever its size."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from history.ledger.growing import Growing
from history.ledger.hashing import EMPTY, entry_of, leaf_hash, node_hash, root_of
from tests.ledger.plain_tree import tree_hash

KNOWN_LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
"""The entries that other implementations of such logs are tested with, and the roots that these have."""
KNOWN_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def grown(data: list[bytes]) -> Growing:
    """A tree with these entries."""
    tree = Growing()
    for entry in data:
        tree.append(leaf_hash(entry))
    return tree


@pytest.mark.parametrize("size", range(9))
def test_it_has_the_roots_that_are_known(size: int) -> None:
    assert grown(KNOWN_LEAVES[:size]).root().hex() == KNOWN_ROOTS[size]
    assert root_of([leaf_hash(leaf) for leaf in KNOWN_LEAVES[:size]]).hex() == KNOWN_ROOTS[size]


def test_it_has_the_root_of_the_definition_at_every_size() -> None:
    data = [b"%d" % n for n in range(301)]
    tree = Growing()
    for size in range(301):
        assert tree.root() == tree_hash(data[:size])
        tree.append(leaf_hash(data[size]))


def test_it_gives_away_tiles_of_256_on_every_level() -> None:
    tree, tiles, leaves = Growing(), [], [b"%032d" % n for n in range(256 * 256 + 3)]
    for leaf in leaves:
        tiles += tree.append(leaf)

    assert [(tile.level, tile.number) for tile in tiles] == [(0, n) for n in range(256)] + [(1, 0)]
    assert all(tile.hashes == b"".join(leaves[256 * n : 256 * n + 256]) for n, tile in enumerate(tiles[:256]))
    assert all(tile.root == root_of(leaves[256 * n : 256 * n + 256]) for n, tile in enumerate(tiles[:256]))
    assert tiles[256].hashes == b"".join(tile.root for tile in tiles[:256])
    assert tiles[256].root == root_of(leaves[: 256 * 256])
    assert tree.root() == node_hash(tiles[256].root, root_of(leaves[256 * 256 :]))


@given(st.integers(0, 70_000), st.integers(0, 600))
@settings(max_examples=12)
def test_it_goes_on_from_what_stands_in_unfinished_tiles(size: int, more: int) -> None:
    whole = Growing()
    for n in range(size):
        whole.append(b"%032d" % n)
    resumed = Growing(whole.unfinished)
    assert (resumed.size, resumed.root()) == (size, whole.root())
    for n in range(more):
        assert whole.append(b"%032d" % n) == resumed.append(b"%032d" % n)
    assert resumed.root() == whole.root()


def test_a_tree_without_leaves_has_a_root() -> None:
    assert Growing().root() == EMPTY == tree_hash([])


def test_what_is_hashed_of_an_event_is_written_down_byte_by_byte() -> None:
    assert entry_of(258, bytes(range(16)), 3, "a.b", b"{}").hex(" ") == (
        "00 00 00 00 00 00 01 02"
        " 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"
        " 00 00 00 00 00 00 00 03"
        " 00 03 61 2e 62"
        " 00 00 00 02 7b 7d"
    )


parts = st.tuples(
    st.integers(0, 2**63 - 1),
    st.binary(min_size=16, max_size=16),
    st.integers(0, 2**63 - 1),
    st.text(max_size=5),
    st.binary(max_size=9),
)


@given(parts, parts)
@settings(max_examples=50)
def test_two_events_that_differ_never_hash_the_same_bytes(
    one: tuple[int, bytes, int, str, bytes], other: tuple[int, bytes, int, str, bytes]
) -> None:
    assert (entry_of(*one) == entry_of(*other)) == (one == other)
