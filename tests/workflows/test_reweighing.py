"""Every past decision is weighed again under the versions that it was bound to, and comes out as it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid5

import msgspec
import pytest

from domain.events import Event
from domain.guidance import guidance_id
from domain.people import Role
from domain.placement_events import RiskAssessed
from domain.rules.rule import Answer, CaseFacts, No, Rule, rule
from history.reading import Stored
from tests.support.story import Story
from tests.support.walk import AUTHORITY, MONDAY, PLACEMENT, SENIOR, THE_SERVICE, person
from workflows.moves import Lifecycle, Move
from workflows.placement_moves import PLACEMENT as TABLE
from workflows.reweighing import Difference, Reweighed, reweigh
from workflows.rule_versions import RULE_VERSIONS, rule_versions

ADMINISTRATOR = person("admin", Role.ADMINISTRATOR)
AHEAD = "start_days_ahead"


class Past:
    """A story's events as a history that is read from its beginning."""

    def __init__(self, events: list[Event]) -> None:
        self.events = events

    def scan(self) -> Iterator[Stored]:
        for position, event in enumerate(self.events, 1):
            yield Stored(position, event, "", b"")

    def get_many(self, kinds: Any, *, as_at: int | None = None) -> dict[Any, Any]:
        found = {}
        for id, kind in kinds.items():
            stream = [event for event in self.events[:as_at] if event.originator_id == id]
            if stream and type(stream[0]) in kind.folds:
                found[id] = kind.replay(stream)
        return found

    def records_about(self, kind: Any, person: Any, *, as_at: int | None = None) -> list[Any]:
        return []


def again(story: Story, rules: dict[tuple[str, int], Rule] | None = None) -> Reweighed:
    """The whole story weighed again."""
    return reweigh(Past(story.history.events), RULE_VERSIONS if rules is None else rules)


def publish(story: Story, name: str, value: float, on: date) -> None:
    """Somebody publishes another value."""
    if not story.history.stream(guidance_id(name)):
        story.given("publish_shipped_versions", uuid5(AUTHORITY, "set-up"), THE_SERVICE)
    story.given("publish_version", guidance_id(name), THE_SERVICE, value=value, in_force_from=on.isoformat())


def altered(story: Story, kind: str, change: Callable[[Any], Any]) -> Story:
    """Somebody changes behind the service's back what the last decision of a kind says."""
    at = max(n for n, event in enumerate(story.history.events) if event.decision.command == kind)
    event = story.history.events[at]
    decision = change(event.decision)
    story.history.events[at] = msgspec.structs.replace(event, decision=decision)
    return story


@pytest.fixture(scope="module")
def lived() -> list[Event]:
    """A placement from referral to exit."""
    return Story().given_life_until("end_placement").history.events


@pytest.fixture
def life(lived: list[Event]) -> Story:
    """The same, to do something to."""
    story = Story()
    story.history.events = list(lived)
    return story


def whats(found: Reweighed) -> list[tuple[str, str]]:
    """The kinds of differences, and what they are about."""
    return [(one.what, one.about) for one in found.differences]


def test_a_whole_life_comes_out_as_it_was_decided(life: Story) -> None:
    found = again(life)
    assert (found.differences, found.events) == ((), len(life.history.events))
    assert found.decisions >= 10
    assert found.rules > 60


def test_a_version_published_later_changes_nothing_that_was_decided_before(life: Story) -> None:
    story = life
    publish(story, AHEAD, 0, MONDAY.date() + timedelta(days=1))
    publish(story, "deadline_t13", 5, MONDAY.date() + timedelta(days=1))
    story.at(MONDAY + timedelta(days=30)).given("reopen_placement", PLACEMENT, SENIOR)
    assert again(story).differences == ()


def test_a_decision_is_weighed_again_with_the_version_of_its_own_day() -> None:
    story = Story().given_life_until("plan_contingency")
    publish(story, AHEAD, 2, date(2026, 11, 24))
    story.at(MONDAY + timedelta(days=1))
    story.when("start_placement", on="2026-11-30", first_review_on="2026-12-11").then_refused(
        "start_too_far_ahead"
    )
    story.given("start_placement", on="2026-11-26", first_review_on="2026-12-11")
    bound = {p.parameter: p for p in story.history.events[-1].decision.parameters}
    assert (bound[AHEAD].version, bound[AHEAD].value) == (2, 2)
    publish(story, AHEAD, 0, date(2026, 11, 25))
    assert again(story).differences == ()


def test_a_tightened_value_is_bound_with_whose_it_is() -> None:
    story = Story().given_life_until("plan_contingency")
    story.given(
        "tighten_parameter", AUTHORITY, THE_SERVICE, parameter=AHEAD, value=1, in_force_from="2026-11-24"
    )
    story.at(MONDAY + timedelta(days=1)).given(
        "start_placement", on="2026-11-25", first_review_on="2026-12-11"
    )
    bound = {p.parameter: p for p in story.history.events[-1].decision.parameters}
    assert (bound[AHEAD].version, bound[AHEAD].value, bound[AHEAD].own) == (1, 1, AUTHORITY)
    assert again(story).differences == ()


