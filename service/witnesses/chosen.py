"""The witnesses that the settings name."""

from __future__ import annotations

from history.ledger.cosigning import WitnessKey
from history.reading import Reading
from service.plain_error import PlainError
from service.settings import Settings
from service.witnesses.folder import Folder
from service.witnesses.mail import Mailbox
from service.witnesses.remote import Remote
from service.witnesses.stamping import StampingAuthority
from service.witnesses.witness import Witness


def witnesses_of(settings: Settings, history: Reading) -> list[Witness]:
    """All of them. Raises PlainError when one is not named well."""
    found: list[Witness] = []
    if settings.witness_folder is not None:
        found.append(Folder(settings.witness_folder))
    if settings.witness_mail is not None:
        if settings.mail_server is None:
            raise PlainError("PLACEMENTS_WITNESS_MAIL needs PLACEMENTS_MAIL_SERVER, as host:port.")
        host, _, port = settings.mail_server.rpartition(":")
        if not host or not port.isdecimal():
            raise PlainError("PLACEMENTS_MAIL_SERVER looks like host:port.")
        sender = settings.mail_from or settings.witness_mail
        found.append(Mailbox(settings.witness_mail, sender, host, int(port), settings.mail_tls))
    for word in (settings.witnesses or "").split():
        address, _, line = word.partition("#")
        try:
            key = WitnessKey.read(line)
        except ValueError as problem:
            raise PlainError(
                f"PLACEMENTS_WITNESSES has addresses with their keys, as URL#name+id+key: {problem}."
            ) from None
        found.append(Remote(address, key, history))
    if settings.stamping_url is not None:
        found.append(StampingAuthority(settings.stamping_url))
    return found
