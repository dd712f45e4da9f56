"""Two workers in processes of their own send: each message once; with every connection cut meanwhile none is lost; and it is counted."""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from fastapi.testclient import TestClient

from api.app import create_app
from domain.facts.telling import Cause
from domain.message import Message
from tests.api import people
from tests.api.issuer import Issuer
from tests.api.people import open_desk
from tests.projections.conftest import MASTER_KEY
from tests.sending.conftest import OFFICER_KEY, Mailbox, Service
from tests.support.postgres import as_owner
from tests.support.running_service import environment, wait_until
from tests.support.walk import MONDAY

CUT = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'worker of the test'
"""
MANY = 15


@contextmanager
def workers(service: Service, folder: Path, port: int, number: int) -> Iterator[None]:
    """So many `placements work`."""
    key = folder / "master.key"
    key.write_text(base64.b64encode(MASTER_KEY).decode())
    key.chmod(0o600)
    set_up = environment(
        folder, PLACEMENTS_DATABASE_URL=f"{service.dsn} application_name='worker of the test'",
        PLACEMENTS_MASTER_KEY_FILE=str(key), PLACEMENTS_MAIL_SERVER=f"127.0.0.1:{port}",
        PLACEMENTS_MAIL_FROM="ap@inventshire.example", PLACEMENTS_MAIL_TLS="no",
    )  # fmt: skip
    command = [sys.executable, "-P", "-m", "service", "work"]
    running = [
        subprocess.Popen(command, env=set_up, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(number)
    ]
    try:
        yield
    finally:
        for worker in running:
            worker.terminate()
        assert [worker.wait(60) for worker in running] == [0] * number


def ask(service: Service, what: str) -> list[Message]:
    """Ask for messages that no quiet hour holds back."""
    return [
        service.tell(cause=Cause(rule="an_absence", what=f"{what}/{n}"), urgency="at_once")
        for n in range(MANY)
    ]


def arrived(service: Service, asked: list[Message]) -> bool:
    """Whether all of them are on record as handed over."""
    return all(
        (delivery := service.get(message).deliveries.get(OFFICER_KEY)) is not None
        and delivery.state == "handed_over"
        for message in asked
    )


def counted(service: Service, folder: Path) -> str:
    """What Prometheus is told."""
    issuer = Issuer(folder, MONDAY)
    with open_desk(service.dsn, issuer) as desk, TestClient(create_app(desk)) as client:
        return client.get("/metrics").text


@pytest.mark.long
def test_each_message_goes_once_and_none_is_lost_when_every_connection_is_cut(
    service: Service,
    mailbox: Mailbox,
    mail_server: Controller,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(people, "KEY", MASTER_KEY)
    with workers(service, tmp_path, mail_server.port, 2):
        first = ask(service, "first")
        assert wait_until(lambda: arrived(service, first), 90)
        time.sleep(1)
        assert len(mailbox.mails) == MANY
        assert wait_until(
            lambda: (
                f'placements_job_did{{job="sending",what="handed_over"}} {MANY}.0'
                in counted(service, tmp_path)
            ),
            30,
        )
        second = ask(service, "second")
        with psycopg.connect(as_owner(service.dsn), autocommit=True) as owner:
            for _ in range(3):
                owner.execute(CUT)
                time.sleep(0.3)
        assert wait_until(lambda: arrived(service, second), 90)
    ids = Counter(mail["Message-ID"] for mail in mailbox.mails)
    assert len(ids) == 2 * MANY, "what went twice, for a worker was cut off in that moment, went under one id"
