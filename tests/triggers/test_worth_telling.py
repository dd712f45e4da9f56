"""Until when each message is worth telling: what is past then is not told, and what still has to be done is, however late."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from domain.working_days import london_day
from tests.support.memory import InMemoryHistory
from workflows.triggers import of_duties
from workflows.triggers.cause import Became, FellDue
from workflows.triggers.messages import Message
from workflows.triggers.trigger import Trigger
from workflows.triggers.view import View

DUE = date(2026, 12, 18)


def _message(trigger: Trigger, became: Became) -> Message:
    cause = FellDue(
        duty_id=UUID(int=1), rule="T1", became=became, at=datetime(2026, 12, 11, tzinfo=UTC), position=9, known_by="1/1",
        due_on=DUE, child_id=UUID(int=2), organisation_id=UUID(int=3),
    )  # fmt: skip
    [message] = trigger.decide(cause, View(InMemoryHistory(), {}, DUE))
    assert isinstance(message, Message)
    return message


def test_that_something_falls_due_soon_is_worth_telling_until_its_day_is_over() -> None:
    tell_by = _message(of_duties.a_duty_is_told_before_its_day, "due_soon").tell_by
    assert tell_by is not None
    assert (london_day(tell_by), tell_by.hour) == (DUE, 23)


def test_that_something_is_overdue_is_told_however_late() -> None:
    assert _message(of_duties.a_missed_duty_is_told_to_who_owes_it, "overdue").tell_by is None
