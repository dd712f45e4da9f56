"""Writes down what became of messages: as the messenger, through casework as everything else, and counted for whoever runs the service."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Container
from uuid import UUID

from projections.outbox import OutboxColumns
from workflows.casework import Casework
from workflows.command import Command
from workflows.delivering import (
    THE_MESSENGER,
    GiveUpMessage,
    LetGoStale,
    RecordFailedTry,
    RecordHandedOver,
    RecordNotSent,
)

COUNTED: dict[type[Command], str] = {
    RecordHandedOver: "handed_over",
    RecordFailedTry: "failed_try",
    GiveUpMessage: "given_up",
    RecordNotSent: "not_sent",
    LetGoStale: "not_sent",
}
"""What is counted, by the command that writes it down."""


class WritingDown:
    """Threads may share it. It knows what the list of messages may not have taken in yet."""

    def __init__(self, casework: Casework, counts: Counter[str]) -> None:
        self._casework, self._counts = casework, counts
        self._positions: dict[UUID, int] = {}
        self._changing = threading.Lock()

    def write(self, command: Command, on: UUID) -> None:
        """Perform it on a message. Raises what casework raises."""
        position = self._casework.perform(command, THE_MESSENGER, on).position
        with self._changing:
            self._positions[on] = position
            if (name := COUNTED.get(type(command))) is not None:
                self._counts[name] += 1

    def is_ahead_of(self, row: OutboxColumns) -> bool:
        """Whether more was written down of this message than its row in the list says."""
        return row.position < self._positions.get(row.message_id, 0)

    def forget_all_but(self, due: Container[UUID]) -> None:
        """The list no longer has them: it has taken in what was written down."""
        with self._changing:
            self._positions = {id: position for id, position in self._positions.items() if id in due}
