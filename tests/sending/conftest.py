"""A service with a placement under way, people who can be reached, and real servers to send to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage as Mail
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from psycopg.conninfo import conninfo_to_dict

from domain.facts.telling import About, Cause, Recipient, Relation, Slot
from domain.message import Message
from history.store import History
from projections.asking import Asking
from projections.finding_messages import Messages
from projections.paging import Marks
from projections.progress import Standing
from projections.reading import ReadModels
from service.sending.by_smtp import BySmtp, Post
from service.sending.by_webhook import ByWebhook
from service.sending.carriers import Carriers
from service.sending.sending import Sending
from service.sending.timing import Hours
from tests.projections.conftest import MASTER_KEY, Clock, followed
from tests.support.postgres import PREPARED, TestPostgres
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, THE_SERVICE, Walk
from workflows.casework import Casework
from workflows.telling import Tell, tell

OFFICER = "officer@inventshire.example"
OFFICER_KEY = f"officer:{AUTHORITY}/{OFFICER}"


class Mailbox:
    """Takes mail as a mail server does, and can be told to refuse."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.answers: list[str] = []
        """What to answer to the next recipients, in place of taking them."""

    async def handle_RCPT(  # noqa: N802 - the server calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def to(self, address: str) -> list[Mail]:
        """What one address got."""
        return [mail for mail in self.mails if mail["To"] == address]


@pytest.fixture
def clock() -> Clock:
    """Monday morning, until a test sets it."""
    return Clock()


@pytest.fixture
def mailbox() -> Mailbox:
    """What the mail server of the test got."""
    return Mailbox()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def mail_server(mailbox: Mailbox) -> Iterator[Controller]:
    """A real mail server."""
    server = Controller(mailbox, hostname="127.0.0.1", port=free_port())
    server.start()
    yield server
    server.stop()


@dataclass
class Service:
    """The sender, looked at from outside."""

    dsn: str
    history: History
    clock: Clock
    walk: Walk
    carriers: Carriers
    read_models: ReadModels
    hours: Hours = field(default_factory=Hours)
    address: str | None = "https://placements.example"

    def sending(self) -> Sending:
        """A worker's sender."""
        return Sending(self.dsn, self.history, self.clock, self.carriers, self.hours, self.address)

    def tell(self, relation: Relation = "named_officer", **changes: Any) -> Message:
        """Ask that someone be told of an absence."""
        asked: dict[str, Any] = {
            "template": "unexplained_absence",
            "to": Recipient(relation=relation),
            "record": About(kind="placement", id=PLACEMENT),
            "cause": Cause(rule="an_absence", what="1/1"),
            "slots": (Slot(name="day", value="Monday 23 November 2026"),),
        }
        id = tell(self.walk.casework, Tell(**{**asked, **changes}), THE_SERVICE)
        return self.history.get(Message, id)

    def send(self, sending: Sending | None = None, *, within: int = 10) -> Sending:
        """Follow and send until nothing is due any more."""
        sending = sending or self.sending()
        asking = Asking(self.dsn, 2)
        messages = Messages(asking, Marks(asking), Standing(0))
        try:
            for _ in range(within):
                self.catch_up()
                if not sending.step(messages):
                    break
        finally:
            asking.close()
        return sending

    def catch_up(self) -> None:
        """The read models have everything."""
        assert self.read_models.wait_for(self.history.head(), 20)

    def get(self, message: Message) -> Message:
        """The message as it stands now."""
        return self.history.get(Message, message.id)

    def reach(self, person: str = OFFICER, email: str = "nia@inventshire.example") -> None:
        """Record how a person is reached."""
        self.walk.do("set_person_contact", AUTHORITY, THE_SERVICE, person_id=person, email=email, mobile=None)


@pytest.fixture(scope="session")
def furnished(prepared_postgres: TestPostgres) -> Iterator[str]:
    """The name of a database in which a placement has started, and the authority's named officer is reached by e-mail."""
    with prepared_postgres.database(PREPARED) as dsn:
        history = History(dsn, master_key=MASTER_KEY)
        walk = Walk(Casework(history, Clock()))
        walk.set_up()
        walk.live_until("start_placement")
        walk.do("appoint_named_officer", AUTHORITY, THE_SERVICE)
        walk.do("grant_role", AUTHORITY, THE_SERVICE)
        contact = {"person_id": OFFICER, "email": "nia@inventshire.example", "mobile": None}
        walk.do("set_person_contact", AUTHORITY, THE_SERVICE, **contact)
        with reading(dsn) as read_models, followed(dsn, history):
            assert read_models.wait_for(history.head(), 60)
        history.close()
        yield str(conninfo_to_dict(dsn)["dbname"])


@contextmanager
def reading(dsn: str) -> Iterator[ReadModels]:
    """The read models of a database."""
    read_models = ReadModels(dsn, pool_size=1)
    try:
        yield read_models
    finally:
        read_models.close()


@pytest.fixture
def service(
    prepared_postgres: TestPostgres, furnished: str, clock: Clock, mail_server: Controller
) -> Iterator[Service]:
    """The service on a copy of that database, which somebody follows."""
    post = Post("127.0.0.1", mail_server.port, "ap@inventshire.example", "none")
    carriers = Carriers(ByWebhook(clock), BySmtp(post, clock))
    with prepared_postgres.database(furnished) as dsn:
        history = History(dsn, master_key=MASTER_KEY)
        walk = Walk(Casework(history, clock))
        with reading(dsn) as read_models, followed(dsn, history):
            yield Service(dsn, history, clock, walk, carriers, read_models)
        history.close()


@pytest.fixture
def with_a_parent(service: Service) -> Service:
    """The child's mother is recorded, with an e-mail address."""
    carer = {
        "name": "Mona Sample",
        "relationship": "mother",
        "contact": "07700 900456, mona.sample@mail.example",
    }
    service.walk.do("record_carer", CHILD, THE_SERVICE, carer=carer)
    return service
