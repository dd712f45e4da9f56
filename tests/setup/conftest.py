"""What the tests of setting up and running share."""

import base64

import pytest


@pytest.fixture
def master_key() -> str:
    """A key as it is written; any 32 bytes will do."""
    return base64.b64encode(bytes(range(32))).decode()
