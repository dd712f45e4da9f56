"""All placements of a failing provider are stopped in one operation: each once, whatever is killed, and nobody else's."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from domain import organisation_events
from domain.organisation import Organisation
from domain.people import Asker, Role
from domain.placement import Placement
from domain.provider import Places
from domain.provider_events import PlaceFreed
from domain.reasons import NotPermitted, Refused
from domain.record import Recording
from domain.stages import Stage
from domain.stoppage import Round, Stoppage
from history.setup import set_up
from history.store import History
from service.stopping import Stopping
from tests.stopping.failing import MASTER_KEY, NOW, SETTING_UP, Failing, carry
from tests.support.walk import PROVIDER_STAFF, THE_SERVICE
from workflows.carrying_through import AT_A_TIME, carry_through
from workflows.casework import Casework
from workflows.command import Command
from workflows.lasting import Lasting
from workflows.sent import Done, Sent
from workflows.stopping import NoteStoppage

ROOT = Path(__file__).parents[2]


class Killed(BaseException):
    """The process ends here."""


class DiesBeforeItNotes(Casework):
    """A process that is gone as soon as it wants to write down how far it has come."""

    def perform(
        self, command: Command, asker: Asker, on: UUID | None = None, sent: Sent | None = None
    ) -> Done:
        if isinstance(command, NoteStoppage):
            raise Killed
        return super().perform(command, asker, on, sent)


@pytest.fixture
def history(database_url: str) -> Iterator[History]:
    """An empty history."""
    set_up(database_url)
    history = History(database_url, master_key=MASTER_KEY)
    yield history
    history.close()


def newest(failing: Failing, commissioner: UUID | None = None) -> Round:
    """The last round of an authority's operation."""
    found = failing.history.get(
        Stoppage, Stoppage.id_for(failing.provider, commissioner or failing.authority)
    )
    return found.rounds[-1]


def happened(failing: Failing, ids: list[UUID]) -> Counter[tuple[UUID, str]]:
    """How often what happened in these records on the day."""
    kinds = ["placement.put_at_risk", "placement.broken_down"]
    found = failing.history.page(0, 100_000, kinds)
    return Counter(
        (s.event.originator_id, type(s.event).__name__) for s in found if s.event.originator_id in ids
    )


def placements_of(failing: Failing, ids: list[UUID]) -> list[Placement]:
    """These placements as they stand."""
    found = failing.history.get_many(dict.fromkeys(ids, Placement))
    return [record for id in ids if isinstance(record := found[id], Placement)]


