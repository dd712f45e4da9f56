"""One story: a copy of the world, a way to give commands in it, and someone who watches."""

from __future__ import annotations

from contextlib import ExitStack
from copy import deepcopy
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid5

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from domain.people import Asker, Role
from domain.placement import Placement
from domain.stages import BEFORE_START
from history.store import History
from projections.comparing import differences
from projections.leading import Leading
from projections.tables import TABLES
from tests.support.postgres import TestPostgres
from tests.support.walk import MONDAY
from tests.whole.at_once import Outcome, outcome
from tests.whole.bodies import moved, usual
from tests.whole.conftest import MASTER_KEY
from tests.whole.town import Around, told_of
from tests.whole.usual_ways import USUAL_WAYS, Way
from tests.whole.watching import Watcher, state_of
from tests.whole.world import AUTHORITIES
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.reweighing import reweigh


class Story(RuleBasedStateMachine):
    """What happens in one copy of the world."""

    postgres: ClassVar[TestPostgres]
    world: ClassVar[str]
    """The database to begin with."""

    def __init__(self) -> None:
        super().__init__()
        self.at_the_end = ExitStack()
        self.dsn = self.at_the_end.enter_context(self.postgres.database(self.world))
        self.history = History(self.dsn, master_key=MASTER_KEY, pool_size=2)
        self.at_the_end.callback(self.history.close)
        self.now = MONDAY
        self.casework = Casework(self.history, lambda: self.now)
        self.watcher = Watcher(self.history)
        self.watcher.read_all()
        self.placements: list[Around] = []
        follower = self.at_the_end.enter_context(psycopg.connect(self.dsn, autocommit=True))
        follower.execute("SET search_path = read_models")
        self.leading = Leading(follower, self.history, TABLES)

    def give(
        self, name: str, around: Around, asker: Asker, on: UUID | None = None, /, **changes: Any
    ) -> Outcome:
        """Give a command with its example, whose days move along with the clock; and look what came of it."""
        weeks = (self.now.date() - MONDAY.date()).days // 7
        body = moved(told_of(around, {**deepcopy(EXAMPLES[name]), **changes}), timedelta(weeks=weeks))
        command = COMMANDS[name].model_validate(body)
        came = outcome(lambda: self.casework.perform(command, asker, on or around.placement))
        self.watcher.look(came, name, asker, self.now)
        return came

    def go(self, around: Around, way: Way, full_time: bool = False) -> None:
        """Give these commands one after the other."""
        for name, changes in way:
            self.give(name, around, usual_asker(name, around), **usual(name, changes, full_time))

    def bring_to_life(self, around: Around) -> None:
        """Go the usual way until the child has started, or something is in the way."""
        before = ""
        while (stage := self.stage_of(around)) != before and stage in BEFORE_START:
            self.go(around, USUAL_WAYS[stage])
            before = stage

    def placement_of(self, around: Around) -> Placement | None:
        """The placement as it stands; none where it was never referred."""
        return self.watcher.get(Placement, around.placement)

    def stage_of(self, around: Around) -> str:
        """The stage of a placement; nothing where there is none."""
        placement = self.placement_of(around)
        return placement.stage.value if placement else ""

    def one_of_the_placements(self, data: st.DataObject) -> Around:
        """One of them, or a successor that took over from one."""
        around: Around = data.draw(st.sampled_from(self.placements))
        placement = self.placement_of(around)
        if placement is not None and placement.successor_id is not None and data.draw(st.booleans()):
            return around.but(placement=placement.successor_id, successor=uuid5(around.successor, "next"))
        return around

    def teardown(self) -> None:
        """Everything told again from the beginning is what it was; and read models show what was told."""
        try:
            while self.leading.step():
                pass
            again = Watcher(self.history)
            again.read_all()
            assert {id: state_of(r) for id, r in again.records.items()} == {
                id: state_of(r) for id, r in self.watcher.records.items()
            }
            assert [s.position for s in self.history.scan()] == list(range(1, self.history.head() + 1))
            assert differences(self.history, self.dsn) == []
            assert reweigh(self.history).differences == ()
        finally:
            self.at_the_end.close()


def usual_asker(name: str, around: Around) -> Asker:
    """Who usually gives a command."""
    if name in ("accept_risk", "approve_override", "decline_override", "reopen_placement"):
        return around.senior
    return around.person("lead", Role.SAFEGUARDING_LEAD) if name == "resolve_safeguarding" else around.officer


def everyone(around: Around) -> list[Asker]:
    """People who may, and people who may not."""
    return [
        around.officer,
        around.senior,
        around.staff,
        around.person("alone", Role.SENIOR_OFFICER, Role.SELF_APPROVER),
        around.person("auditor", Role.AUDITOR),
        *(other.officer for other in AUTHORITIES),
    ]
