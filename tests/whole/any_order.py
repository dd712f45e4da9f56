"""People who give commands in any order, legal and illegal, on a clock that jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from domain.guidance import guidance_id
from domain.people import Asker, Role
from domain.stages import Stage
from tests.support.walk import MONDAY, THE_SERVICE
from tests.whole.bodies import unusual, usual
from tests.whole.story import Story, everyone, usual_asker
from tests.whole.town import Around
from tests.whole.usual_ways import END_OF_LIFE, USUAL_WAYS
from tests.whole.world import AUTHORITIES, CHILDREN, PROVIDERS
from workflows.examples import EXAMPLES
from workflows.placement_moves import PLACEMENT
from workflows.sent import Done

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
    "lift_suspension",
    "suspend_provider",
    "lift_suspension",
    "add_site",
    "close_site",
    "move_approval",
)
FROM = {stage: [n for n in MOVES if stage in PLACEMENT.rows[n].source] for stage in Stage}
TROUBLE = ("record_breakdown", "report_safeguarding_concern")
AFTER_TROUBLE = (
    (),
    ("recover_placement",),
    ("resolve_safeguarding", "recover_placement"),
    ("replace_placement",),
    ("end_placement", "reopen_placement"),
)
CHECKS = ("safer_recruitment", "insurance", "equality_policy", "staff_qualifications")
NUMBERS = {
    "start_days_ahead": st.integers(0, 7),
    "deadline_t13": st.integers(2, 6),
    "review_interval_weeks": st.integers(1, 26),
    "review_interval_weeks_without_calendar": st.integers(1, 6),
    "full_time_above_hours": st.integers(12, 18),
    "registration_children": st.integers(2, 5),
    "sessions_a_week_at_most": st.integers(6, 10),
    "override_days_at_most": st.integers(1, 28),
}
"""What is published on the way: never looser than the law that the watcher holds everybody to."""
AT_MOST = 7
"""Placements of one story."""

clock_steps = st.sampled_from(
    [timedelta(seconds=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=45),
     -timedelta(minutes=30), -timedelta(days=2)]
)  # fmt: skip


class AnyOrder(Story):
    """Whatever people do."""

    @initialize(data=st.data())
    def some_children_are_on_their_way(self, data: st.DataObject) -> None:
        self.refer(data)
        self.bring_to_life(self.placements[0])
        self.refer(data)
        for here in (2, 0):
            self.another_number_comes_into_force(data.draw(st.sampled_from(sorted(NUMBERS))), data, here)

    @precondition(lambda self: len(self.placements) < AT_MOST)
    @rule(data=st.data())
    def refer(self, data: st.DataObject) -> None:
        child = data.draw(st.sampled_from(CHILDREN))
        stranger = data.draw(st.integers(0, 5)) == 5
        around = AUTHORITIES[(CHILDREN.index(child) + stranger) % 2].but(
            child=child,
            placement=uuid5(NAMESPACE_URL, f"placement {len(self.placements)}"),
            successor=uuid5(NAMESPACE_URL, f"successor of {len(self.placements)}"),
        )
        self.placements.append(at_provider(around, data.draw(st.sampled_from(sorted(PROVIDERS)))))
        self.give("refer_child", around, around.officer)

    @rule(data=st.data(), stages=st.integers(1, 4))
    def go_the_usual_way(self, data: st.DataObject, stages: int) -> None:
        around = self.one_of_the_placements(data)
        for _ in range(stages):
            way = USUAL_WAYS.get(self.stage_of(around), [])
            if self.stage_of(around) == "review" and data.draw(st.booleans()):
                way = END_OF_LIFE
            self.go(around, way, full_time=data.draw(st.booleans()))

    @rule(data=st.data(), name=st.sampled_from(MOVES))
    def any_move(self, data: st.DataObject, name: str) -> None:
        around = self.one_of_the_placements(data)
        asker = data.draw(st.sampled_from(everyone(around)))
        self.give(name, around, asker, **unusual(name, data, self.placement_of(around)))

    @rule(data=st.data())
    def a_move_that_leaves_from_here(self, data: st.DataObject) -> None:
        around = self.one_of_the_placements(data)
        placement = self.placement_of(around)
        if placement is not None:
            name = data.draw(st.sampled_from(FROM[placement.stage]))
            self.give(
                name, around, usual_asker(name, around), **unusual(name, data, self.placement_of(around))
            )

    @rule(data=st.data(), first=st.sampled_from(TROUBLE), second=st.sampled_from(AFTER_TROUBLE))
    def there_is_trouble(self, data: st.DataObject, first: str, second: tuple[str, ...]) -> None:
        around = self.one_of_the_placements(data)
        self.bring_to_life(around)
        for name in (first, *second):
            self.give(name, around, usual_asker(name, around), **usual(name, {}))

    @rule(data=st.data(), decision=st.sampled_from(["approve_override", "decline_override"]))
    def an_override_is_asked_for_and_decided(self, data: st.DataObject, decision: str) -> None:
        around = self.one_of_the_placements(data)
        who, other = (data.draw(st.sampled_from(everyone(around)[:4])) for _ in range(2))
        asked = self.give("request_override", around, who, **unusual("request_override", data, None))
        if isinstance(asked, Done):
            self.give(decision, around, other, request=asked.version)

    @rule(name=st.sampled_from(ABOUT_CHILDREN), child=st.sampled_from(CHILDREN), stranger=st.integers(0, 4))
    def something_about_a_child(self, name: str, child: UUID, stranger: int) -> None:
        around = AUTHORITIES[0].but(child=child)
        self.give(name, around, around.officer if stranger else AUTHORITIES[1].officer, child)

    @rule(child=st.sampled_from(CHILDREN), sessions=st.integers(0, 10))
    def the_school_has_the_child(self, child: UUID, sessions: int) -> None:
        around = AUTHORITIES[0].but(child=child)
        self.give("set_school_sessions", around, around.officer, child, sessions_per_week=sessions)

    @rule(name=st.sampled_from(ABOUT_PROVIDERS), provider=st.sampled_from(sorted(PROVIDERS)))
    def something_about_a_provider(self, name: str, provider: str) -> None:
        self.give(name, AUTHORITIES[0], AUTHORITIES[0].senior, PROVIDERS[provider])

    @rule(really=st.integers(0, 9))
    def the_smallest_provider_is_not_used_any_more(self, really: int) -> None:
        if really == 9:
            self.give(
                "remove_provider", AUTHORITIES[0], AUTHORITIES[0].senior, PROVIDERS["the school of few"]
            )

    @rule(provider=st.sampled_from(sorted(PROVIDERS)), places=st.integers(0, 4))
    def another_offer(self, provider: str, places: int) -> None:
        offer = {**EXAMPLES["publish_offer"]["offer"], "places": places, "hours_per_week": 25}
        self.give("publish_offer", AUTHORITIES[0], THE_SERVICE, PROVIDERS[provider], offer=offer)

    @rule(
        provider=st.sampled_from(sorted(PROVIDERS)),
        kind=st.sampled_from(CHECKS),
        failed=st.sampled_from([False, False, True]),
    )
    def a_check(self, provider: str, kind: str, failed: bool) -> None:
        check = {**EXAMPLES["record_check"]["check"], "kind": kind, "passed": not failed}
        self.give("record_check", AUTHORITIES[0], THE_SERVICE, PROVIDERS[provider], check=check)

    @rule(provider=st.sampled_from(sorted(PROVIDERS)), registered=st.booleans())
    def the_register_is_looked_up(self, provider: str, registered: bool) -> None:
        status = "registered_school" if registered else "not_registered"
        found = {**EXAMPLES["record_registration"]["registration"], "status": status}
        self.give("record_registration", AUTHORITIES[0], THE_SERVICE, PROVIDERS[provider], registration=found)

    @rule(name=st.sampled_from(sorted(NUMBERS)), data=st.data(), here=st.integers(0, 2))
    def another_number_comes_into_force(self, name: str, data: st.DataObject, here: int) -> None:
        """Published for everybody, or one authority holds itself to it; and soon people decide under it."""
        value, soon = data.draw(NUMBERS[name]), (MONDAY + timedelta(days=8)).date().isoformat()
        told = {"value": value, "in_force_from": soon}
        if here == 2:
            east = AUTHORITIES[0]
            self.give("publish_version", east, THE_SERVICE, guidance_id(name), **told)
        else:
            around = AUTHORITIES[here]
            self.give(
                "tighten_parameter", around, administrator(around), around.authority, parameter=name, **told
            )
        self.now = min(self.now + timedelta(days=9), datetime(2027, 7, 1, tzinfo=UTC))
        around = self.one_of_the_placements(data)
        self.bring_to_life(around)
        self.go(around, USUAL_WAYS.get(self.stage_of(around), []))

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


def administrator(around: Around) -> Asker:
    """Who publishes."""
    return around.person("administrator", Role.ADMINISTRATOR)


def at_provider(around: Around, name: str) -> Around:
    """The same placement, to be at a provider."""
    return around.but(provider=PROVIDERS[name], agreement=uuid5(around.authority, name))