@pytest.mark.parametrize(
    ("how_many", "blows"),
    [(60, ("25",)), pytest.param(300, ("75", "175"), marks=pytest.mark.long)],
)
def test_every_placement_is_stopped_once_although_the_process_is_killed_in_the_middle(
    history: History, database_url: str, how_many: int, blows: tuple[str, ...]
) -> None:
    failing = Failing(history).furnish(how_many)
    failing.begin()
    id = Stoppage.id_for(failing.provider, failing.authority)
    for blow_at in blows:
        command = [sys.executable, "-m", "tests.stopping.failing", database_url, str(id)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if line.strip() == blow_at:
                    process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        assert 0 < len(newest(failing).waiting) < how_many
    carry(database_url, id)

    round = newest(failing)
    assert (round.finished, len(round.stopped), round.marked, round.refused) == (True, how_many, [], [])
    assert set(round.stopped) == set(failing.placements)
    expected = {(id, kind) for id in failing.placements for kind in ("PutAtRisk", "BrokenDown")}
    assert happened(failing, failing.placements) == Counter(expected)
    for placement in placements_of(failing, failing.placements):
        assert (placement.stage, placement.tomorrow is None) == (Stage.BREAKDOWN, False)
        events = placement.events[-2:]
        assert {event.decision.causation_id for event in events} == {f"{id}/{round.number}"}
        assert {event.decision.by.id for event in events} == {failing.officer().person_id}


def test_what_was_done_between_two_notes_is_found_done_and_not_done_again(
    history: History, database_url: str
) -> None:
    failing = Failing(history).furnish(30)
    failing.begin()
    id = Stoppage.id_for(failing.provider, failing.authority)

    with pytest.raises(Killed):
        carry_through(DiesBeforeItNotes(history, lambda: NOW), history, id)
    assert len(newest(failing).waiting) == 30
    assert sum(happened(failing, failing.placements).values()) == 2 * AT_A_TIME
    carry(database_url, id)
    assert sum(happened(failing, failing.placements).values()) == 60
    assert newest(failing).finished


def test_several_workers_at_once_stop_each_placement_once(history: History, database_url: str) -> None:
    failing = Failing(history).furnish(60)
    failing.begin()
    id = Stoppage.id_for(failing.provider, failing.authority)
    workers = [threading.Thread(target=carry, args=[database_url, id]) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert set(happened(failing, failing.placements).values()) == {1}
    assert sorted(newest(failing).stopped) == sorted(failing.placements)
    assert newest(failing).finished


def test_two_officers_who_begin_at_the_same_moment_begin_one_operation(history: History) -> None:
    failing = Failing(history).furnish(5)
    outcomes: list[str] = []
    together = threading.Barrier(2)

    def begin(person: str) -> None:
        together.wait()
        try:
            failing.begin(failing.officer(person))
            outcomes.append("begun")
        except Refused as refusal:
            outcomes.append(refusal.reasons[0].code)

    threads = [threading.Thread(target=begin, args=[person]) for person in ("officer", "other")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already_being_stopped", "begun"]


def test_an_officer_stops_the_placements_of_their_own_organisation_and_no_others(
    history: History, database_url: str
) -> None:
    failing = Failing(history).furnish(3, of_the_neighbour=2)
    failing.begin(also=[str(failing.neighbours[0])])
    carry(database_url, Stoppage.id_for(failing.provider, failing.authority))
    round = newest(failing)
    assert sorted(round.stopped) == sorted(failing.placements)
    # Named by its id, it is refused like a placement that there is not, and the refusal stays visible.
    assert [(t.placement_id, t.codes) for t in round.refused] == [(failing.neighbours[0], ("not_found",))]
    assert happened(failing, failing.neighbours) == Counter()


def test_who_lost_the_role_meanwhile_stops_nothing_any_more(history: History, database_url: str) -> None:
    failing = Failing(history).furnish(2)
    failing.begin()
    organisation = history.get(Organisation, failing.authority).under(Recording(SETTING_UP, NOW, NOW.date()))
    person = failing.officer().person_id
    organisation.remember(organisation_events.RoleRevoked, person_id=person, role=Role.COMMISSIONER)
    history.save(organisation)
    carry(database_url, Stoppage.id_for(failing.provider, failing.authority))
    assert {turned.codes for turned in newest(failing).refused} <= {("not_permitted",), ("not_found",)}
    assert len(newest(failing).refused) == 2
    assert newest(failing).finished
    assert {p.stage for p in placements_of(failing, failing.placements)} == {Stage.ACTIVE}


def test_the_worker_finds_what_was_begun_and_a_second_failure_is_a_second_round(
    history: History, database_url: str
) -> None:
    failing = Failing(history).furnish(2, of_the_neighbour=1)
    worker = Stopping(database_url, history, lambda: NOW)
    assert worker.step() == 0
    failing.begin(THE_SERVICE, stop="none")
    assert worker.step() == 1
    everybody = Stoppage.id_for(failing.provider, None)
    first = history.get(Stoppage, everybody).rounds[-1]
    assert (len(first.marked), first.stopped, first.finished) == (3, [], True)
    failing.begin(THE_SERVICE)
    assert worker.step() == 1
    assert worker.step() == 0
    assert [len(round.stopped) for round in history.get(Stoppage, everybody).rounds] == [0, 3]


def test_a_child_on_a_roll_goes_back_to_school_and_for_any_other_the_days_are_counted_with_an_owner(
    history: History, database_url: str
) -> None:
    failing = Failing(history).furnish(2)
    failing.begin()
    carry(database_url, Stoppage.id_for(failing.provider, failing.authority))
    on_a_roll, on_none = (p.tomorrow for p in placements_of(failing, failing.placements))
    assert on_a_roll is not None
    assert on_none is not None
    assert (on_a_roll.where, on_none.where) == ("home_school", "no_education")
    assert on_a_roll.from_on == on_none.from_on == date(2026, 11, 24)
    assert (on_none.what, on_none.owner) == ("Tuition at the library.", "Inclusion lead")


def test_who_has_no_placement_there_is_told_so(history: History) -> None:
    failing = Failing(history).furnish(1)
    with pytest.raises(Refused) as refusal:
        failing.begin(failing.officer(at=failing.neighbour))
    assert [reason.code for reason in refusal.value.reasons] == ["no_placements_there"]


def test_a_providers_own_people_stop_nothing(history: History) -> None:
    failing = Failing(history).furnish(1)
    with pytest.raises(NotPermitted):
        failing.begin(PROVIDER_STAFF)


def test_what_lies_around_every_placement_is_read_once_and_is_as_new_as_ever(history: History) -> None:
    """A decision that stands on a kept record is refused by the history if that is out of date; so it must not be."""
    failing = Failing(history).furnish(3)
    lasting, places = Lasting(history), Places.id_for(failing.provider)
    first = lasting.get_many({places: Places, failing.placements[0]: Placement})
    assert lasting.get_many({places: Places})[places] is first[places]
    assert (
        lasting.get_many({failing.placements[0]: Placement})[failing.placements[0]]
        is not first[failing.placements[0]]
    )

    now = history.get(Places, places)
    now.under(Recording(SETTING_UP, NOW, NOW.date())).remember(PlaceFreed, placement_id=failing.placements[0])
    history.save(now)
    kept = lasting.find(Places, places)
    assert kept is first[places]
    assert (kept.version, len(kept.taken)) == (now.version, 2)

    kept.under(Recording(SETTING_UP, NOW, NOW.date())).remember(
        PlaceFreed, placement_id=failing.placements[1]
    )
    again = lasting.find(Places, places)
    assert again is not None
    assert (again is kept, again.version) == (False, now.version), "what was not saved is not remembered"
