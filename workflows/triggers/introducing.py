"""Triggers are put on record before they act, so that nobody is surprised by what happened before there was one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.reasons import Invalid
from domain.record import Record
from domain.trigger_events import TriggerIntroduced, TriggerInUse
from domain.working_days import london_day
from history.receipts import KeyReused
from workflows.casework import Casework
from workflows.keeping_triggers import THE_TRIGGERS, IntroduceTrigger
from workflows.sent import Sent
from workflows.triggers.trigger import Trigger


class Introducing:
    """Which triggers are on record, and since when. Any number of threads and processes may introduce the same ones."""

    def __init__(self, casework: Casework, history: Any, triggers: Sequence[Trigger]) -> None:
        self.casework, self.history, self.triggers = casework, history, triggers
        self._starts: dict[str, TriggerIntroduced] = {}

    def introduce(self) -> list[str]:
        """Put on record every trigger that is not: it acts from this moment on. Says which they were. Raises Unavailable."""
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

    def acts_from(self, trigger: Trigger) -> datetime | None:
        """The moment from which a trigger acts; None where it is not on record."""
        start = self._starts.get(trigger.name)
        return start.recorded_at if start is not None else None

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
