"""Two officers, each with a history and a casework of their own, as two processes have them."""

from collections.abc import Iterator

import pytest

from history.store import History
from tests.support.walk import MONDAY
from tests.whole.town import Around, Town
from workflows.casework import Casework

MASTER_KEY = bytes(range(32))


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """The history, as the first of them has it."""
    history = History(database_url, master_key=MASTER_KEY)
    yield history
    history.close()


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[History]:
    """The same history, as the second has it."""
    history = History(database_url, master_key=MASTER_KEY)
    yield history
    history.close()


@pytest.fixture
def here(history: History) -> Town:
    """The first officer's desk."""
    return Town(Casework(history, lambda: MONDAY))


@pytest.fixture
def there(elsewhere: History) -> Town:
    """The second officer's desk."""
    return Town(Casework(elsewhere, lambda: MONDAY))


@pytest.fixture
def around(here: Town) -> Around:
    """An authority and a checked provider with a contract between them."""
    return here.found(Around(), "authority", "school", "provider", "office", "agreement")
