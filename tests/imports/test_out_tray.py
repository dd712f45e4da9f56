"""An out-tray: what is decided on it is stored together, in its order, or not at all."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.child import Child
from domain.organisation import Organisation
from domain.reasons import Invalid
from history.receipts import Receipt
from history.store import History
from service.opening import now
from service.out_tray import OutTray, Overtaken
from tests.support.walk import AUTHORITY, CHILD, THE_SERVICE
from workflows.casework import Casework
from workflows.catalogue import COMMANDS
from workflows.examples import EXAMPLES


def do(casework: Casework, name: str, on: UUID, **changes: object) -> None:
    """Perform a command with its example."""
    body = {**EXAMPLES[name], **changes}
    casework.perform(COMMANDS[name].model_validate(body), THE_SERVICE, on)


@pytest.fixture
def tray(history: History) -> OutTray:
    """A tray, with an authority that was founded and posted."""
    tray = OutTray(history)
    do(Casework(tray, now), "found_organisation", AUTHORITY)
    tray.post()
    return tray


def test_nothing_is_stored_until_it_is_posted(history: History, tray: OutTray) -> None:
    casework, before = Casework(tray, now), history.head()
    do(casework, "register_child", CHILD)
    do(casework, "set_year_group", CHILD)
    assert history.head() == before
    assert tray.post() == history.head() == before + 2
    assert history.get(Child, CHILD).year_group == "10"


def test_events_are_stored_in_the_order_in_which_they_were_decided(history: History, tray: OutTray) -> None:
    casework, other = Casework(tray, now), uuid4()
    do(casework, "register_child", CHILD)
    do(casework, "register_child", other)
    do(casework, "set_year_group", CHILD)
    do(casework, "set_year_group", other)
    tray.post()
    assert [(s.event.originator_id, s.event.originator_version) for s in history.scan()][-4:] == [
        (CHILD, 1),
        (other, 1),
        (CHILD, 2),
        (other, 2),
    ]


def test_when_someone_else_was_quicker_nothing_of_it_is_stored(history: History, tray: OutTray) -> None:
    casework = Casework(tray, now)
    do(casework, "register_child", CHILD)
    tray.post()
    do(casework, "set_year_group", CHILD)
    do(casework, "register_child", uuid4())
    do(Casework(history, now), "set_year_group", CHILD, year_group="11")
    before = history.head()
    with pytest.raises(Overtaken):
        tray.post()
    assert history.head() == before
    do(casework, "set_year_group", CHILD)
    tray.post()
    assert (history.get(Child, CHILD).version, history.get(Child, CHILD).year_group) == (3, "10")


def test_what_a_decision_only_read_must_not_have_changed_either(history: History, tray: OutTray) -> None:
    do(Casework(tray, now), "register_child", CHILD)
    do(Casework(history, now), "choose_warnings", AUTHORITY)
    with pytest.raises(Overtaken):
        tray.post()


def test_a_refused_command_leaves_no_mark_on_the_next(history: History, tray: OutTray) -> None:
    casework = Casework(tray, now)
    do(casework, "register_child", CHILD)
    with pytest.raises(Invalid):
        do(casework, "change_details", CHILD, born_on="1900-01-01")
    do(casework, "set_year_group", CHILD)
    tray.post()
    assert [type(e).__name__ for e in history.get(Child, CHILD).events] == ["ChildRegistered", "YearGroupSet"]


def test_what_waits_is_not_lost_when_a_later_command_on_the_same_record_is_refused(
    history: History, tray: OutTray
) -> None:
    casework = Casework(tray, now)
    do(casework, "register_child", CHILD)
    with pytest.raises(Invalid):
        do(casework, "change_details", CHILD, born_on="1900-01-01")
    do(casework, "register_child", uuid4())
    peeked = tray.peek(Child, CHILD)
    assert peeked is not None
    assert (peeked.version, peeked.pending) == (1, [])
    do(casework, "set_year_group", CHILD)
    tray.post()
    assert history.get(Child, CHILD).version == 2


def test_a_post_with_a_receipt_is_made_once(history: History, tray: OutTray) -> None:
    receipt = Receipt("import", "first", "test", bytes(32))
    do(Casework(tray, now), "register_child", CHILD)
    tray.post(receipt)
    assert history.receipt("import", "first") is not None
    with pytest.raises(TypeError, match="a command in an out-tray has no key of its own"):
        tray.save(receipt=receipt)


def test_it_keeps_no_more_records_than_it_may(history: History) -> None:
    tray = OutTray(history, most=3)
    casework = Casework(tray, now)
    do(casework, "found_organisation", AUTHORITY)
    for _ in range(10):
        do(casework, "register_child", uuid4())
        tray.post()
    assert len(tray._kept) <= 3
    assert tray.peek(Organisation, AUTHORITY) is not None
