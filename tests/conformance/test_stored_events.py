"""What was stored once loads for ever: a real example of every kind of event, as the bytes that were kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.events import Corrected, Decision, Event, stored_name
from domain.personal import ERASED
from domain.record import Record
from history.store import History
from tests.conformance.event_kinds import KINDS, RECORDS
from tests.conformance.store_examples import FOLDER, NAMES, file_of

EXAMPLES = sorted(FOLDER.glob("*.json"), key=lambda path: path.name)
OF_A_DELIVERY = (
    "given_up",
    "handed_over",
    "held",
    "not_handed_over",
    "not_sent",
    "put_in_digest",
    "sent_again",
)
COMES_AFTER = {
    "placement.review_recorded": "placement.review_called",
    **{f"message.{name}": "message.addressed" for name in OF_A_DELIVERY},
}
"""Events that tell more of what an earlier one began."""
TOKEN = re.compile(r"enc:[12]:\d+:[A-Za-z0-9_=-]+")


def name_of(path: Path) -> str:
    """The kind of event that a file is an example of."""
    return path.name.rsplit(".v", 1)[0]


def loaded(history: History, name: str) -> Event:
    """The example as the history reads it."""
    event: Event = history.mapper.read([(name, file_of(name).read_bytes())])[0]
    return event


def record_of(event: Event) -> type[Record]:
    """The kind of record that remembers it; a correction belongs to any."""
    return next(kind for kind in RECORDS if type(event) in kind.folds or type(event) is Corrected)


def test_every_kind_of_event_has_an_example_that_was_really_stored() -> None:
    assert [name for name in KINDS if not file_of(name).exists()] == []


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_an_example_loads_and_is_remembered_by_its_record(path: Path, history: History) -> None:
    name = name_of(path)
    event = loaded(history, name)
    assert stored_name(type(event)) == name
    record = record_of(event)(event.originator_id)
    if name in COMES_AFTER:
        record.fold(loaded(history, COMES_AFTER[name]))
    record.fold(event)
    assert record.version == event.originator_version


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_the_words_of_an_example_are_erased_with_their_keys(path: Path, history: History) -> None:
    told = msgspec.json.encode(loaded(history, name_of(path))).decode()
    assert told.count(ERASED) == len(TOKEN.findall(path.read_text()))
    assert not TOKEN.search(told)


@pytest.mark.parametrize("path", EXAMPLES, ids=name_of)
def test_every_field_that_was_stored_is_still_known_and_still_says_the_same(
    path: Path, history: History
) -> None:
    stored = json.loads(TOKEN.sub(ERASED, path.read_text()))
    now = json.loads(msgspec.json.encode(loaded(history, name_of(path))))
    assert list(_lost(stored, now)) == []


def _lost(stored: Any, now: Any, path: str = "") -> Any:
    """Every place at which something that was stored is not there any more, or reads differently."""
    if isinstance(stored, dict) and isinstance(now, dict):
        for name, value in stored.items():
            if name in now:
                yield from _lost(value, now[name], f"{path}.{name}")
            else:
                yield f"{path}.{name} is gone"
    elif isinstance(stored, list) and isinstance(now, list) and len(stored) == len(now):
        for i, (old, new) in enumerate(zip(stored, now, strict=True)):
            yield from _lost(old, new, f"{path}[{i}]")
    elif stored != now:
        yield f"{path} was {stored} and is {now}"


def test_a_field_that_is_lost_or_changed_would_be_found() -> None:
    assert list(_lost({"a": [{"b": 1}]}, {"a": [{"c": 1}]})) == [".a[0].b is gone"]
    assert list(_lost({"a": {"b": 1}}, {"a": {"b": 2}})) == [".a.b was 1 and is 2"]


def test_stored_names_are_added_and_never_taken_away() -> None:
    assert NAMES.read_text().split() == sorted(KINDS)


def test_every_name_says_whose_event_it_is() -> None:
    assert [name for name in KINDS if not re.fullmatch(r"[a-z]+\.[a-z_]+", name)] == []


def test_no_two_records_remember_the_same_kind_of_event() -> None:
    kinds = [kind for record in RECORDS for kind in record.folds]
    assert sorted(map(stored_name, kinds)) == sorted(set(KINDS) - {stored_name(Corrected)})


def test_the_examples_carry_everything_that_a_decision_can_say() -> None:
    said = {field for path in EXAMPLES for field in json.loads(path.read_text())["decision"]}
    assert set(Decision.__struct_fields__) - said == {"causation_id", "triggered"}
