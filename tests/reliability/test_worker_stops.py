"""A worker that is asked to stop does, within two seconds, whatever it waits for."""

from __future__ import annotations

import base64
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.sending.by_smtp import TIMEOUT
from tests.projections.conftest import MASTER_KEY
from tests.sending.conftest import Service, clock, furnished, mail_server, mailbox, service
from tests.support.running_service import environment

__all__ = ["clock", "furnished", "mail_server", "mailbox", "service"]


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A mail server that takes every connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield server


def test_a_worker_that_waits_for_a_mail_server_which_says_nothing_ends_without_it(
    service: Service, silent: socket.socket, tmp_path: Path
) -> None:
    service.tell(urgency="at_once")
    key = tmp_path / "master.key"
    key.write_text(base64.b64encode(MASTER_KEY).decode())
    key.chmod(0o600)
    worker = subprocess.Popen(
        [sys.executable, "-P", "-m", "service", "work"],
        env=environment(
            tmp_path, PLACEMENTS_DATABASE_URL=service.dsn, PLACEMENTS_MASTER_KEY_FILE=str(key),
            PLACEMENTS_MAIL_SERVER=f"127.0.0.1:{silent.getsockname()[1]}", PLACEMENTS_MAIL_FROM="ap@inventshire.example",
            PLACEMENTS_MAIL_TLS="no",
        ),
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        conversation, _ = silent.accept()
        with conversation:
            used = os.times().elapsed
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(60) == 0
            took = os.times().elapsed - used
    finally:
        worker.kill()
        worker.wait()
    # At rest it takes a second and a half at most. On a machine at work it is enough that it did not wait for the server.
    assert took < TIMEOUT / 2
