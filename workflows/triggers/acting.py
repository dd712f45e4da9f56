"""What follows from one cause is done: each command once for its trigger and cause, under the trigger's own name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString, Protocol
from uuid import UUID

import structlog

from domain.events import Triggered
from domain.people import Asker
from domain.reasons import Invalid, NotFound, NotPermitted, Refused
from domain.record import Record
from domain.trigger_events import TriggerIntroduced, TriggerInUse
from domain.working_days import london_day
from history.receipts import KeyReused
from workflows.casework import Casework
from workflows.keeping_triggers import THE_TRIGGERS, IntroduceTrigger, RecordUndone
from workflows.published import Published, Shelf
from workflows.sent import Sent
from workflows.triggers.all_triggers import ALL
from workflows.triggers.cause import Cause, FellDue, Happened
from workflows.triggers.trigger import Follows, Trigger
from workflows.triggers.view import AsAt, Past, View

log = structlog.get_logger("workflows.triggers")

POSITIONS: LiteralString = """
    SELECT e.notification_id FROM unnest(%(ids)s::uuid[], %(versions)s::bigint[]) AS mine (id, version)
    JOIN history.events e ON e.originator_id = mine.id AND e.originator_version = mine.version
    ORDER BY e.notification_id
"""
EVERY_TRIGGER = "every_trigger"
"""Stands for all of them where an event could not be read, and nobody knows which would have acted."""
CAUSES_NAMED = 60
"""Positions that a decision names at most; the last ones, where more led to it."""


class Store(Past, Shelf, Protocol):
    """What is needed of the history."""

    def rows(self, statement: LiteralString, parameters: dict[str, Any]) -> list[Any]: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one command that followed."""

    trigger: str
    part: str
    came: Literal["done", "done_before", "refused", "failed"]
    record_id: UUID | None = None
    position: int = 0


def actor_of(trigger: Trigger) -> Asker:
    """Who acts: the trigger, by its name and version."""
    return Asker(f"trigger:{trigger.name}", f"Trigger: {trigger.sentence}"[:200], None, None, machine=True)


