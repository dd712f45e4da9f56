"""Given what happened, when someone commands, then this happens or these reasons are given."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self, TypeVar
from uuid import UUID

import pytest

from domain.events import Event
from domain.facts.terms import APPENDIX_A
from domain.people import Asker
from domain.placement import Placement
from domain.reasons import Invalid, NotPermitted, Reason, Refused
from domain.record import Record
from tests.support.memory import InMemoryHistory
from tests.support.walk import LIFE, MONDAY, OFFICER, PLACEMENT, SENIOR, Walk
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.sent import Done

R = TypeVar("R", bound=Record)
NOT_IN_THE_REQUEST = {
    *("child", "parent", "provider", "commissioner"),
    *("sites", "sessions_per_week", "hours_per_week", "timetable"),
    *(field for field, _, _ in APPENDIX_A),
}
"""What a reason may point at although the request has no such field: a party, or what was recorded before."""


class Story:
    """One child, one provider, one placement, on a clock that the story sets."""

    def __init__(self) -> None:
        self.now = MONDAY
        self.history = InMemoryHistory()
        self.casework = Casework(self.history, lambda: self.now)
        self.walk = Walk(self.casework)
        self.walk.set_up()
        self.done: Done | None = None
        self.refusal: Refused | Invalid | NotPermitted | None = None
        self.before = 0

    def at(self, now: datetime) -> Self:
        """From here on it is this moment."""
        self.now = now
        return self

    def given(self, name: str, record: UUID = PLACEMENT, by: Asker | None = None, /, **changes: Any) -> Self:
        """Something that happened."""
        self.walk.do(name, record, by or (SENIOR if name == "accept_risk" else OFFICER), **changes)
        return self

    def given_life_until(self, last: str, without: tuple[str, ...] = ()) -> Self:
        """The usual life up to and including a command, with some commands left out."""
        for name, changes in LIFE:
            if name not in without:
                self.given(name, **changes)
            if name == last:
                return self
        raise ValueError(f"{last} is not on the way")

    def when(self, name: str, record: UUID = PLACEMENT, by: Asker = OFFICER, /, **changes: Any) -> Self:
        """Someone commands."""
        self.before, self.done, self.refusal = len(self.history.events), None, None
        try:
            self.done = self.walk.do(name, record, by, **changes)
        except (Refused, Invalid, NotPermitted) as refusal:
            self.refusal = refusal
            self._is_told_plainly(name)
        return self

    def _is_told_plainly(self, name: str) -> None:
        """Every reason has words, and points at nothing or at a field that the command or its rule knows."""
        fields = {*COMMANDS[name].model_fields, *NOT_IN_THE_REQUEST}
        for reason in self.reasons():
            told = (reason.code, reason.message, reason.source, reason.rule, reason.field)
            assert all(isinstance(text, str) for text in told), reason
            assert reason.message.strip(), reason
            assert reason.field.split(".")[0] in {"", *fields}, reason

    def then(self, *kinds: type[Event], **facts: Any) -> Self:
        """Exactly these kinds of events were recorded, the first with these facts."""
        assert self.refusal is None, f"refused: {self.refusal}"
        new = self.history.events[self.before :]
        assert [type(e) for e in new] == list(kinds)
        for name, value in facts.items():
            assert getattr(new[0], name) == value
        return self

    def then_warned(self, *codes: str) -> Self:
        """It was done, and these warnings were given; no others."""
        assert self.done is not None, f"refused: {self.refusal}"
        assert sorted(w.code for w in self.done.warnings) == sorted(codes)
        return self

    def then_refused(self, *codes: str) -> Self:
        """It was refused for exactly these reasons, and nothing was recorded."""
        assert self.done is None, "it was done"
        assert sorted(self.codes()) == sorted(codes)
        assert all(len(reason.message) > 10 and "None" not in reason.message for reason in self.reasons())
        assert len(self.history.events) == self.before
        return self

    def then_not_permitted(self) -> Self:
        """The person may not do this."""
        assert isinstance(self.refusal, NotPermitted)
        return self

    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of the refusal."""
        return self.refusal.reasons if isinstance(self.refusal, Refused | Invalid) else ()

    def codes(self) -> list[str]:
        """The codes of the refusal."""
        if isinstance(self.refusal, NotPermitted):
            return [self.refusal.code]
        return [reason.code for reason in self.reasons()]

    def placement(self) -> Placement:
        """The placement as it stands."""
        return self.record(Placement, PLACEMENT)

    def record(self, kind: type[R], id: UUID) -> R:
        """Any record as it stands."""
        found = self.history.find(kind, id)
        assert found is not None
        return found


@pytest.fixture
def story() -> Story:
    """A checked provider with a contract, and a child: ready for a referral."""
    return Story()
