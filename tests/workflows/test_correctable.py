"""A correction changes what a record says. It neither moves a record to another child nor names what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints
from uuid import UUID

import msgspec
import pytest

from domain.child import Child
from domain.events import Event, stored_name
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import NotFound
from domain.record import Record
from tests.support.story import Story
from tests.support.walk import CHILD, OFFICER, PLACEMENT, SCHOOL, THE_SERVICE
from tests.workflows.test_attending import register, reported
from workflows.catalogue import COMMANDS
from workflows.correctable import HELD_ELSEWHERE, HELD_INSIDE, NAMED
from workflows.correcting import ENVELOPE

NOBODY = "11111111-2222-4333-8444-555555555555"
CAN_BE_CORRECTED: set[type[Record]] = {
    command.target for command in COMMANDS.values() if "changes" in command.model_fields
}


def names_of_records(hint: Any, path: str) -> Iterator[str]:
    """Where an event, or a fact in it, has an id."""
    if hint is UUID:
        yield path
    elif get_args(hint):
        for part in get_args(hint):
            yield from names_of_records(part, path)
    elif isinstance(hint, type) and (
        hasattr(hint, "__struct_fields__") or hasattr(hint, "__dataclass_fields__")
    ):
        for name, of_part in get_type_hints(hint, include_extras=True).items():
            yield from names_of_records(of_part, f"{path}.{name}")


def every_name_of_a_record() -> Iterator[tuple[str, str]]:
    """Stored name of the event, and where in it another record is named."""
    kinds: set[type[Event]] = {kind for record in CAN_BE_CORRECTED for kind in record.folds}
    for kind in sorted(kinds, key=stored_name):
        hints = get_type_hints(kind, include_extras=True)
        for field in msgspec.structs.fields(kind):
            if field.name not in ENVELOPE:
                for path in names_of_records(hints[field.name], field.name):
                    yield stored_name(kind), path


EVERY = list(every_name_of_a_record())


def test_a_register_or_an_agreement_is_corrected_by_no_command() -> None:
    assert {Placement, Child, Provider} == CAN_BE_CORRECTED


@pytest.mark.parametrize("command", ["correct_record", "correct_child", "correct_provider"])
def test_a_register_is_not_corrected_as_if_it_were_another_record(command: str) -> None:
    story = reported(Story())
    with pytest.raises(NotFound):
        story.when(command, register(story).id, THE_SERVICE, version=1, changes={"child_id": NOBODY})


def test_every_record_that_an_event_names_is_held_or_looked_up() -> None:
    loose = [
        (name, path)
        for name, path in EVERY
        if path.partition(".")[0] not in HELD_ELSEWHERE.get(name, ())
        and path not in HELD_INSIDE.get(name, ())
        and path not in NAMED.get(name, {})
    ]
    assert loose == []
    assert ("placement.referred", "child_id") in EVERY


def test_what_is_held_or_looked_up_is_there() -> None:
    for name, paths in NAMED.items():
        assert {(name, path) for path in paths} <= set(EVERY)


@pytest.mark.parametrize("field", ["authority_id", "school_id"])
def test_a_correction_names_an_organisation_that_there_is(story: Story, field: str) -> None:
    story.given("change_roll", CHILD, THE_SERVICE)
    events = story.record(Child, CHILD).events
    version = next(event.originator_version for event in events if field in event.__struct_fields__)
    for wrong in (NOBODY, str(CHILD), str(PLACEMENT)):
        story.when("correct_child", CHILD, THE_SERVICE, version=version, changes={field: wrong}).then_refused(
            "unknown_reference"
        )
    story.given("correct_child", CHILD, THE_SERVICE, version=version, changes={field: str(SCHOOL)})


def test_a_family_s_request_is_not_moved_to_another_record(story: Story) -> None:
    story.given("request_rectification", CHILD, OFFICER, fields=["family_name"])
    asked = story.record(Child, CHILD).version
    for changes in ({"record_id": NOBODY}, {"version": 2}, {"fields": ["sex"]}):
        story.when("correct_child", CHILD, version=asked, changes=changes).then_refused("held_elsewhere")
    story.given("correct_child", CHILD, version=asked, changes={"asked_on": "2026-11-20"})
