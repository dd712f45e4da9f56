"""From the settings to the ways of sending that they set up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from service.plain_error import PlainError
from service.sending.by_notify import Account, EmailByNotify, TextByNotify
from service.sending.by_smtp import BySmtp, Post
from service.sending.by_webhook import SOURCE, ByWebhook
from service.sending.carriers import Carriers
from service.sending.in_files import InFiles
from service.sending.letter import Carrier
from service.sending.timing import Hours
from service.settings import Settings

TLS_FROM_THE_START = 465


def carriers_of(settings: Settings, clock: Callable[[], datetime]) -> Carriers:
    """The ways that are set up: SMTP before GOV.UK Notify, and a folder of files where there is neither. Raises PlainError."""
    notify = _notify(settings)
    text = TextByNotify(notify) if notify and notify.sms_template else None
    return Carriers(
        webhook=ByWebhook(
            clock,
            source=settings.public_address or SOURCE,
            may_be_local=settings.webhooks_may_be_local,
            authorities=str(settings.trusted_authorities) if settings.trusted_authorities else None,
        ),
        email=_email(settings, notify, clock),
        text=text,
    )


def hours_of(settings: Settings) -> Hours:
    """When nobody is disturbed, and when digests go."""
    return Hours(settings.quiet_from, settings.quiet_until, settings.digest_at)


def _email(settings: Settings, notify: Account | None, clock: Callable[[], datetime]) -> Carrier | None:
    if settings.mail_server is not None:
        return BySmtp(_post(settings, settings.mail_server), clock)
    if notify is not None and notify.email_template is not None:
        return EmailByNotify(notify)
    folder = _folder(settings)
    return InFiles(folder) if folder is not None else None


def _post(settings: Settings, server: str) -> Post:
    if settings.mail_from is None:
        raise PlainError("Say in whose name e-mail is sent: set PLACEMENTS_MAIL_FROM.")
    host, _, port = server.rpartition(":") if ":" in server else (server, "", "25")
    if not port.isdigit():
        raise PlainError("Give the mail server as host:port in PLACEMENTS_MAIL_SERVER.")
    password = settings.mail_password
    return Post(
        host,
        int(port),
        settings.mail_from,
        "none" if not settings.mail_tls else "tls" if int(port) == TLS_FROM_THE_START else "starttls",
        settings.mail_user,
        password.get_secret_value() if password else None,
        str(settings.trusted_authorities) if settings.trusted_authorities else None,
    )


def _notify(settings: Settings) -> Account | None:
    if settings.notify_key is None:
        return None
    return Account(
        settings.notify_key.get_secret_value(),
        settings.notify_url,
        settings.notify_email_template,
        settings.notify_sms_template,
    )


def _folder(settings: Settings) -> Path | None:
    if settings.messages_folder is not None:
        return settings.messages_folder
    return settings.data / "messages" if settings.private_database else None
