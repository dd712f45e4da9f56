"""E-mail by SMTP. The Message-ID is the letter's own, so that what is sent twice can be known as the same."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal

from domain.facts.telling import Channel
from service.sending.letter import Letter, NotCarried

Protection = Literal["starttls", "tls", "none"]
"""TLS begun in the conversation, TLS from its first byte, or none: for a server on this computer only."""

PLAIN = SMTP.clone(cte_type="7bit")
"""Any server can take it, and no line that begins with `From` is given a `>`."""
TIMEOUT = 20.0
"""Seconds without an answer after which a try has failed."""


@dataclass(frozen=True, slots=True)
class Post:
    """A mail server, and in whose name is sent."""

    host: str
    port: int
    sender: str
    protection: Protection = "starttls"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    authorities: str | None = None
    """A file with certificates of authorities to trust; those of the system without one."""


class BySmtp:
    """Each letter in a conversation of its own: no state is shared, and a try that breaks off spoils no other."""

    channel: Channel = "email"

    def __init__(self, post: Post, clock: Callable[[], datetime]) -> None:
        self._post, self._clock = post, clock

    def carry(self, letter: Letter) -> str:
        """The server has it on its disk when this returns. Raises NotCarried."""
        message = self._message(letter)
        try:
            with self._connect() as server:
                refused = server.sendmail(self._post.sender, [letter.to], message.as_bytes())
        except smtplib.SMTPRecipientsRefused as problem:
            code = next(iter(problem.recipients.values()))[0]
            raise NotCarried("refused" if code >= 500 else "put_off", for_good=code >= 500) from problem
        except smtplib.SMTPAuthenticationError as problem:
            raise NotCarried("sign_in_failed", away=True) from problem
        except smtplib.SMTPResponseException as problem:
            code = problem.smtp_code
            raise NotCarried("refused" if code >= 500 else "put_off", for_good=code >= 500) from problem
        except (smtplib.SMTPException, OSError) as problem:
            raise NotCarried("unreachable", away=True) from problem
        if refused:
            raise NotCarried("refused", for_good=True)
        return str(message["Message-ID"])

    def find(self, letter: Letter) -> str | None:
        """A mail server does not say what it has taken."""
        return None

    def _connect(self) -> smtplib.SMTP:
        post = self._post
        context = ssl.create_default_context(cafile=post.authorities)
        if post.protection == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(post.host, post.port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(post.host, post.port, timeout=TIMEOUT)
        try:
            if post.protection == "starttls":
                server.starttls(context=context)
            if post.user is not None:
                server.login(post.user, post.password or "")
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=PLAIN)
        domain = self._post.sender.rpartition("@")[2]
        try:
            message["From"] = self._post.sender
            message["To"] = letter.to
            if letter.reply_to:
                message["Reply-To"] = letter.reply_to
        except ValueError as problem:
            raise NotCarried("not_an_address", for_good=True) from problem
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = f"<{letter.id}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        return message
