"""Which triggers would have acted, when and for whom: the same decisions as in life, on the records as they were, and nothing written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from domain.agreement import Agreement
from domain.agreement_events import AgreementDrafted
from domain.child import Child
from domain.duties.duty import Duty
from domain.events import Event
from domain.guidance import Guidance
from domain.organisation import Organisation
from domain.organisation_events import CalendarSet, ParameterTightened, WarningsChosen
from domain.parameter import Number
from domain.provider import Provider
from domain.trigger_events import TriggerIntroduced
from history.reading import Stored
from workflows.supposing.files import Counted, counted
from workflows.supposing.walking import Walking
from workflows.triggers.cause import Became, Cause, FellDue, Happened
from workflows.triggers.instants import crossings, overdue_for
from workflows.triggers.trigger import Trigger
from workflows.triggers.view import View
from workflows.unfolding import Past

CHANGES_ALL = (CalendarSet, WarningsChosen, ParameterTightened)
"""Events of an organisation by which the days of duties on many files are counted anew."""


@dataclass(frozen=True, slots=True)
class Firing:
    """One trigger acting for one cause."""

    trigger: str
    key: str
    """The cause, as receipts name it."""
    parts: tuple[str, ...]
    """What would have followed."""
    position: int
    """How far the history had reached."""
    at: datetime
    on: date
    placement_ids: tuple[UUID, ...]
    counted_with: tuple[tuple[str, Number], ...]


@dataclass(slots=True)
class _File:
    looked_at: datetime
    agreements: list[UUID] = field(default_factory=list)


class Firings:
    """One walk through the history with some triggers. Read `starts` afterwards: when each was introduced in life."""

    def __init__(
        self,
        history: Past,
        triggers: Sequence[Trigger],
        supposed: Mapping[str, Number] | None = None,
        each: Callable[[Stored, Walking], None] = lambda stored, walking: None,
    ) -> None:
        """`each` is shown every event, with the records right after it."""
        self._triggers, self._supposed, self._each = tuple(triggers), dict(supposed or {}), each
        self._watched = tuple({kind for one in triggers for kind in one.watches})
        self._rules = sorted({rule for one in triggers for rule in one.duties})
        self._files: dict[UUID, _File] = {}
        self._soon: list[Firing] = []
        self._walking = Walking(history)
        self.starts: dict[str, datetime] = {}
        self.position = 0

    def walk(self, until: int | None = None, to: datetime | None = None) -> Iterator[Firing]:
        """Every firing in order of what set it off, up to a position and, for what the clock brings, an instant."""
        last: datetime | None = None
        for stored in self._walking.steps(self._before, until):
            yield from self._ready()
            event, self.position, last = stored.event, stored.position, stored.event.recorded_at
            self._note(event)
            if isinstance(event, self._watched):
                yield from self._fire(Happened(stored.position, event))
            self._each(stored, self._walking)
        if last is not None:
            for id in list(self._files):
                self._look(id, to or last, self.position)
        yield from self._ready()

    def _ready(self) -> list[Firing]:
        ready, self._soon = sorted(self._soon, key=lambda one: (one.at, one.key)), []
        return ready

    def _note(self, event: Event) -> None:
        if isinstance(event, TriggerIntroduced):
            self.starts[event.trigger] = event.recorded_at
        if self._rules and event.originator_version == 1:
            kind = type(event)
            if kind in Child.folds or kind in Provider.folds or kind in Organisation.folds:
                self._files.setdefault(event.originator_id, _File(event.recorded_at))
            elif isinstance(event, AgreementDrafted) and event.provider_id in self._files:
                self._files[event.provider_id].agreements.append(event.originator_id)

    def _before(self, stored: Stored) -> None:
        if not self._rules:
            return
        event, reached = stored.event, stored.position - 1
        touched = self._touched(event)
        for id in list(self._files) if touched is None else touched:
            self._look(id, event.recorded_at, reached)

    def _touched(self, event: Event) -> list[UUID] | None:
        """The files that an event changes; None where it may be all of them."""
        if isinstance(event, CHANGES_ALL) or type(event) in Guidance.folds:
            return None
        ids = [event.originator_id, event.about]
        if type(event) in Agreement.folds:
            ids += [id for id, file in self._files.items() if event.originator_id in file.agreements]
            ids.append(getattr(event, "provider_id", None))
        return [id for id in dict.fromkeys(ids) if id is not None and id in self._files]

    def _look(self, id: UUID, now: datetime, reached: int) -> None:
        """What fell due on a file since it was last looked at, on the records as they are before they change."""
        file = self._files[id]
        since, file.looked_at = file.looked_at, max(now, file.looked_at)
        if now <= since:
            return
        found = counted(
            self._walking,
            id,
            self._rules,
            self._walking.published.on(now.date()),
            self._supposed,
            file.agreements,
        )
        if found is not None:
            for duty in found.duties:
                for cause in self._causes(duty, found, reached):
                    if since <= cause.at < now:
                        self._soon += self._fire(cause)

    def _causes(self, duty: Duty, found: Counted, reached: int) -> Iterator[FellDue]:
        if duty.done_on is not None:
            return
        known_at = found.known_at(duty)
        numbers = found.counting.parameters(duty.organisation_id)
        soon = found.counting.soon(duty.rule, duty.anchor_on, duty.organisation_id)
        for became, at in crossings(duty, soon.days, known_at):
            yield _fell(duty, became, at, reached)
            if became == "overdue":
                for waits in sorted({t.waits for t in self._triggers if t.waits and duty.rule in t.duties}):
                    days = int(numbers.of(waits, on=duty.anchor_on))
                    yield _fell(duty, became, overdue_for(duty.due_on, known_at, days), reached, waits)

    def _fire(self, cause: Cause) -> Iterator[Firing]:
        for trigger in self._triggers:
            if not trigger.watches_cause(cause):
                continue
            view = View(self._walking, self._walking.published, cause.on, self._supposed)
            follows = list(trigger.follows(cause, view))
            if follows:
                yield Firing(
                    trigger=trigger.name,
                    key=cause.key,
                    parts=tuple(one.part for one in follows),
                    position=cause.position,
                    at=cause.at,
                    on=cause.on,
                    placement_ids=tuple(
                        dict.fromkeys(one.placement_id for one in follows if one.placement_id)
                    ),
                    counted_with=tuple((one.parameter, one.value) for one in view.used.values()),
                )


def _fell(duty: Duty, became: Became, at: datetime, reached: int, waited: str = "") -> FellDue:
    return FellDue(
        duty_id=duty.id, rule=duty.rule, became=became, at=at, position=reached, due_on=duty.due_on, about=duty.about,
        known_by=f"{duty.known_by.record_id}/{duty.known_by.version}", child_id=duty.child_id,
        placement_id=duty.placement_id, provider_id=duty.provider_id, organisation_id=duty.organisation_id,
        commissioner_id=duty.commissioner_id, authority_id=duty.authority_id, waited=waited,
    )  # fmt: skip
