"""Reads the rows of the tables again, and says which are not as the register has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from history.ledger.notes import NotSigned, PublicKey
from history.reading import Reading
from history.register.kept import BEFORE_ALL, KEPT, NOTHING, Kept, Row, chained
from history.register.statement import Statement, open_statement

PAGE = 4_096
REGISTERED = """
    SELECT last, after, places, hashes, note FROM history.register
    WHERE of_table = %(table)s AND last > %(after)s AND last <= %(to)s ORDER BY last LIMIT 200
"""
NEWEST = "SELECT coalesce(max(last), -1) FROM history.register WHERE of_table = %(table)s"
TABLES = "SELECT DISTINCT of_table FROM history.register"
Difference = tuple[str, int, str]
"""A table, a place in its order, and what is wrong there."""


class Registered(NamedTuple):
    """One row of the register."""

    last: int
    after: int
    places: list[int]
    hashes: bytes
    note: str


class Compared(NamedTuple):
    """What was found of one table."""

    reached: Statement
    """What the rows come to, as a statement would say it."""
    differences: list[Difference]


def compare(
    history: Reading,
    trusted: Sequence[PublicKey],
    promised: Mapping[str, Sequence[Statement]] | None = None,
) -> list[Compared]:
    """Every table of the register, and the register itself.

    `promised` are statements that were kept elsewhere: the register must have said them too. Without trusted keys, signatures are
    not checked. Raises Unavailable.
    """
    found = [_compare(history, kept, trusted, (promised or {}).get(kept.name, ())) for kept in KEPT]
    known = {kept.name for kept in KEPT}
    strange = [table for (table,) in history.rows(TABLES, {}) if table not in known]
    for table in strange:
        wrong = [("register", 0, f"it speaks of a table {table}, which it does not keep")]
        found.append(Compared(Statement(table, BEFORE_ALL, 0, NOTHING), wrong))
    return found


def _compare(
    history: Reading, kept: Kept, trusted: Sequence[PublicKey], promised: Sequence[Statement]
) -> Compared:
    # In this order: what is registered after the first look is not expected, and what is expected is there.
    [(to,)] = history.rows(NEWEST, {"table": kept.name})
    wrong: list[Difference] = []
    state = Statement(kept.name, BEFORE_ALL, 0, NOTHING)
    open_promises = {said.rows: said for said in promised}
    for one in _register(history, kept, to):
        if one.after != state.last:
            words = (
                f"the row of {kept.name} up to {one.last} goes on from {one.after} and not from {state.last}"
            )
            wrong.append(("register", one.last, words))
        now = Statement(kept.name, one.last, state.rows + len(one.places), chained(state.chain, one.hashes))
        wrong += _of_the_register(kept, one, now, trusted)
        wrong += _of_the_rows(history, kept, state.last, one)
        _settle(open_promises, state, one, now, wrong)
        state = now
    wrong += [
        ("register", said.last, f"{said.rows} rows of {kept.name} were promised, and it has {state.rows}")
        for said in open_promises.values()
    ]
    return Compared(state, wrong)


def _register(history: Reading, kept: Kept, to: int) -> Iterator[Registered]:
    asked = {"table": kept.name, "after": BEFORE_ALL, "to": to}
    while page := history.rows(REGISTERED, asked):
        yield from (Registered(*row) for row in page)
        asked["after"] = page[-1][0]


def _of_the_register(
    kept: Kept, one: Registered, now: Statement, trusted: Sequence[PublicKey]
) -> Iterator[Difference]:
    if not trusted:
        return
    try:
        said = open_statement(one.note, trusted)
    except NotSigned as problem:
        yield "register", one.last, f"the row of {kept.name} up to {one.last}: {problem}"
        return
    if said != now:
        yield "register", one.last, f"the row of {kept.name} up to {one.last} is not what was signed"


def _of_the_rows(history: Reading, kept: Kept, after: int, one: Registered) -> Iterator[Difference]:
    expected = dict(
        zip(one.places, (one.hashes[at : at + 32] for at in range(0, len(one.hashes), 32)), strict=False)
    )
    seen: set[int] = set()
    for row in _rows(history, kept, after, one.last):
        if row.place not in expected:
            yield kept.name, row.place, "was put in"
        elif row.place in seen:
            yield kept.name, row.place, "is there twice"
        elif row.hash() != expected[row.place]:
            yield kept.name, row.place, "is not what was registered"
        seen.add(row.place)
    for place in expected.keys() - seen:
        yield kept.name, place, "is gone"


def _rows(history: Reading, kept: Kept, after: int, last: int) -> list[Row]:
    # All of them at once: rows at one place, which an index forbids until somebody takes it away, must not fall between pages.
    return [Row(*row) for row in history.rows(kept.rows, {"after": after, "last": last, "limit": None})]


def _settle(
    promised: dict[int, Statement],
    before: Statement,
    one: Registered,
    now: Statement,
    wrong: list[Difference],
) -> None:
    """Compare with what was promised for a count that lies in this row of the register."""
    for count in [count for count in promised if before.rows < count <= now.rows]:
        said = promised.pop(count)
        chain = chained(before.chain, one.hashes[: 32 * (count - before.rows)])
        if chain != said.chain:
            words = f"the first {count} rows of {said.of_table} are not those that were promised"
            wrong.append(("register", said.last, words))
