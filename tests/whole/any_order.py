"""People who give commands in any order, legal and illegal, on a clock that jumps."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from domain.people import Asker, Role
from domain.placement import Placement
from history.store import History
from projections.comparing import differences
from projections.following import Leading
from projections.tables import TABLES
from tests.support.postgres import TestPostgres
from tests.support.walk import MONDAY, THE_SERVICE
from tests.whole.at_once import Outcome, outcome
from tests.whole.conftest import MASTER_KEY
from tests.whole.town import Around, told_of
from tests.whole.usual_ways import END_OF_LIFE, USUAL_WAYS
from tests.whole.watching import Watcher, state_of
from tests.whole.world import AUTHORITIES, CHILDREN, PROVIDERS
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES
from workflows.overriding import overridable_rules
from workflows.placement_moves import PLACEMENT

DAY = re.compile(r"\d{4}-\d\d-\d\d")
AUTUMN = datetime(2026, 10, 25, 0, 59, 59, tzinfo=UTC)
"""One second before London's clocks go back."""
MOVES = sorted(name for name, row in PLACEMENT.rows.items() if not row.opens)
ABOUT_CHILDREN = (
    "record_ehc_plan",
    "cease_ehc_plan",
    "record_looked_after",
    "end_looked_after",
    "record_exclusion",
)
ABOUT_PROVIDERS = (
    "suspend_provider",
    "lift_suspension",
    "remove_provider",
    "move_approval",
    "close_site",
    "add_site",
)
CHECKS = ("safer_recruitment", "insurance", "equality_policy", "staff_qualifications")
AT_MOST = 7
"""Placements of one story."""

clock_steps = st.sampled_from(
    [timedelta(seconds=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=45),
     -timedelta(minutes=30), -timedelta(days=2)]
)  # fmt: skip


