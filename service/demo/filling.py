"""Fills an empty service with Inventshire: command after command, on a clock that runs from some fourteen weeks ago to yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal
from uuid import uuid5

import structlog

from domain.organisation import Organisation
from domain.placement import Placement
from domain.school_days import london_day
from history.receipts import AlreadyDone, Receipt
from service.demo import broken_and_ended, not_yet_begun, running
from service.demo.addresses import set_addresses
from service.demo.agreements import sign_contracts
from service.demo.days import Days
from service.demo.founding import LAID_OUT, found, found_offices
from service.demo.inventshire import Inventshire
from service.demo.people import COUNCIL, SET_UP
from service.demo.providers import take_on
from service.demo.registers import report
from service.demo.script import DEMO, Script, Step
from service.out_tray import OutTray, Overtaken
from service.plain_error import PlainError
from workflows.casework import ATTEMPTS, Casework, Store
from workflows.catalogue import COMMANDS
from workflows.sent import Sent

Found = Literal["missing", "done", "otherwise"]
log = structlog.get_logger("service.demo")
PORTION = 60
"""Steps that are stored together: an interruption loses no more than these, and they are done again."""


def written(today: date) -> list[Step]:
    """Everything that is done in Inventshire, in order, for a demonstration laid out around a day."""
    script, days = Script(), Days(today)
    found(script, days)
    take_on(script, days)
    found_offices(script, days)
    set_addresses(script, days)
    sign_contracts(script, days)
    here = Inventshire(script, days)
    not_yet_begun.tell(here)
    running.tell(here)
    broken_and_ended.tell(here)
    report(script, days, here.lives)
    return list(script.in_order())


def fill(history: Store, now: datetime) -> int:
    """Perform what has not been performed yet, and say how many steps that was.

    Each portion is stored with a receipt: what was broken off goes on with the first portion that has none, laid out around
    the same day as before. What another edition of the service told otherwise is left as it is: its story and ours do not go together.
    """
    began = history.find(Organisation, COUNCIL.id)
    steps = written(london_day(now) if began is None else _day_of(began))
    portions = [Portion(n, steps[n : n + PORTION]) for n in range(0, len(steps), PORTION)]
    states = [portion.found(history) for portion in portions]
    if "otherwise" in states:
        log.warning(
            "the demonstration was filled by another edition, and is left as it is: for today's, use an empty folder"
        )
        return 0
    to_do = [portion for portion, as_it_is in zip(portions, states, strict=True) if as_it_is == "missing"]
    tray = OutTray(history)
    for portion in to_do:
        portion.perform(tray)
    return sum(len(portion.steps) for portion in to_do)


@dataclass(slots=True)
class Clock:
    """Stands at the instant of the step that is being performed."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Portion:
    """Steps that are stored together or not at all."""

    number: int
    steps: list[Step]

    def found(self, history: Store) -> Found:
        """Whether it was performed before, and with these very steps."""
        receipt = history.receipt(SET_UP.person_id, self.key)
        if receipt is None:
            return "missing"
        return "done" if receipt.body_sha256 == self._receipt().body_sha256 else "otherwise"

    @property
    def key(self) -> str:
        """The name of the portion, under which its receipt is kept."""
        return f"inventshire {self.number}"

    def perform(self, tray: OutTray) -> None:
        """Decide and store; anew, if someone else changed a record meanwhile."""
        for _ in range(ATTEMPTS):
            try:
                self._decide(tray)
                tray.post(self._receipt())
            except Overtaken:
                continue
            except AlreadyDone:
                tray.forget()  # another process fills the same service
            return
        raise PlainError("Others kept changing what the demonstration makes; fill an empty service with it.")

    def _decide(self, tray: OutTray) -> None:
        clock = Clock(self.steps[0].at)
        casework = Casework(tray, clock)
        tray.look_ahead({step.on: COMMANDS[step.command].target for step in self.steps})
        for number, step in enumerate(self.steps, start=self.number):
            clock.at, body = step.at, step.body
            if callable(body):
                placement = tray.peek(Placement, step.on)
                if placement is None:
                    raise LookupError(f"step {number} is about a placement that is not there yet")
                body = body(placement)
            sent = Sent(correlation_id=uuid5(DEMO, f"step {number}"))
            casework.perform(COMMANDS[step.command].model_validate(body), step.by, step.on, sent)

    def _receipt(self) -> Receipt:
        said = " ".join(f"{step.at} {step.command} {step.on}" for step in self.steps)
        return Receipt(SET_UP.person_id, self.key, "fill_with_demo", sha256(said.encode()).digest())


def _day_of(council: Organisation) -> date:
    """The day around which the demonstration was laid out when it was begun."""
    words = council.events[0].decision.words
    if not words.startswith(LAID_OUT):
        raise PlainError("There is an Inventshire here that this program did not make.")
    return date.fromisoformat(words.removeprefix(LAID_OUT))