class Acting:
    """Does what follows from causes. Any number of threads and processes may do so for the same causes."""

    def __init__(self, casework: Casework, history: Any, triggers: Sequence[Trigger] = ALL) -> None:
        self.casework, self.history, self.triggers = casework, history, tuple(triggers)
        self._published = Published(history)
        self._starts: dict[str, TriggerIntroduced] = {}

    def introduce(self) -> list[str]:
        """Put on record every trigger that is not: it acts from this moment on. Says which they were."""
        self._starts = self._starts_on_record()
        new = [trigger for trigger in self.triggers if trigger.name not in self._starts]
        for trigger in new:
            introduced = IntroduceTrigger(
                trigger=trigger.name,
                version=trigger.version,
                sentence=trigger.sentence,
                from_on=london_day(self.casework.clock()),
            )
            sent = Sent(idempotency_key=f"{trigger.name} in version {trigger.version}")
            try:
                self.casework.perform(introduced, THE_TRIGGERS, None, sent)
            except (Invalid, KeyReused):
                # Another worker was faster.
                continue
        if new:
            self._starts = self._starts_on_record()
        return [trigger.name for trigger in new]

    def _starts_on_record(self) -> dict[str, TriggerIntroduced]:
        wanted: dict[UUID, type[Record]] = {
            TriggerInUse.id_for(one.name, one.version): TriggerInUse for one in self.triggers
        }
        found = self.history.get_many(wanted).values()
        return {
            record.introduced.trigger: record.introduced
            for record in found
            if isinstance(record, TriggerInUse) and record.introduced is not None
        }

    def acts_from(self, trigger: Trigger) -> datetime | None:
        """The moment from which a trigger acts; None where it is not on record."""
        start = self._starts.get(trigger.name)
        return start.recorded_at if start is not None else None

    def watching(self, cause: Cause) -> list[Trigger]:
        """The triggers whose business a cause is: those that had been introduced when it came."""
        return [
            trigger
            for trigger in self.triggers
            if trigger.watches_cause(cause)
            and (start := self.acts_from(trigger)) is not None
            and cause.at >= start
        ]

    def on(self, cause: Cause) -> list[Outcome]:
        """Do all that follows from a cause, and is not done yet. Raises what keeps it from being done at all: see `one`."""
        return [outcome for trigger in self.watching(cause) for outcome in self.one(trigger, cause)]

    def one(self, trigger: Trigger, cause: Cause) -> list[Outcome]:
        """Do what follows by one trigger.

        A refusal is written down for a person. Raises Unavailable; ChangedMeanwhile where others keep changing the record; and
        whatever is wrong with a trigger.
        """
        view = View(AsAt(self.history, cause.position), self._published, cause.on)
        return [self._perform(trigger, cause, view, one) for one in trigger.follows(cause, view)]

    def _perform(self, trigger: Trigger, cause: Cause, view: View, one: Follows) -> Outcome:
        actor, key = actor_of(trigger), f"{cause.key}/{one.part}"
        sent = Sent(
            correlation_id=cause.correlation_id,
            causation_id=cause.what,
            idempotency_key=key,
            triggered=Triggered(
                trigger=trigger.name,
                version=trigger.version,
                causes=self._positions(cause, one),
                duty_id=cause.duty_id if isinstance(cause, FellDue) else None,
                parameters=tuple(view.used.values()),
            ),
        )
        try:
            done = self.casework.perform(one.command, actor, one.on, sent)
        except KeyReused as reused:
            # Another worker was here a moment ago, on another day: what it decided stands.
            return Outcome(trigger.name, one.part, "done_before", reused.receipt.record_id)
        except Invalid as invalid:
            if [reason.code for reason in invalid.reasons] == ["id_in_use"]:
                return Outcome(trigger.name, one.part, "done_before", one.command.own_id())
            return self._refused(trigger, cause, one, [reason.code for reason in invalid.reasons])
        except Refused as refused:
            return self._refused(trigger, cause, one, [reason.code for reason in refused.reasons])
        except NotPermitted as refused:
            return self._refused(trigger, cause, one, [refused.code])
        except NotFound as missing:
            return self._refused(trigger, cause, one, [f"no_such_{missing.what}"])
        came: Literal["done", "done_before"] = "done_before" if done.again else "done"
        return Outcome(trigger.name, one.part, came, done.record_id, done.position)

    def _positions(self, cause: Cause, one: Follows) -> tuple[int, ...]:
        mine = (cause.position,) if isinstance(cause, Happened) else ()
        if not one.because:
            return mine
        asked = {"ids": [id for id, _ in one.because], "versions": [version for _, version in one.because]}
        found = {position for (position,) in self.history.rows(POSITIONS, asked)}
        return tuple(sorted(found.union(mine)))[-CAUSES_NAMED:]

    def _refused(self, trigger: Trigger, cause: Cause, one: Follows, codes: Iterable[str]) -> Outcome:
        self._write_down(trigger, cause, f"{cause.key}/{one.part}", one, reasons=tuple(dict.fromkeys(codes)))
        return Outcome(trigger.name, one.part, "refused", one.on)

    def failed(self, trigger: Trigger, cause: Cause, error: BaseException) -> Outcome:
        """Write down that a trigger broke over a cause, so that others go on and a person sees it. Raises Unavailable."""
        self._write_down(trigger, cause, cause.key, None, failed_with=type(error).__name__)
        return Outcome(trigger.name, "", "failed")

    def unreadable(self, position: int, error: BaseException) -> None:
        """Write down that an event could not be read, so that no trigger could act on it. Raises Unavailable."""
        undone = RecordUndone(
            trigger=EVERY_TRIGGER, version=1, cause=str(position), failed_with=type(error).__name__
        )
        log.error("no trigger can act on an event that cannot be read", position=position)
        with suppress(Invalid, KeyReused):
            self.casework.perform(
                undone, THE_TRIGGERS, None, Sent(idempotency_key=f"{EVERY_TRIGGER} {position}")
            )

    def _write_down(
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
        try:
            self.casework.perform(undone, THE_TRIGGERS, None, sent)
        except (Invalid, KeyReused):
            # It was written down before: once is enough.
            return


Alert = Callable[[Trigger, Cause, BaseException], None]
"""Is told of a cause over which a trigger broke."""
