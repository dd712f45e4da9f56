"""What the ledger costs: its upkeep beside the writing that it follows, and proofs in a tree over ten million events."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from hashlib import sha256
from statistics import median
from uuid import uuid4

import psycopg

from benchmarks.ground import durable_database, history_in
from benchmarks.lives import store_lives
from benchmarks.measuring import Act, Figure, per_second, percentiles
from benchmarks.spent import Spent
from benchmarks.writing import LIVES, a_stored_contact, bare_inserts, commands, saves
from history.ledger.checking import extends
from history.ledger.checkpoints import Head, head_of
from history.ledger.evidence import growth, newest_size
from history.ledger.growing import Growing
from history.ledger.handing_out import proof_of
from history.ledger.hashing import WIDTH, root_of, split
from history.ledger.notes import Signer
from history.ledger.proving import Proving
from history.ledger.sealer import Sealer
from history.ledger.sealing import Sealing
from history.ledger.stored import StoredEvent
from history.store import History

SIGNER = Signer("council.example/placements", bytes(range(32)))
EVENTS = 10_000_000
THREADS, ROUNDS = 16, 3
UPKEEP, PROOFS = f"Writing with {THREADS} threads, and the ledger", f"Proofs among {EVENTS:,} events"
ADD_EVENT = "INSERT INTO history.events VALUES (%s, %s, 'placements.moved', %s, %s)"
ADD_TILES = """
    INSERT INTO history.ledger_tiles (level, number, hashes, root)
    SELECT 0, n, %(hashes)s, %(root)s FROM generate_series(0, %(count)s - 1) AS n WHERE n <> ALL(%(special)s)
"""
ADD_TILE = "INSERT INTO history.ledger_tiles (level, number, hashes, root) VALUES (%s, %s, %s, %s)"
ADD_CHECKPOINT = "INSERT INTO history.ledger_checkpoints (size, tail, note) VALUES (%s, %s, %s)"


def measure(seconds: float) -> Iterator[Figure]:
    """The upkeep, then proofs."""
    with durable_database() as dsn, history_in(dsn) as history, ExitStack() as at_the_end:
        yield from upkeep(dsn, history, seconds, at_the_end)
    with durable_database() as dsn, history_in(dsn, 2) as history:
        yield from proofs(dsn, history)


def upkeep(dsn: str, history: History, seconds: float, at_the_end: ExitStack) -> Iterator[Figure]:
    """What is written a second while another process keeps the ledger, as in a running service, and while nobody does."""
    lives = store_lives(history, LIVES * THREADS)
    row = a_stored_contact(history, lives[0])
    bare, kept, alone = bare_inserts(dsn, row, at_the_end), "and a worker seals it", "and nobody seals"
    rate = median(per_second([bare(n) for n in range(THREADS)], seconds) for _ in range(ROUNDS))
    yield Figure(UPKEEP, "bare psycopg inserts", rate, "a second", 1.0)
    # A new record for each event is the hardest that the index can be given.
    for words, way in (
        ("History.save, each time a new record", saves(history, row)),
        ("Casework.perform, log a contact", commands(history, lives, "log_contact")),
    ):
        found: dict[str, list[tuple[float, float]]] = {alone: [], kept: []}
        for _ in range(ROUNDS):
            _seal_all(dsn, history)
            found[alone].append(_written(dsn, history, way, seconds))
            with _sealed_meanwhile(dsn, history):
                found[kept].append(_written(dsn, history, way, seconds, sealed=True))
        rates, spent = ({k: median(pair[n] for pair in of) for k, of in found.items()} for n in (0, 1))
        for what in (alone, kept):
            yield Figure(UPKEEP, f"{words}, {what}", rates[what], "a second", rates[what] / rate)
        for what in (alone, kept):
            share = spent[what] / spent[alone]
            yield Figure(UPKEEP, f"the same: processor of all, {what}", 1e6 * spent[what], "us", share)


def _written(
    dsn: str, history: History, way: Callable[[int], Act], seconds: float, sealed: bool = False
) -> tuple[float, float]:
    """Events a second, and the seconds of processor time of all processes for one."""
    acts = [way(n) for n in range(THREADS)]
    # A worker that begins reads the top of the index once, however much is written afterwards.
    per_second(acts, seconds)
    if sealed:
        until_sealed(history)
    before, spent = history.head(), Spent(dsn)
    rate = per_second(acts, seconds)
    if sealed:
        until_sealed(history)
    return rate, spent.seconds() / (history.head() - before)


def until_sealed(history: History) -> None:
    """Wait for whoever seals."""
    while newest_size(history) < history.head():
        time.sleep(0.2)


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


def _seal_all(dsn: str, history: History) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        sealer = Sealer(connection, history, SIGNER)
        while sealer.step():
            pass


@contextmanager
def _sealed_meanwhile(dsn: str, history: History) -> Iterator[None]:
    """Another process seals as a worker does; it has begun when this does."""
    processes = multiprocessing.get_context("spawn")
    stop = processes.Event()
    worker = processes.Process(target=_work, args=(dsn, stop), daemon=True)
    worker.start()
    before = newest_size(history)
    store_lives(history, 1)
    while newest_size(history) == before:
        time.sleep(0.05)
    yield
    stop.set()
    worker.join()


def _work(dsn: str, stop: threading.Event) -> None:
    with history_in(dsn, 2) as history:
        Sealing(dsn, history, SIGNER).run(stop)
