"""Whatever people ask for, in whatever order and at whatever time: what must always hold, holds after every step."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from psycopg.conninfo import conninfo_to_dict

from tests.support.postgres import PREPARED, TestPostgres
from tests.whole.any_order import AnyOrder
from tests.whole.world import make_world

ANY = settings(
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
    print_blob=False,
)
A_FEW = settings(ANY, derandomize=True, max_examples=10, stateful_step_count=25)
MANY = settings(ANY, max_examples=400, stateful_step_count=60)


@pytest.fixture(scope="module")
def stories(prepared_postgres: TestPostgres) -> Iterator[type[AnyOrder]]:
    """Stories that each begin in a copy of the world."""
    with prepared_postgres.database(PREPARED) as dsn:
        make_world(dsn)

        class Stories(AnyOrder):
            """In this world."""

            postgres, world = prepared_postgres, str(conninfo_to_dict(dsn)["dbname"])

        yield Stories


def test_any_order_of_commands(stories: type[AnyOrder]) -> None:
    run_state_machine_as_test(stories, settings=A_FEW)


@pytest.mark.long
def test_very_many_orders_of_commands(stories: type[AnyOrder]) -> None:
    run_state_machine_as_test(stories, settings=MANY)