class AnyOrder(RuleBasedStateMachine):
    """One story: a world of a few authorities, providers and children, and whatever people do in it."""

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

    @initialize(data=st.data())
    def some_children_are_on_their_way(self, data: st.DataObject) -> None:
        for _ in range(2):
            self.refer(data)

    @precondition(lambda self: len(self.placements) < AT_MOST)
    @rule(data=st.data())
    def refer(self, data: st.DataObject) -> None:
        around = data.draw(st.sampled_from(AUTHORITIES)).but(
            child=data.draw(st.sampled_from(CHILDREN)),
            placement=uuid5(NAMESPACE_URL, f"placement {len(self.placements)}"),
            successor=uuid5(NAMESPACE_URL, f"successor of {len(self.placements)}"),
        )
        self.placements.append(at_provider(around, data.draw(st.sampled_from(sorted(PROVIDERS)))))
        self.give("refer_child", around, around.officer)

    @rule(data=st.data(), stages=st.integers(1, 4))
    def go_the_usual_way(self, data: st.DataObject, stages: int) -> None:
        around = self.one_of_the_placements(data)
        for _ in range(stages):
            placement = self.watcher.get(Placement, around.placement)
            if placement is None:
                return
            way = USUAL_WAYS[placement.stage.value]
            if placement.stage.value == "review" and data.draw(st.booleans()):
                way = END_OF_LIFE
            full = data.draw(st.booleans())
            for name, changes in way:
                self.give(name, around, usual_asker(name, around), **self.usual(name, changes, full))

    @rule(data=st.data(), name=st.sampled_from(MOVES), right_person=st.integers(0, 3))
    def any_move(self, data: st.DataObject, name: str, right_person: int) -> None:
        around = self.one_of_the_placements(data)
        asker = usual_asker(name, around) if right_person else data.draw(st.sampled_from(everyone(around)))
        self.give(name, around, asker, **self.unusual(name, data, around))

    @rule(data=st.data(), name=st.sampled_from(ABOUT_CHILDREN), child=st.sampled_from(CHILDREN))
    def something_about_a_child(self, data: st.DataObject, name: str, child: UUID) -> None:
        around = AUTHORITIES[0].but(child=child)
        self.give(name, around, data.draw(st.sampled_from([around.officer, AUTHORITIES[1].officer])), child)

    @rule(child=st.sampled_from(CHILDREN), sessions=st.integers(0, 10))
    def the_school_has_the_child(self, child: UUID, sessions: int) -> None:
        around = AUTHORITIES[0].but(child=child)
        self.give("set_school_sessions", around, around.officer, child, sessions_per_week=sessions)

    @rule(name=st.sampled_from(ABOUT_PROVIDERS), provider=st.sampled_from(sorted(PROVIDERS)))
    def something_about_a_provider(self, name: str, provider: str) -> None:
        self.give(name, AUTHORITIES[0], AUTHORITIES[0].senior, PROVIDERS[provider])

    @rule(provider=st.sampled_from(sorted(PROVIDERS)), places=st.integers(0, 4))
    def another_offer(self, provider: str, places: int) -> None:
        offer = {**EXAMPLES["publish_offer"]["offer"], "places": places, "hours_per_week": 25}
        self.give("publish_offer", AUTHORITIES[0], THE_SERVICE, PROVIDERS[provider], offer=offer)

    @rule(
        provider=st.sampled_from(sorted(PROVIDERS)),
        kind=st.sampled_from(CHECKS),
        passed=st.booleans(),
    )
    def a_check(self, provider: str, kind: str, passed: bool) -> None:
        check = {**EXAMPLES["record_check"]["check"], "kind": kind, "passed": passed}
        self.give("record_check", AUTHORITIES[0], THE_SERVICE, PROVIDERS[provider], check=check)

    @rule(provider=st.sampled_from(sorted(PROVIDERS)), registered=st.booleans())
    def the_register_is_looked_up(self, provider: str, registered: bool) -> None:
        status = "registered_school" if registered else "not_registered"
        found = {**EXAMPLES["record_registration"]["registration"], "status": status}
        self.give("record_registration", AUTHORITIES[0], THE_SERVICE, PROVIDERS[provider], registration=found)

    @rule(step=clock_steps)
    def the_clock_jumps(self, step: timedelta) -> None:
        self.now = min(
            max(self.now + step, datetime(2026, 9, 7, tzinfo=UTC)), datetime(2027, 7, 1, tzinfo=UTC)
        )

    @rule(seconds=st.integers(0, 2))
    def the_clocks_go_back(self, seconds: int) -> None:
        self.now = AUTUMN + timedelta(seconds=seconds)

    @rule()
    def the_read_models_follow(self) -> None:
        self.leading.step()

    def one_of_the_placements(self, data: st.DataObject) -> Around:
        """One of them, or a successor that took over from one."""
        around: Around = data.draw(st.sampled_from(self.placements))
        placement = self.watcher.get(Placement, around.placement)
        if placement is not None and placement.successor_id is not None and data.draw(st.booleans()):
            return around.but(placement=placement.successor_id, successor=uuid5(around.successor, "next"))
        return around

    def usual(self, name: str, changes: dict[str, Any], full_time: bool = False) -> dict[str, Any]:
        """The usual body of a command."""
        body = {**changes}
        if "next_review_on" in EXAMPLES[name] or "first_review_on" in EXAMPLES[name]:
            field = "first_review_on" if "first_review_on" in EXAMPLES[name] else "next_review_on"
            body[field] = str(MONDAY.date() + timedelta(days=11))
        for field, inner in (("propose_provider", "proposal"), ("make_individual_agreement", "agreement")):
            if name == field and full_time:
                body[inner] = {**EXAMPLES[name][inner], "hours_per_week": 20, "sessions_per_week": 8}
        return body

    def unusual(self, name: str, data: st.DataObject, around: Around) -> dict[str, Any]:
        """A body with something in it that may be wrong."""
        placement = self.watcher.get(Placement, around.placement)
        version = st.integers(1, max(1, placement.version if placement else 1))
        draw: dict[str, Callable[[], dict[str, Any]]] = {
            "approve_override": lambda: {"request": data.draw(version)},
            "decline_override": lambda: {"request": data.draw(version)},
            "settle_concern": lambda: {
                "settled": {**EXAMPLES[name]["settled"], "concern": data.draw(version)}
            },
            "request_override": lambda: {
                "rules": [data.draw(st.sampled_from(sorted([*overridable_rules(), "the_setting_is_lawful"])))]
            },
            "correct_record": lambda: {"version": data.draw(version), "changes": data.draw(CORRECTIONS)},
            "propose_provider": lambda: {
                "proposal": {
                    **EXAMPLES[name]["proposal"],
                    "provider_id": str(PROVIDERS[data.draw(st.sampled_from(sorted(PROVIDERS)))]),
                }
            },
            "change_hours": lambda: {
                "hours": {
                    **EXAMPLES[name]["hours"],
                    "hours_per_week": data.draw(st.sampled_from([4, 16, 20, 25])),
                    "sessions_per_week": data.draw(st.integers(1, 10)),
                }
            },
        }
        return draw[name]() if name in draw else self.usual(name, {}, data.draw(st.booleans()))

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
        finally:
            self.at_the_end.close()


CORRECTIONS = st.sampled_from(
    [
        {"reason": "OTH"},
        {"stage": "active"},
        {"proposal": {**EXAMPLES["propose_provider"]["proposal"], "hours_per_week": 25}},
        {"agreement": EXAMPLES["make_individual_agreement"]["agreement"]},
        {"on": "2026-11-20"},
        {"why": "Someone else said so."},
    ]
)


def at_provider(around: Around, name: str) -> Around:
    """The same placement, to be at a provider."""
    return around.but(provider=PROVIDERS[name], agreement=uuid5(around.authority, name))


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


def moved(body: Any, by: timedelta) -> Any:
    """A request whose days lie so much later."""
    if isinstance(body, dict):
        return {name: moved(inner, by) for name, inner in body.items()}
    if isinstance(body, list):
        return [moved(inner, by) for inner in body]
    if isinstance(body, str) and DAY.fullmatch(body):
        return str(date.fromisoformat(body) + by)
    return body
