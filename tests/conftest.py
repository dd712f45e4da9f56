"""The fixtures that every test may use, and nothing clever."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from service.configuration.group import PREFIX
from tests.support.postgres import PREPARED, TestPostgres, as_owner

# No test fails because the machine is slow: neither an example nor the drawing of examples has to be quick.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session", autouse=True)
def no_settings_from_outside() -> Iterator[None]:
    """What the developer has set for their own service must not decide a test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def test_postgres(
    tmp_path_factory: pytest.TempPathFactory, no_settings_from_outside: None, worker_id: str
) -> Iterator[TestPostgres]:
    """One server for the whole run, shared by the processes that tests are spread over."""
    own = tmp_path_factory.getbasetemp()
    home = own if worker_id == "master" else own.parent
    server = TestPostgres(home / "test-postgres")
    with server.running():
        yield server


@pytest.fixture(scope="session")
def prepared_postgres(test_postgres: TestPostgres) -> TestPostgres:
    """The same server, once the database to copy is prepared."""
    test_postgres.make_template()
    return test_postgres


@pytest.fixture
def database_url(prepared_postgres: TestPostgres) -> Iterator[str]:
    """The DSN of a fresh database, prepared like a new service's and empty of records."""
    with prepared_postgres.database(PREPARED) as dsn:
        yield dsn


@pytest.fixture
def empty_database_url(test_postgres: TestPostgres) -> Iterator[str]:
    """The owner's DSN of a database with nothing in it at all."""
    with test_postgres.database("template1") as dsn:
        yield as_owner(dsn)
