"""The one way in: a command is checked, decided on the records it needs, and what happened is saved. Nothing else writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from domain.days_in_words import in_words
from domain.events import Actor, Decision
from domain.happened import days_to_come
from domain.people import Asker
from domain.reasons import ChangedMeanwhile, Invalid, Reason
from domain.record import Record, Recording
from domain.school_days import london_day
from history.receipts import AlreadyDone, KeyReused, Receipt
from history.store import Saved
from history.tracing import span
from workflows.case import Case
from workflows.command import Command
from workflows.days_in_order import require_days_in_order
from workflows.not_too_early import require_not_too_early
from workflows.permissions import require_permission
from workflows.published import Published, Shelf
from workflows.sent import Done, Sent, VersionMismatch

ATTEMPTS = 6
"""How often a decision is taken anew when someone else changed its records meanwhile. Each round, someone got through."""


class Store(Shelf, Protocol):
    """What casework needs of the history."""

    def save(
        self, *records: Record, read: Mapping[UUID, int] | None = None, receipt: Receipt | None = None
    ) -> Saved: ...
    def receipt(self, actor: str, key: str) -> Receipt | None: ...
    def fingerprint(self, asked: bytes) -> bytes: ...
    def head(self) -> int: ...


class Casework:
    """Performs commands. Threads may share it."""

    def __init__(self, history: Store, clock: Callable[[], datetime], shelf: Shelf | None = None) -> None:
        """`clock` gives the present instant with its time zone; nothing else in here asks for the time.

        `shelf`: where decisions find their records, if not in the history itself."""
        self.history, self.clock, self._shelf = history, clock, shelf or history
        self.published = Published(history)

    def perform(
        self, command: Command, asker: Asker, on: UUID | None = None, sent: Sent | None = None
    ) -> Done:
        """Decide and save. `on` is the record; for a command that begins one, the id it shall have, or none.

        Raises Refused with every reason; Invalid, NotFound or NotPermitted; VersionMismatch when `if_version` is out of date;
        ChangedMeanwhile when others kept changing the records; KeyReused when the key was used for another command.
        """
        sent = sent or Sent()
        on = command.own_id() or on
        known = self._done_before(command, asker, on, sent)
        if known is not None:
            return known
        id = on or uuid4()
        with span(f"command {command.name()}", sent.correlation_id, record=str(id)) as told:
            done = self._again_and_again(command, asker, id, on, sent)
            told.set_attribute("placements.position", done.position)
            return done

    def _again_and_again(self, command: Command, asker: Asker, id: UUID, on: UUID | None, sent: Sent) -> Done:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._once(command, asker, id, on, sent)
            except AlreadyDone as done:
                return _answer(done.receipt)
            except VersionMismatch:
                raise
            except ChangedMeanwhile:
                self.published.forget()
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def _once(self, command: Command, asker: Asker, id: UUID, on: UUID | None, sent: Sent) -> Done:
        recording = self._recording(command, asker, sent)
        case = Case(self._shelf, asker, recording, command.asks(), self.published)
        if command.opens and on is not None and self.history.find(command.target, on) is not None:
            raise Invalid(
                [Reason(code="id_in_use", message="There is a record with this id already.", field="id")]
            )
        case.open(command.target, id, new=command.opens)
        require_permission(case, command)
        if sent.if_version is not None and case.target.version != sent.if_version:
            raise VersionMismatch(case.target.version)
        _require_past(command, case)
        command.decide(case)
        require_not_too_early(command, case)
        require_days_in_order(command)
        changed, version = case.changed(), case.target.version
        if sent.only_weigh:
            return Done(id, version, self.history.head(), case.warnings)
        receipt = self._receipt(command, asker, on, sent, id, version, case.warnings)
        saved = self.history.save(*changed, read=case.read(), receipt=receipt)
        return Done(id, version, saved.position, case.warnings)

    def _recording(self, command: Command, asker: Asker, sent: Sent) -> Recording:
        grounds, now = command.decision, self.clock()
        if grounds.occurred_at is not None and grounds.occurred_at.tzinfo is None:
            message = "Give the time zone, such as 2026-11-20T15:30:00+00:00."
            raise Invalid([Reason(code="time_zone_missing", message=message, field="decision.occurred_at")])
        today = london_day(now)
        occurred_on = grounds.occurred_on or (
            london_day(grounds.occurred_at) if grounds.occurred_at else today
        )
        if occurred_on > today or (grounds.occurred_at is not None and grounds.occurred_at > now):
            message = f"It cannot have been true already on a day to come; today is {in_words(today)}."
            raise Invalid([Reason(code="in_the_future", message=message, field="decision.occurred_on")])
        if grounds.known_at is not None and grounds.known_at > self.history.head():
            message = "No screen has shown this position: the history has not reached it."
            raise Invalid([Reason(code="not_reached", message=message, field="decision.known_at")])
        decision = Decision(
            by=actor_of(asker),
            command=command.name(),
            correlation_id=sent.correlation_id,
            on_behalf_of=grounds.on_behalf_of,
            reason_code=grounds.reason_code or "",
            words=grounds.words or "",
            evidence=grounds.evidence,
            known_at=grounds.known_at,
            causation_id=sent.causation_id,
            triggered=sent.triggered,
        )
        return Recording(decision, now, occurred_on, grounds.occurred_at)

    def _done_before(self, command: Command, asker: Asker, on: UUID | None, sent: Sent) -> Done | None:
        if sent.idempotency_key is None:
            return None
        receipt = self.history.receipt(asker.person_id, sent.idempotency_key)
        if receipt is None:
            return None
        if not receipt.is_for(command.name(), _asked(command, on), self.history.fingerprint):
            raise KeyReused(receipt)
        return _answer(receipt)

    def _receipt(
        self,
        command: Command,
        asker: Asker,
        on: UUID | None,
        sent: Sent,
        id: UUID,
        version: int,
        warnings: tuple[Reason, ...],
    ) -> Receipt | None:
        if sent.idempotency_key is None:
            return None
        said = [{"code": w.code, "source": w.source, "rule": w.rule, "field": w.field} for w in warnings]
        return Receipt(
            actor=asker.person_id,
            key=sent.idempotency_key,
            command=command.name(),
            body_sha256=self.history.fingerprint(_asked(command, on)),
            record_id=id,
            record_version=version,
            answer={"warnings": said},
        )


def _require_past(command: Command, case: Case) -> None:
    """What is said to have happened cannot lie ahead. Raises Invalid, naming every such field."""
    message = (
        f"This is a day on which something happened, so it cannot be after today, {in_words(case.today)}."
    )
    ahead = [
        Reason(code="in_the_future", message=message, field=path)
        for path in days_to_come(command, case.today)
    ]
    if ahead:
        raise Invalid(ahead)


def actor_of(asker: Asker) -> Actor:
    """Who decided, as the event keeps it."""
    return Actor(
        id=asker.person_id,
        name=asker.name,
        role=", ".join(sorted(asker.roles)),
        organisation_id=asker.organisation_id,
        kind="machine" if asker.machine else "person",
    )


def _asked(command: Command, on: UUID | None) -> bytes:
    """What was asked, the same for the same request and no other."""
    return f"{command.name()} {on} {command.model_dump_json()}".encode()


def _answer(receipt: Receipt) -> Done:
    said: list[dict[str, Any]] = receipt.answer.get("warnings", [])
    warnings = tuple(Reason(message=w["code"].replace("_", " "), warning=True, **w) for w in said)
    if receipt.record_id is None or receipt.record_version is None:
        raise ValueError("a receipt of casework names its record")
    return Done(receipt.record_id, receipt.record_version, receipt.position, warnings, again=True)
