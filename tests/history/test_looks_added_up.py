"""What batches of looks add up to is read from their stored text: it has to be what the events themselves say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from domain.looks import Look, LooksNoted, Right
from history.looks_added_up import processes_that_noted
from history.store import History
from tests.support.walk import MONDAY
from workflows.casework import Casework
from workflows.noting_looks import Noting

HOSTILE = (
    'a"person_id":"b"',
    '","missed":7,"ended":true,"batch":99,"process":"',
    '"looks":[{"person_id":""}]',
    '\\"person_id\\":',
    "Ünïcödé \u2028 name",
)
"""What the sign-in service might call people."""


def note(noting: Noting, names: Iterable[str]) -> None:
    """One look of each of these people, in one batch."""
    for name in names:
        right = Right(row="scope", roles=("auditor",))
        noting.note(
            Look(at=MONDAY, person_id=name, how="listed", route="GET /x", right=right, children=(uuid4(),))
        )
    noting.write()


def by_the_events(history: History) -> dict[UUID, tuple[Any, ...]]:
    """The definition."""
    found: dict[UUID, list[LooksNoted]] = {}
    for stored in history.page(0, 10_000, ["looks.noted"]):
        assert isinstance(stored.event, LooksNoted)
        found.setdefault(stored.event.process, []).append(stored.event)
    return {process: sums(batches) for process, batches in found.items()}


def sums(batches: list[LooksNoted]) -> tuple[Any, ...]:
    return (
        batches[0].part,
        min(batch.recorded_at for batch in batches),
        max(batch.recorded_at for batch in batches),
        max(batch.batch for batch in batches),
        len(batches),
        sum(len(batch.looks) for batch in batches),
        sum(batch.missed for batch in batches),
        any(batch.ended for batch in batches),
    )


def test_looks_add_up_to_what_the_events_say_whatever_people_are_called(history: History) -> None:
    moment = MONDAY

    def clock() -> datetime:
        nonlocal moment
        moment += timedelta(seconds=1)
        return moment

    killed, ended = (Noting(Casework(history, clock), part) for part in ("api", "terminal"))
    for noting in (killed, ended):
        noting.begin()
        note(noting, HOSTILE)
    full = Noting(Casework(history, clock), most_waiting=4)
    note(full, HOSTILE)
    for name in HOSTILE:
        note(killed, [name, name])
    ended.close()
    told = {process: sums for process, *sums in processes_that_noted(history)}
    expected = by_the_events(history)
    assert {process: tuple(sums) for process, sums in told.items()} == expected
    assert expected[killed.process][3:] == (7, 7, 15, 0, False)
    assert expected[ended.process][3:] == (3, 3, 5, 0, True)
    assert expected[full.process][5:] == (2, 3, False)
    killed.close()
    full.close()
