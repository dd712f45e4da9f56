"""What a trigger could not do is written down, once for each cause, so that a person attends to it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

import structlog

from domain.reasons import Invalid
from history.receipts import KeyReused
from workflows.casework import Casework
from workflows.keeping_triggers import THE_TRIGGERS, RecordUndone
from workflows.sent import Sent
from workflows.triggers.cause import Cause
from workflows.triggers.trigger import Follows, Trigger

log = structlog.get_logger("workflows.triggers")

EVERY_TRIGGER = "every_trigger"
"""Stands for all of them where an event could not be read, and nobody knows which would have acted."""


class WritingDown:
    """Writes down what was refused, what broke and what could not be read. Each raises Unavailable."""

    def __init__(self, casework: Casework) -> None:
        self.casework = casework

    def refused(self, trigger: Trigger, cause: Cause, one: Follows, codes: Iterable[str]) -> None:
        """Write down that a command was refused, with the codes of all reasons."""
        self._write(trigger, cause, f"{cause.key}/{one.part}", one, reasons=tuple(dict.fromkeys(codes)))

    def failed(self, trigger: Trigger, cause: Cause, error: BaseException) -> None:
        """Write down that a trigger broke over a cause, so that others go on."""
        self._write(trigger, cause, cause.key, None, failed_with=type(error).__name__)

    def unreadable(self, position: int, error: BaseException) -> None:
        """Write down that an event could not be read, so that no trigger could act on it."""
        undone = RecordUndone(
            trigger=EVERY_TRIGGER, version=1, cause=str(position), failed_with=type(error).__name__
        )
        log.error("no trigger can act on an event that cannot be read", position=position)
        with suppress(Invalid, KeyReused):
            self.casework.perform(
                undone, THE_TRIGGERS, None, Sent(idempotency_key=f"{EVERY_TRIGGER} {position}")
            )

    def _write(
        self, trigger: Trigger, cause: Cause, key: str, one: Follows | None, *,
        reasons: tuple[str, ...] = (), failed_with: str = "",
    ) -> None:  # fmt: skip
        undone = RecordUndone(
            trigger=trigger.name,
            version=trigger.version,
            cause=key,
            command=one.command.name() if one else "",
            record_id=one.on if one else None,
            placement_id=one.placement_id if one else None,
            commissioner_id=one.commissioner_id if one else None,
            reasons=reasons,
            failed_with=failed_with,
        )
        log.error("a trigger could not act", trigger=trigger.name, cause=key, command=undone.command,
                  reasons=list(reasons), failed_with=failed_with)  # fmt: skip
        sent = Sent(
            correlation_id=cause.correlation_id,
            causation_id=cause.what,
            idempotency_key=f"{trigger.name} {key}",
        )
        with suppress(Invalid, KeyReused):
            # Where it was written down before, once is enough.
            self.casework.perform(undone, THE_TRIGGERS, None, sent)
