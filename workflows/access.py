"""RecordRefusal: the service remembers whom it turned away. Who was not signed in is counted, so that a flood costs little."""

from __future__ import annotations

import hmac
import secrets
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from threading import Event as Flag
from threading import Lock, Thread
from typing import ClassVar, Literal
from uuid import UUID

from domain.access_events import AccessRefused, Refusal
from domain.events import Event
from domain.people import Asker
from domain.personal import Label
from domain.record import Record
from workflows.command import Command
from workflows.sent import Performs, Sent

THE_DOOR = Asker("access", "Access control", None, None, machine=True)
"""Under this name the service records refusals."""
WRITE_EVERY = 1.0
"""Seconds between two writings of those who were not signed in."""
MOST_AT_ONCE = 200
"""Different refusals remembered between two writings; what comes beyond is counted together."""


class RecordRefusal(Command):
    """Record that a request was turned away. Only the service itself does so."""

    target: ClassVar[type[Record]] = Refusal
    opens: ClassVar[bool] = True
    event: ClassVar[type[Event] | None] = AccessRefused

    why: Literal["not_signed_in", "not_permitted"]
    """Whether nobody was signed in, or someone who may not."""
    code: Label
    """The reason as a code."""
    method: Label
    """The HTTP method."""
    route: Label
    """The template of the address."""
    person_id: str = ""
    """Who it was, where that was proved."""
    organisation_id: UUID | None = None
    """For whom they acted."""
    record_id: UUID | None = None
    """What they asked for."""
    caller: str = ""
    """A keyed hash of the network address."""
    times: int = 1
    """How often."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """What is known of a request of someone who is not signed in."""

    caller: str
    method: str
    route: str
    code: str


class Access:
    """Records refusals. Threads may share it."""

    def __init__(self, casework: Performs) -> None:
        self.casework = casework
        # A new key in each process: whoever reads the history cannot try all addresses until one fits.
        self._salt = secrets.token_bytes(32)
        self._strangers: Counter[Stranger] = Counter()
        self._lock, self._closing = Lock(), Flag()
        self._thread = Thread(target=self._write_now_and_then, name="access", daemon=True)
        self._thread.start()

    def not_permitted(
        self, asker: Asker, code: str, method: str, route: str, record_id: UUID | None, correlation_id: UUID
    ) -> None:
        """Someone who is signed in may not do this. It is on record when this returns."""
        refusal = RecordRefusal(
            why="not_permitted",
            code=code,
            method=method,
            route=route,
            person_id=asker.person_id,
            organisation_id=asker.organisation_id,
            record_id=record_id,
        )
        self.casework.perform(refusal, THE_DOOR, sent=Sent(correlation_id=correlation_id))

    def not_signed_in(self, address: str, code: str, method: str, route: str) -> None:
        """Nobody is signed in. It is on record within about a second."""
        caller = hmac.digest(self._salt, address.encode(), sha256).hex()[:16]
        stranger = Stranger(caller, method, route, code)
        with self._lock:
            if stranger not in self._strangers and len(self._strangers) >= MOST_AT_ONCE:
                stranger = Stranger("many", "any", "any", "not_signed_in")
            self._strangers[stranger] += 1

    def write(self) -> None:
        """Record who was turned away since the last time. What cannot be written stays for the next time."""
        while True:
            with self._lock:
                if not self._strangers:
                    return
                stranger, times = self._strangers.popitem()
            try:
                self.casework.perform(_refusal(stranger, times), THE_DOOR)
            except Exception:
                with self._lock:
                    self._strangers[stranger] += times
                raise

    def close(self) -> None:
        """Write what is left, and end."""
        self._closing.set()
        self._thread.join()

    def _write_now_and_then(self) -> None:
        while not self._closing.wait(WRITE_EVERY):
            # The database may be away for a while; who was turned away is kept until it is back.
            with suppress(Exception):
                self.write()
        with suppress(Exception):
            self.write()


def _refusal(stranger: Stranger, times: int) -> RecordRefusal:
    return RecordRefusal(
        why="not_signed_in",
        code=stranger.code,
        method=stranger.method,
        route=stranger.route,
        caller=stranger.caller,
        times=times,
    )
