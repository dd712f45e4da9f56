"""What follows from one cause is done: each command once for its trigger and cause, under the trigger's own name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, LiteralString
from uuid import UUID

from domain.events import Triggered
from domain.people import Asker
from domain.reasons import Invalid, NotFound, NotPermitted, Refused
from history.receipts import KeyReused
from workflows.casework import Casework
from workflows.published import Published
from workflows.sent import Sent
from workflows.triggers.all_triggers import ALL
from workflows.triggers.cause import Cause, FellDue, Happened
from workflows.triggers.introducing import Introducing
from workflows.triggers.trigger import Follows, Trigger
from workflows.triggers.view import AsAt, View
from workflows.triggers.writing_down import WritingDown

POSITIONS: LiteralString = """
    SELECT e.notification_id FROM unnest(%(ids)s::uuid[], %(versions)s::bigint[]) AS mine (id, version)
    JOIN history.events e ON e.originator_id = mine.id AND e.originator_version = mine.version
    ORDER BY e.notification_id
"""
CAUSES_NAMED = 60
"""Positions that a decision names at most; the last ones, where more led to it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one command that followed."""

    trigger: str
    part: str
    came: Literal["done", "done_before", "refused"]
    record_id: UUID | None = None
    position: int = 0


def actor_of(trigger: Trigger) -> Asker:
    """Who acts: the trigger, by its name and version."""
    return Asker(f"trigger:{trigger.name}", f"Trigger: {trigger.sentence}"[:200], None, None, machine=True)


class Acting:
    """Does what follows from causes. Any number of threads and processes may do so for the same causes."""

    def __init__(self, casework: Casework, history: Any, triggers: Sequence[Trigger] = ALL) -> None:
        self.casework, self.history, self.triggers = casework, history, tuple(triggers)
        self.writing_down = WritingDown(casework)
        self._introducing = Introducing(casework, history, self.triggers)
        self._published = Published(history)

    def introduce(self) -> list[str]:
        """Put on record every trigger that is not: it acts from this moment on. Says which they were. Raises Unavailable."""
        return self._introducing.introduce()

    def watching(self, cause: Cause) -> list[Trigger]:
        """The triggers whose business a cause is: those that had been introduced when it came."""
        return [
            trigger
            for trigger in self.triggers
            if trigger.watches_cause(cause)
            and (start := self._introducing.acts_from(trigger)) is not None
            and cause.at >= start
        ]

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
        self.writing_down.refused(trigger, cause, one, codes)
        return Outcome(trigger.name, one.part, "refused", one.on)
