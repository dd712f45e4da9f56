"""A fault of ours parks one cause or one record: nothing is lost, nothing else waits, and after a mend all of it is made good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.message_events import MessageAskedFor
from history.store import History
from projections import loading_files
from projections.reading import ReadModels
from service.parked import parked, try_again
from service.triggering import triggering
from tests.projections.conftest import followed
from tests.support.walk import CHILD, OFFICER, PLACEMENT, Walk
from tests.triggers.conftest import FIRST_DAY, ByItself, Clock, Reports
from workflows.casework import Casework
from workflows.triggers.all_triggers import ALL, topics_of
from workflows.triggers.cause import Cause
from workflows.triggers.of_absence import an_unexplained_absence_is_told_the_same_day as told
from workflows.triggers.trigger import Trigger
from workflows.triggers.view import View

TUESDAY = FIRST_DAY + timedelta(1)
INSERT = "INSERT INTO history.events VALUES (%s, %s, %s, %s, (SELECT max(notification_id) + 1 FROM history.events))"


def defective(cause: Cause, view: View) -> Iterator[Any]:
    """What it was meant to say is not known."""
    raise KeyError("the name of a child")


@pytest.fixture
def triggers() -> tuple[Trigger, ...]:
    """All of them; a defect is in one."""
    return tuple(replace(one, decide=defective) if one is told else one for one in ALL)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tried again at once."""
    monkeypatch.setattr(triggering, "BETWEEN", 0.0)


def test_a_cause_over_which_a_trigger_breaks_is_parked_and_acted_on_once_after_the_mend(
    by_itself: ByItself, reports: Reports, history: History, dsn: str, read_models: ReadModels, clock: Clock
) -> None:
    first = reports((FIRST_DAY, "am", "absent"))
    second = reports((TUESDAY, "am", "absent"))
    by_itself.acts()
    assert by_itself.did(MessageAskedFor) == []
    assert by_itself.how_far.position >= second.position, "nothing waits for it"
    found = parked(history, read_models)
    assert [(one.where, one.what, one.position, one.error) for one in found] == [
        ("triggers", told.name, position, "KeyError") for position in (first.position, second.position)
    ]

    casework = Casework(history, clock)
    assert {outcome.error for outcome in try_again(casework, history, dsn, found)} == {""}
    assert len(by_itself.did(MessageAskedFor)) == 6
    assert parked(history, read_models) == []
    assert list(try_again(casework, history, dsn, parked(history, read_models))) == []
    assert len(by_itself.did(MessageAskedFor)) == 6


def test_an_event_that_cannot_be_read_is_parked_for_every_trigger(
    by_itself: ByItself, live: Walk, history: History, dsn: str, read_models: ReadModels, clock: Clock,
    database: psycopg.Connection[Any],
) -> None:  # fmt: skip
    bad = UUID(int=7)
    database.execute(INSERT, (bad, 1, topics_of()[0], b"{}"))
    live.do("log_contact", PLACEMENT, OFFICER)
    by_itself.acts()
    assert by_itself.how_far.position >= history.head() - 1
    [entry] = [one for one in parked(history, read_models) if one.where == "triggers"]
    assert (entry.what, entry.error) == ("every_trigger", "Unreadable")
    assert [r.error for r in try_again(Casework(history, clock), history, dsn, [entry])] == ["Unreadable"]
    assert entry in parked(history, read_models)


def test_a_file_that_could_not_be_counted_is_counted_as_soon_as_it_can_be(
    live: Walk, caught_up: Callable[[], None], read_models: ReadModels, history: History, dsn: str,
    monkeypatch: pytest.MonkeyPatch, clock: Clock,
) -> None:  # fmt: skip

    caught_up()
    real = loading_files.Files.rows

    def broken(self: Any, kind: Any, ids: Any, *more: Any) -> Any:
        return {
            id: AttributeError("ehc_plan") if id == CHILD else rows
            for id, rows in real(self, kind, ids, *more).items()
        }

    with monkeypatch.context() as defect:
        defect.setattr(loading_files.Files, "rows", broken)
        live.do("log_contact", PLACEMENT, OFFICER)

        with followed(dsn, history):
            assert read_models.wait_for(history.head(), 10)
    [entry] = parked(history, read_models)
    assert (entry.where, entry.what, entry.id, entry.error) == (
        "read_models",
        "due",
        str(CHILD),
        "AttributeError",
    )

    # Not the child but its placement is touched: the file is whole again, and no longer parked.
    live.do("log_contact", PLACEMENT, OFFICER)
    caught_up()
    assert parked(history, read_models) == []


def test_a_record_that_is_parked_is_taken_in_by_command(
    live: Walk, caught_up: Callable[[], None], read_models: ReadModels, history: History, dsn: str,
    database: psycopg.Connection[Any], clock: Clock,
) -> None:  # fmt: skip
    caught_up()
    database.execute(
        "INSERT INTO read_models.parked VALUES ('caseload', %s, 1, 'KeyError', now())", (PLACEMENT,)
    )
    database.execute("UPDATE read_models.caseload SET stale = true")
    found = parked(history, read_models)
    assert [one.what for one in found] == ["caseload"]
    assert [r.error for r in try_again(Casework(history, clock), history, dsn, found)] == [""]
    assert parked(history, read_models) == []
    assert database.execute("SELECT bool_or(stale) FROM read_models.caseload").fetchone() == (False,)