def test_a_tampered_verdict_is_found_and_named(life: Story) -> None:
    def warned(decision: Any) -> Any:
        first, *others = decision.rules
        return msgspec.structs.replace(
            decision, rules=(msgspec.structs.replace(first, verdict="warned", reason="x"), *others)
        )

    (found,) = again(altered(life, "start_placement", warned)).differences
    assert isinstance(found, Difference)
    assert (found.what, found.about, found.command) == (
        "another_verdict",
        "the_childs_risks_are_assessed",
        "start_placement",
    )
    assert (found.record_id, found.said, found.found) == (PLACEMENT, "warned (x)", "met")
    assert life.history.events[found.position - 1].originator_version == found.version


def test_a_fact_that_was_altered_is_found_by_the_decisions_that_stood_on_it(life: Story) -> None:
    at = next(n for n, e in enumerate(life.history.events) if isinstance(e, RiskAssessed))
    assessed = life.history.events[at]
    assert isinstance(assessed, RiskAssessed)
    hazards = tuple(replace(hazard, residual="high") for hazard in assessed.assessment.hazards)
    life.history.events[at] = msgspec.structs.replace(
        assessed, assessment=replace(assessed.assessment, hazards=hazards)
    )
    assert ("another_verdict", "no_hazard_is_left_high") in whats(again(life))


def test_a_number_that_was_never_published_is_found(life: Story) -> None:
    def of_version(version: int, value: float) -> Callable[[Any], Any]:
        return lambda decision: msgspec.structs.replace(
            decision,
            parameters=tuple(
                msgspec.structs.replace(p, version=version, value=value) if p.parameter == AHEAD else p
                for p in decision.parameters
            ),
        )

    was = list(life.history.events)
    assert whats(again(altered(life, "start_placement", of_version(3, 7)))) == [("no_such_version", AHEAD)]
    life.history.events = list(was)
    found = whats(again(altered(life, "start_placement", of_version(1, 28))))
    assert found == [("another_value", AHEAD), ("not_in_force", AHEAD)]


def test_rules_are_asked_with_the_number_that_the_decision_names() -> None:
    story = Story().given_life_until("plan_contingency")
    story.given("start_placement", on="2026-11-25", first_review_on="2026-12-11")

    def of_one_day(decision: Any) -> Any:
        named = (
            msgspec.structs.replace(p, value=1) if p.parameter == AHEAD else p for p in decision.parameters
        )
        return msgspec.structs.replace(decision, parameters=tuple(named))

    assert whats(again(altered(story, "start_placement", of_one_day))) == [
        ("another_verdict", "the_first_day_is_near_and_a_school_day"),
        ("another_value", AHEAD),
        ("not_in_force", AHEAD),
    ]


def test_a_number_that_was_struck_from_a_decision_is_found() -> None:
    story = Story().given_life_until("plan_contingency")
    publish(story, AHEAD, 2, date(2026, 11, 24))
    story.at(MONDAY + timedelta(days=1)).given(
        "start_placement", on="2026-11-26", first_review_on="2026-12-11"
    )
    altered(story, "start_placement", lambda d: msgspec.structs.replace(d, parameters=()))
    assert whats(again(story)) == [("not_bound", AHEAD)]


def test_a_rule_that_is_not_kept_in_the_version_of_a_decision_is_found(life: Story) -> None:
    kept = {key: one for key, one in RULE_VERSIONS.items() if key != ("a_contingency_plan_exists", 1)}
    assert whats(again(life, kept)) == [("no_such_rule", "a_contingency_plan_exists")]


@rule("003 ¶41, ¶51-52", "source", version=2)
def a_contingency_plan_exists(case: CaseFacts) -> Answer:
    """The plan was thought out, and it is never good enough."""
    return No("contingency_not_planned", "Plan again.")


def test_a_changed_rule_is_a_new_version_beside_the_earlier_one_by_which_decisions_stand(life: Story) -> None:
    earlier = RULE_VERSIONS["a_contingency_plan_exists", 1]
    rows = [
        Move(
            row.name,
            row.source,
            row.to,
            tuple(a_contingency_plan_exists if one is earlier else one for one in row.needs),
            row.opens,
        )
        for row in TABLE.rows.values()
    ]
    changed = Lifecycle(rows)
    assert again(life, rule_versions(changed, [earlier])).differences == ()
    assert whats(again(life, rule_versions(changed))) == [("no_such_rule", "a_contingency_plan_exists")]
    with pytest.raises(TypeError, match="two rules are version 2"):
        rule_versions(changed, [_twin()])


def _twin() -> Rule:
    @rule("003 ¶41, ¶51-52", "source", version=2)
    def a_contingency_plan_exists(case: CaseFacts) -> Answer:
        """The same name and version, and another question."""
        return None

    return a_contingency_plan_exists
