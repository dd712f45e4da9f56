"""Each test gets a database to itself."""

import psycopg
import pytest


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_sees_nothing_of_another(database_url: str, turn: int) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("CREATE SCHEMA left_behind")
