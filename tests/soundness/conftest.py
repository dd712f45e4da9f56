"""A service in which everything is used: every table of it has rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.child import Child
from domain.child_events import YearGroupSet
from domain.forgetting_events import ErasureApproved
from domain.placement import Placement
from domain.placement_life_events import HomeSchoolChanged
from domain.record import Recording
from history.ledger.notes import Signer
from history.moments import BLOCK
from history.store import History
from projections.rebuilding import rebuild
from service.soundness.checking import Found, check
from tests.demo.filled import MASTER_KEY, SHOWN_AT, filled
from tests.projections.filling import DECISION
from tests.support.cut_off import follow
from tests.support.postgres import TestPostgres, as_owner
from tests.support.sealing import seal
from workflows.casework import Casework
from workflows.noting_looks import Noting

SIGNER = Signer("council.example/placements", bytes(range(32, 64)))


WITNESSED = "INSERT INTO history.witnessed (witness, size, answer) SELECT 'folder', size, '' FROM history.ledger_checkpoints"


def look(history: History) -> None:
    """Three processes note looks, in blocks of the history that are full: what full blocks add up to is kept."""
    for _ in range(3):
        noting = Noting(Casework(history, lambda: SHOWN_AT))
        noting.begin()
        noting.close()
    child = history.get(Child, history.ids_of("child.registered")[-1])
    child.under(Recording(DECISION, SHOWN_AT, SHOWN_AT.date()))
    for _ in range(BLOCK):
        child.remember(YearGroupSet, year_group="9")
    history.save(child)


def go_on(history: History) -> None:
    """Something happens after the read models were built, so that rows are replaced."""
    for kind, topic, event, facts in (
        (Child, "child.registered", YearGroupSet, {"year_group": "9"}),
        (Placement, "placement.referred", HomeSchoolChanged, {"home_school_id": uuid4()}),
    ):
        for id in history.ids_of(topic)[3:6]:
            record = history.get(kind, id).under(Recording(DECISION, SHOWN_AT, SHOWN_AT.date()))
            record.remember(event, **facts)
            history.save(record)


def erase(history: History, id: UUID) -> None:
    """Destroy a child's keys of one category, as an approved erasure does."""
    child = history.get(Child, id)
    child.under(Recording(DECISION, SHOWN_AT, SHOWN_AT.date()))
    child.remember(
        ErasureApproved, request=1, requested_by="o", categories=("contact",), ground="no_longer_needed"
    )
    history.save(child)
    history.keys.carry_out(id, child.version)


@pytest.fixture(scope="module")
def used(prepared_postgres: TestPostgres) -> Iterator[str]:
    """Its DSN; filled, sealed and with read models that are up to date."""
    with filled(prepared_postgres) as dsn:
        history = History(dsn, master_key=MASTER_KEY, pool_size=2)
        look(history)
        rebuild(history, dsn)
        go_on(history)
        for child in history.ids_of("child.registered")[:3]:
            erase(history, child)
        # In small pages, so that there are several checkpoints.
        seal(dsn, history, SIGNER, page=2)
        with psycopg.connect(dsn) as database:
            database.execute(WITNESSED)
        seal(dsn, history, SIGNER)
        follow(dsn, history)
        history.close()
        yield dsn


@pytest.fixture(scope="module")
def history(used: str) -> Iterator[History]:
    """Its history."""
    history = History(used, master_key=MASTER_KEY, pool_size=2)
    yield history
    history.close()


@pytest.fixture(scope="module")
def owner(used: str) -> Iterator[psycopg.Connection]:
    """Somebody with every right, who knows how to switch triggers off."""
    with psycopg.connect(as_owner(used), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def found(used: str, history: History) -> Callable[[], Found]:
    """What the check finds now."""
    return lambda: check(history, used, [SIGNER.public])
