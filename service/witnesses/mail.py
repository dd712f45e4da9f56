"""A mailbox as a witness: each checkpoint is sent to somebody who keeps their letters."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage

from history.ledger.checkpoints import read_checkpoint
from history.ledger.stored import Checkpoint
from service.witnesses.witness import NotTaken

PATIENCE = 20.0
WORDS = (
    "This is the newest checkpoint of the ledger named in its first line: so many events, and the root over all of them, signed.\n"
    "Please keep it. If the history is ever doubted, it shows whether it is still the one that it was today.\n\n"
)


class Mailbox:
    """Somebody's address, and the server that takes letters for it."""

    def __init__(self, to: str, sender: str, host: str, port: int, tls: bool) -> None:
        self._to, self._sender, self._host, self._port, self._tls = to, sender, host, port, tls

    @property
    def name(self) -> str:
        """The address."""
        return f"mailbox {self._to}"

    def take(self, checkpoint: Checkpoint) -> str:
        """Send the checkpoint. Raises NotTaken."""
        letter = EmailMessage()
        letter["From"], letter["To"] = self._sender, self._to
        origin = read_checkpoint(checkpoint.note).origin
        letter["Subject"] = f"Checkpoint {checkpoint.size} of {origin}"
        letter.set_content(WORDS + checkpoint.note, cte="8bit")
        try:
            with smtplib.SMTP(self._host, self._port, timeout=PATIENCE) as server:
                if self._tls:
                    server.starttls(context=ssl.create_default_context())
                server.send_message(letter)
        except (OSError, smtplib.SMTPException) as problem:
            raise NotTaken(f"the letter could not be sent: {type(problem).__name__}") from problem
        return ""

    def held(self) -> Sequence[str]:
        """A mailbox is not asked: give what was kept to `placements ledger --kept`."""
        return ()
