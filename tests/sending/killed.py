"""A worker that is killed by kill -9 in the middle of telling someone: run as a program of its own."""

from __future__ import annotations

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from history.store import History
from projections.asking import Asking
from projections.finding_messages import Messages
from projections.paging import Marks
from projections.progress import Standing
from service.sending.by_notify import Account, EmailByNotify
from service.sending.by_smtp import BySmtp, Post
from service.sending.by_webhook import ByWebhook
from service.sending.carriers import Carriers
from service.sending.in_files import InFiles
from service.sending.letter import Carrier, Letter
from service.sending.sending import Sending

STEPS = (
    "before address_message",
    "after address_message",
    "before letter",
    "after letter",
    "after record_handed_over",
)
"""Where it can die: around each thing that it does."""


def carrier_of(channel: str, where: str, clock: Any) -> Carrier:
    """The way that the test has set up."""
    if channel == "email":
        return BySmtp(Post("127.0.0.1", int(where), "ap@inventshire.example", "none"), clock)
    if channel == "notify_email":
        url, _, key = where.partition(" ")
        return EmailByNotify(Account(key, url, "email-template"))
    return InFiles(Path(where))


def die(step: str, here: str) -> None:
    """Nobody gets to tidy up."""
    if step == here:
        os.kill(os.getpid(), signal.SIGKILL)


class Dying:
    """A carrier whose process ends before or after the letter is gone."""

    def __init__(self, carrier: Carrier, step: str) -> None:
        self.carrier, self.step, self.channel = carrier, step, carrier.channel

    def carry(self, letter: Letter) -> str:
        die(self.step, "before letter")
        reference = self.carrier.carry(letter)
        die(self.step, "after letter")
        return reference

    def find(self, letter: Letter) -> str | None:
        return self.carrier.find(letter)


def main(dsn: str, key: str, now: str, message: str, channel: str, where: str, step: str) -> None:
    """Handle one message as the worker does, and die at a step."""
    history = History(dsn, master_key=bytes.fromhex(key))
    moment = datetime.fromisoformat(now)

    def clock() -> datetime:
        return moment

    carriers = Carriers(ByWebhook(clock), Dying(carrier_of(channel, where, clock), step))
    sending = Sending(dsn, history, clock, carriers)
    perform = sending._casework.perform

    def dying(command: Any, *rest: Any) -> Any:
        die(step, f"before {command.name()}")
        done = perform(command, *rest)
        die(step, f"after {command.name()}")
        return done

    sending._casework.perform = dying  # type: ignore[assignment]
    asking = Asking(dsn, 1)
    sending.handle(UUID(message), Messages(asking, Marks(asking), Standing(0)))
    sys.exit("it was to die, and did not")


if __name__ == "__main__":
    main(*sys.argv[1:])
