"""kill -9 at every step of telling someone: afterwards they are told, and once wherever the carrier can say what it has."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from domain.message import Message
from tests.projections.conftest import MASTER_KEY
from tests.sending.conftest import OFFICER_KEY, Mailbox, Service
from tests.sending.killed import STEPS, carrier_of
from tests.sending.test_other_ways import Other, serve


def kill_at(step: str, service: Service, message: Message, channel: str, where: str) -> None:
    """A worker handles the message and dies."""
    now = service.clock.moment.isoformat()
    program = [sys.executable, "-m", "tests.sending.killed", service.dsn, MASTER_KEY.hex(), now]
    ended = subprocess.run(
        [*program, str(message.id), channel, where, step],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == -9, ended.stderr


def go_on(service: Service, channel: str, where: str) -> None:
    """The next worker takes over."""
    service.carriers = type(service.carriers)(
        service.carriers.webhook, carrier_of(channel, where, service.clock)
    )
    service.send()


@pytest.mark.parametrize("step", STEPS)
def test_by_mail_they_are_told_and_twice_only_under_one_id(
    step: str, service: Service, mailbox: Mailbox, mail_server: object
) -> None:
    where = str(mail_server.port)  # type: ignore[attr-defined]
    message = service.tell()
    kill_at(step, service, message, "email", where)
    go_on(service, "email", where)
    assert service.get(message).deliveries[OFFICER_KEY].state == "handed_over"
    assert len(mailbox.mails) == (2 if step == "after letter" else 1)
    assert len({mail["Message-ID"] for mail in mailbox.mails}) == 1


@pytest.fixture
def notify() -> Iterator[Other]:
    """GOV.UK Notify, as far as its interface goes."""
    other = Other()
    server = serve(other)
    other.url = f"http://127.0.0.1:{server.server_port} placements-{uuid4()}-{uuid4()}"
    yield other
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("step", ["before letter", "after letter", "after record_handed_over"])
def test_by_notify_they_are_told_once(step: str, service: Service, notify: Other) -> None:
    message = service.tell()
    kill_at(step, service, message, "notify_email", notify.url)
    go_on(service, "notify_email", notify.url)
    assert service.get(message).deliveries[OFFICER_KEY].state == "handed_over"
    assert len(notify.notifications) == 1


def test_as_a_file_it_lies_there_once(service: Service, tmp_path: Path) -> None:
    message = service.tell()
    kill_at("after letter", service, message, "file", str(tmp_path / "messages"))
    go_on(service, "file", str(tmp_path / "messages"))
    assert service.get(message).deliveries[OFFICER_KEY].state == "handed_over"
    assert len(list((tmp_path / "messages").iterdir())) == 1
