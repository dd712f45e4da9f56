"""Every command performed once, each where it belongs, so that every kind of event is written by the product itself."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid5

from domain.events import Event
from tests.support.story import Story
from tests.support.walk import OFFICER, PLACEMENT, THE_SERVICE
from tests.workflows.test_every_command import RECORDS, _who, arrived
from workflows.access import THE_DOOR, RecordRefusal
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES

GROUNDS = {
    "on_behalf_of": str(PLACEMENT),
    "reason_code": "PANEL",
    "words": "Said so at the panel.",
    "occurred_on": "2026-11-20",
    "known_at": 0,
    "evidence": [{"id": "DOC-1", "title": "Minutes", "sha256": "a" * 64}],
}


def performed(name: str, decision: dict[str, object] | None = None) -> Story:
    """The story in which a command with its example was performed."""
    story, command = arrived(name), COMMANDS[name]
    record = uuid5(PLACEMENT, name) if command.opens else RECORDS[command.target.__name__]
    changes: dict[str, object] = {"decision": decision or GROUNDS}
    if name in ("approve_override", "decline_override"):
        changes["request"] = story.placement().overrides[0].request
    if name == "settle_concern":
        changes["settled"] = {**EXAMPLES[name]["settled"], "concern": story.placement().concerns[0].number}
    story.when(name, record, _who(name), **changes)
    assert story.done is not None, f"{name}: {story.codes()}"
    return story


def every_event(decision: dict[str, object] | None = None) -> Iterator[Event]:
    """What is recorded when every command is performed, with all that led there."""
    for name in sorted(EXAMPLES):
        yield from performed(name, decision).history.events
    yield from _of_an_override().history.events
    story = Story()
    refusal = RecordRefusal(
        why="not_permitted",
        code="not_permitted",
        method="POST",
        route="/placements/{id}/start",
        person_id=OFFICER.person_id,
        organisation_id=OFFICER.organisation_id,
        record_id=PLACEMENT,
    )
    story.casework.perform(refusal, THE_DOOR)
    yield from story.history.events[-1:]


def _of_an_override() -> Story:
    """A place confirmed although a policy was not in date, under an approved override."""
    story = Story().given_life_until("assess_suitability")
    lapsed = {**EXAMPLES["record_check"]["check"], "kind": "equality_policy", "passed": False}
    story.given("record_check", RECORDS["Provider"], THE_SERVICE, check=lapsed)
    story.given("request_override")
    request = story.placement().overrides[0].request
    story.given("approve_override", PLACEMENT, _who("approve_override"), request=request)
    return story.given("confirm_suitability")
