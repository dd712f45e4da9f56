"""A sealed history with one placement that lived its whole life, made once; and what it takes to make bundles of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from history.ledger.notes import Signer
from history.ledger.sealer import Sealer
from history.store import History
from projections.bundles.making import make_bundle
from projections.bundles.packing import zipped
from tests.support.postgres import PREPARED, TestPostgres, as_owner
from tests.support.walk import CHILD, LIFE, MONDAY, OFFICER, PLACEMENT, SENIOR, Walk
from workflows.casework import Casework

MASTER_KEY = bytes(range(32))
SIGNER = Signer("council.example/placements", bytes(range(32, 64)))
KEY = str(SIGNER.public)
THE_DAYS_MARKS = {"sessions": [{"day": "2026-11-23", "half": "AM", "attended": True}]}


@dataclass
class Sealed:
    """A history, and a way to seal it."""

    history: History
    connection: psycopg.Connection[Any]
    walk: Walk
    dsn: str

    def seal(self) -> int:
        """Seal everything; how many events there are."""
        sealer = Sealer(self.connection, self.history, SIGNER)
        while sealer.step():
            pass
        return self.history.head()

    def bundle(self, kind: Any = "placement", of: Any = PLACEMENT, **more: Any) -> Mapping[str, bytes]:
        """The files of a bundle."""
        return make_bundle(self.history, SIGNER, kind, of, **more)


@pytest.fixture
def empty(database_url: str) -> Iterator[Sealed]:
    """A service in which nothing happened yet."""
    yield from opened(database_url)


@pytest.fixture(scope="session")
def lived(prepared_postgres: TestPostgres) -> Iterator[Sealed]:
    """A placement from referral to exit, sealed in several checkpoints. Tests change nothing in it."""
    with prepared_postgres.database(PREPARED) as dsn:
        for sealed in opened(dsn):
            live(sealed)
            yield sealed


def opened(dsn: str) -> Iterator[Sealed]:
    """A history with what it takes to seal it."""
    history = History(dsn, master_key=MASTER_KEY)
    with psycopg.connect(as_owner(dsn), autocommit=True) as connection:
        yield Sealed(history, connection, Walk(Casework(history, lambda: MONDAY + timedelta(hours=8))), dsn)
    history.close()


def live(sealed: Sealed) -> None:
    """The whole life, with a checkpoint now and then."""
    sealed.walk.set_up()
    sealed.seal()
    for nth, (name, changes) in enumerate(LIFE):
        sealed.walk.do(name, PLACEMENT, SENIOR if name == "accept_risk" else OFFICER, **changes)
        if nth % 5 == 0:
            sealed.seal()
    sealed.seal()


@pytest.fixture(scope="session")
def of_the_placement(lived: Sealed) -> dict[str, bytes]:
    """Its bundle."""
    return dict(lived.bundle())


@pytest.fixture(scope="session")
def of_the_child(lived: Sealed) -> dict[str, bytes]:
    """The bundle of its child."""
    return dict(lived.bundle("child", CHILD))


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes files as an archive, and says where."""
    numbers = iter(range(1_000))

    def write(files: Mapping[str, bytes]) -> Path:
        path = tmp_path / f"{next(numbers)}.zip"
        path.write_bytes(zipped(files))
        return path

    return write
