"""E-mail and text messages by GOV.UK Notify, with its own client. Before a second try it is asked whether it has the first."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from domain.facts.telling import Channel
from service.plain_error import PlainError
from service.sending.letter import Letter, NotCarried

TOO_MANY = 429
TIMEOUT = 20


@dataclass(frozen=True, slots=True)
class Account:
    """A service at GOV.UK Notify. Its templates have the places ((subject)) and ((body)); that for text messages ((body)) alone."""

    key: str = field(repr=False)
    url: str = "https://api.notifications.service.gov.uk"
    email_template: str | None = None
    sms_template: str | None = None


class _ByNotify:
    """One client a thread: the client is not made to be shared."""

    def __init__(self, account: Account) -> None:
        """Raises PlainError where the client is not installed."""
        try:
            from notifications_python_client.notifications import (
                NotificationsAPIClient,
            )  # only who sets it up needs it
        except ImportError as missing:
            message = "GOV.UK Notify is set up, and its client is not installed: install placements[notify]."
            raise PlainError(message) from missing
        # Its warnings repeat what the other side says, and that may quote an address.
        logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)
        self._account = account
        self._make: Callable[..., Any] = NotificationsAPIClient
        self._clients = threading.local()

    def find(self, letter: Letter) -> str | None:
        """What GOV.UK Notify has under the letter's id; it keeps this for seven days. Raises NotCarried."""
        found = self._ask("get_all_notifications", reference=str(letter.id))
        known = found.get("notifications", [])
        return str(known[0]["id"]) if known else None

    def _ask(self, what: str, **asked: Any) -> dict[str, Any]:
        from notifications_python_client.errors import APIError

        if not hasattr(self._clients, "one"):
            self._clients.one = self._make(self._account.key, base_url=self._account.url, timeout=TIMEOUT)
        try:
            answer: dict[str, Any] = getattr(self._clients.one, what)(**asked)
        except APIError as problem:
            raise _meaning(problem.status_code) from problem
        return answer


class EmailByNotify(_ByNotify):
    """E-mail."""

    channel: Channel = "notify_email"

    def carry(self, letter: Letter) -> str:
        """GOV.UK Notify has it when this returns. Raises NotCarried."""
        answer = self._ask(
            "send_email_notification",
            email_address=letter.to,
            template_id=self._account.email_template,
            personalisation={"subject": letter.subject, "body": letter.body},
            reference=str(letter.id),
        )
        return str(answer["id"])


class TextByNotify(_ByNotify):
    """Text messages."""

    channel: Channel = "notify_sms"

    def carry(self, letter: Letter) -> str:
        """GOV.UK Notify has it when this returns. Raises NotCarried."""
        answer = self._ask(
            "send_sms_notification",
            phone_number=letter.to,
            template_id=self._account.sms_template,
            personalisation={"body": letter.short},
            reference=str(letter.id),
        )
        return str(answer["id"])


def _meaning(status: int) -> NotCarried:
    """What an answer means for this letter, and for others."""
    if status == TOO_MANY:
        return NotCarried("put_off", away=True)
    if status in (401, 403):
        return NotCarried("sign_in_failed", away=True)
    if 400 <= status < 500:
        return NotCarried("refused", for_good=True)
    return NotCarried("unreachable", away=True)
