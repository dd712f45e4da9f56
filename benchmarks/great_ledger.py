"""Proofs in a tree over ten million events, of which only those that are asked about are stored."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from uuid import uuid4

import psycopg

from benchmarks.measuring import Act, Figure, percentiles
from benchmarks.spent import Spent
from history.ledger.checking import extends
from history.ledger.checkpoints import Head, head_of
from history.ledger.evidence import growth
from history.ledger.growing import Growing
from history.ledger.handing_out import proof_of
from history.ledger.hashing import WIDTH, root_of, split
from history.ledger.notes import Signer
from history.ledger.proving import Proving
from history.ledger.stored import StoredEvent
from history.store import History

SIGNER = Signer("council.example/placements", bytes(range(32)))
EVENTS = 10_000_000
PROOFS = f"Proofs among {EVENTS:,} events"
ADD_EVENT = "INSERT INTO history.events VALUES (%s, %s, 'placements.moved', %s, %s)"
ADD_TILES = """
    INSERT INTO history.ledger_tiles (level, number, hashes, root)
    SELECT 0, n, %(hashes)s, %(root)s FROM generate_series(0, %(count)s - 1) AS n WHERE n <> ALL(%(special)s)
"""
ADD_TILE = "INSERT INTO history.ledger_tiles (level, number, hashes, root) VALUES (%s, %s, %s, %s)"
ADD_CHECKPOINT = "INSERT INTO history.ledger_checkpoints (size, tail, note) VALUES (%s, %s, %s)"


def proofs(dsn: str, history: History) -> Iterator[Figure]:
    """Made and checked: that one event is in the tree, and that the tree begins with an older one."""
    positions = [1 + n * (EVENTS - 1) // 100 for n in range(101)]
    began = time.perf_counter()
    head = _great_ledger(dsn, history, positions)
    yield Figure(PROOFS, "the ledger put together", time.perf_counter() - began, "s")
    ways: dict[str, Callable[[int], object]] = {
        "SELECT 1": lambda position: history.rows("SELECT 1", {}),
        # It looks for itself whether the proof leads to the signed root.
        "one event is in it: made, and checked": lambda position: proof_of(history, position),
        "it begins with an older one": lambda position: growth(history, position, EVENTS),
    }
    bare: tuple[float, float] | None = None
    for what, way in ways.items():
        spent, took = Spent(dsn), [_timed(partial(way, position)) for position in positions]
        each, (middle, slow) = spent.seconds() / len(positions), percentiles(took)
        bare = bare or (middle, slow)
        yield Figure(PROOFS, f"{what}: p50", middle, "ms", middle / bare[0])
        yield Figure(PROOFS, f"{what}: p95", slow, "ms", slow / bare[1])
        yield Figure(PROOFS, f"{what}: processor, with the database's", 1_000 * each, "ms")
    for position in positions:
        grown, old = growth(history, position, EVENTS), Proving(history).root(position)
        assert extends(position, old, EVENTS, head.root, grown)


def _great_ledger(dsn: str, history: History, positions: list[int]) -> Head:
    """Tiles over ten million events, of which only those at these positions are stored: a proof reads no others."""
    record, filling = uuid4(), sha256(b"any other event").digest()
    leaves = {
        position: StoredEvent(position, record, 1 + nth, "placements.moved", b"{}").leaf()
        for nth, position in enumerate(positions)
    }
    full, rest = divmod(EVENTS, WIDTH)
    rows: dict[int, list[bytes]] = {}
    for position, leaf in leaves.items():
        number, within = divmod(position - 1, WIDTH)
        rows.setdefault(number, [filling] * WIDTH)[within] = leaf
    usual = [filling] * WIDTH
    roots = [root_of(usual)] * full
    with psycopg.connect(dsn, autocommit=True) as connection:
        for nth, position in enumerate(positions):
            connection.execute(ADD_EVENT, (record, 1 + nth, b"{}", position))
        tiles = {"hashes": b"".join(usual), "root": roots[0], "count": full, "special": list(rows)}
        connection.execute(ADD_TILES, tiles)
        for number, row in rows.items():
            if number < full:
                roots[number] = root_of(row)
                connection.execute(ADD_TILE, (0, number, b"".join(row), roots[number]))
        for number in range(full // WIDTH):
            some = roots[number * WIDTH : (number + 1) * WIDTH]
            connection.execute(ADD_TILE, (1, number, b"".join(some), root_of(some)))
        tail = b"".join(rows.get(full, usual)[:rest])
        above = [root_of(roots[n : n + WIDTH]) for n in range(0, full - full % WIDTH, WIDTH)]
        tree = Growing([split(tail), roots[full - full % WIDTH :], above])
        head = head_of(SIGNER, EVENTS, tree.root())
        connection.execute(ADD_CHECKPOINT, (EVENTS, tail, head.signed_by(SIGNER)))
    return head


def _timed(act: Act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
