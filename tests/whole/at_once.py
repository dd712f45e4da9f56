"""Several officers who act at the same moment, and one who is overtaken at the worst one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TypeVar
from uuid import UUID

from domain.reasons import ChangedMeanwhile, Invalid, NotFound, NotPermitted, Refused
from domain.record import Record
from history.receipts import Receipt
from history.store import History, Saved
from workflows.sent import Done

R = TypeVar("R", bound=Record)
Outcome = Done | tuple[str, ...]
"""What was done, or the codes of why it was not."""


def outcome(act: Callable[[], Done]) -> Outcome:
    """What comes of something."""
    try:
        return act()
    except (Refused, Invalid) as no:
        return tuple(reason.code for reason in no.reasons)
    except NotPermitted as no:
        return (no.code,)
    except NotFound:
        return ("not_found",)
    except ChangedMeanwhile:
        return ("changed_meanwhile",)


def at_once(*acts: Callable[[], Done]) -> list[Outcome]:
    """All of it at the same moment, each in a thread of its own; what came of each."""
    barrier = threading.Barrier(len(acts))
    outcomes: dict[int, Outcome] = {}

    def run(number: int, act: Callable[[], Done]) -> None:
        barrier.wait()
        outcomes[number] = outcome(act)

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [outcomes[number] for number, _ in enumerate(acts)]


def done(outcomes: list[Outcome]) -> list[Done]:
    """Those that were done."""
    return [came for came in outcomes if isinstance(came, Done)]


def refused(outcomes: list[Outcome]) -> list[tuple[str, ...]]:
    """Why the others were not."""
    return [came for came in outcomes if not isinstance(came, Done)]


class Overtaken:
    """The history of an officer who is overtaken: when they have decided, and before it is saved, somebody else acts."""

    def __init__(self, history: History, meanwhile: Callable[[], object]) -> None:
        self.history, self.meanwhile = history, [meanwhile]

    def find(self, kind: type[R], id: UUID) -> R | None:
        return self.history.find(kind, id)

    def get_many(self, kinds: dict[UUID, type[Record]]) -> dict[UUID, Record]:
        return self.history.get_many(kinds)

    def records_about(self, kind: type[Record], person: UUID) -> list[UUID]:
        return self.history.records_about(kind, person)

    def head(self) -> int:
        return self.history.head()

    def fingerprint(self, asked: bytes) -> bytes:
        return self.history.fingerprint(asked)

    def receipt(self, actor: str, key: str) -> Receipt | None:
        return self.history.receipt(actor, key)

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved:
        while self.meanwhile:
            self.meanwhile.pop()()
        return self.history.save(*records, read=read, receipt=receipt)
