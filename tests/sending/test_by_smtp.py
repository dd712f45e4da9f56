"""Mail goes out only under TLS and after signing in, where that is set up: against a real mail server that asks for both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from service.sending.by_smtp import BySmtp, Post
from service.sending.letter import NotCarried
from tests.sending.certificate import certificate_for_localhost
from tests.sending.conftest import Mailbox, free_port
from tests.sending.test_other_ways import LETTER
from tests.support.walk import MONDAY

USER, PASSWORD = "placements", "an invented password"


@dataclass
class Guarded:
    """A mail server that takes mail from who signed in under TLS, and from nobody else."""

    mailbox: Mailbox
    post: Post
    protected: list[bool]
    """Of each mail: whether it came under TLS."""


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    """One on this computer, with a certificate that the sender is told to trust."""
    context, authorities = certificate_for_localhost(tmp_path)
    protected: list[bool] = []

    class Noting(Mailbox):
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
            protected.append(session.ssl is not None)
            return await super().handle_DATA(server, session, envelope)

    def knows(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and (given.login, given.password) == (
            USER.encode(),
            PASSWORD.encode(),
        )
        return AuthResult(success=right, handled=right)

    mailbox = Noting()
    server = Controller(
        mailbox, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True,
        auth_required=True, authenticator=knows,
    )  # fmt: skip
    server.start()
    post = Post("localhost", server.port, "ap@inventshire.example", "starttls", USER, PASSWORD, authorities)
    yield Guarded(mailbox, post, protected)
    server.stop()


def carry(post: Post) -> str:
    """One letter."""
    return BySmtp(post, lambda: MONDAY).carry(LETTER)


def test_a_letter_goes_under_starttls_and_after_signing_in(guarded: Guarded) -> None:
    reference = carry(guarded.post)
    [mail] = guarded.mailbox.mails
    assert (guarded.protected, mail["Message-ID"]) == ([True], reference)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"password": "another"}, "sign_in_failed"),
        ({"authorities": None}, "unreachable"),
        ({"host": "127.0.0.1"}, "unreachable"),
    ],
)
def test_nothing_goes_to_who_is_not_trusted_or_without_the_password(
    guarded: Guarded, wrong: dict[str, str], code: str
) -> None:
    with pytest.raises(NotCarried) as problem:
        carry(replace(guarded.post, **wrong))  # type: ignore[arg-type]
    assert (problem.value.code, problem.value.away, problem.value.for_good) == (code, True, False)
    assert guarded.mailbox.mails == []


def test_a_server_without_tls_is_given_no_letter_and_no_password(
    mail_server: Controller, mailbox: Mailbox
) -> None:
    post = Post("127.0.0.1", mail_server.port, "ap@inventshire.example", "starttls", USER, PASSWORD)
    with pytest.raises(NotCarried) as problem:
        carry(post)
    assert not problem.value.for_good
    assert mailbox.mails == []


def test_the_password_is_in_no_words_about_the_server(guarded: Guarded) -> None:
    assert PASSWORD not in repr(guarded.post)


def test_no_line_of_a_letter_is_changed_on_the_way(guarded: Guarded) -> None:
    letter = replace(LETTER, body="From Zoë's school\n\nFrom us\n.\n=3D\n")
    BySmtp(guarded.post, lambda: MONDAY).carry(letter)
    [mail] = guarded.mailbox.mails
    assert mail.get_content().replace("\r\n", "\n") == letter.body
