"""An import that is broken off, overtaken or run twice at once ends as if it had run once, undisturbed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from domain.events import stored_name
from domain.reasons import ChangedMeanwhile
from history.store import History
from service.imports import taking
from service.imports.importing import Wanted, bring_in, look_at_file
from service.opening import now
from service.out_tray import OutTray
from service.plain_error import PlainError
from tests.imports.desk import A_PUPIL, AN_EXCLUSION, Desk
from tests.support.walk import THE_SERVICE
from workflows.casework import Casework
from workflows.catalogue import COMMANDS


class Killed(Exception):
    """The process ended."""


@pytest.fixture(autouse=True)
def small_portions() -> Iterator[None]:
    """Three entries are stored at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(taking, "PORTION", 3)
        yield


def pupils(count: int) -> list[dict[str, str]]:
    """Rows of different pupils."""
    return [{**A_PUPIL, "pupilonrolltableid": f"p{n}"} for n in range(1, count + 1)]


def story(history: History) -> list[tuple[str, str, int]]:
    """What happened, record by record."""
    return sorted(
        (str(s.event.originator_id), stored_name(type(s.event)), s.event.originator_version)
        for s in history.scan()
    )


def test_killed_half_way_and_run_again_is_the_same_as_once(desk: Desk, history: History) -> None:
    path = desk.file("pupils.csv", *pupils(10))
    wanted = Wanted("pupils", path, authority="830")

    told: list[int] = []

    def dies_after_five() -> None:
        told.append(1)
        if len(told) == 5:
            raise Killed

    with pytest.raises(Killed):
        bring_in(wanted, look_at_file(wanted), history, dies_after_five)
    half_way = history.head()
    assert len(history.ids_of("child.registered")) == 6
    assert desk.counts(desk.take("pupils", path)) == {"taken": 4, "already there": 6}
    assert len(history.ids_of("child.registered")) == 10
    after = story(history)
    assert history.head() > half_way
    assert len(after) == len(set(after)) == 2 + 10 * 3
    assert desk.counts(desk.take("pupils", path)) == {"already there": 10}
    assert story(history) == after


def test_what_was_told_is_stored(desk: Desk, history: History) -> None:
    path = desk.file("pupils.csv", *pupils(7))
    wanted = Wanted("pupils", path, authority="830")
    stored: list[int] = []
    bring_in(
        wanted, look_at_file(wanted), history, lambda: stored.append(len(history.ids_of("child.registered")))
    )
    assert stored == [3, 3, 3, 6, 6, 6, 7]


def test_someone_who_changes_a_record_meanwhile_is_not_overwritten(
    desk: Desk, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take("pupils", A_PUPIL)
    child = desk.child().id
    post = OutTray.post
    disturbed: list[bool] = []

    def post_after_someone_else(tray: OutTray, *given: object) -> int:
        if tray._waiting and not disturbed:
            disturbed.append(True)
            set_year = COMMANDS["set_year_group"].model_validate({"year_group": "11"})
            Casework(history, now).perform(set_year, THE_SERVICE, child)
        return post(tray)

    monkeypatch.setattr(OutTray, "post", post_after_someone_else)
    assert desk.counts(desk.take("exclusions", AN_EXCLUSION)) == {"taken": 1}
    assert (desk.child().year_group, len(desk.child().exclusions)) == ("11", 1)


def test_who_is_always_overtaken_gives_up_with_a_sentence(
    desk: Desk, history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take("pupils", A_PUPIL)

    def changed(*given: object, **more: object) -> None:
        raise ChangedMeanwhile

    monkeypatch.setattr(history, "save", changed)
    with pytest.raises(PlainError, match="Run the import again: what was taken is not taken twice"):
        desk.take("exclusions", AN_EXCLUSION)


def test_a_refused_row_leaves_nothing_of_itself_and_its_neighbours_whole(desk: Desk) -> None:
    first, second, third = pupils(3)
    taken = desk.take("pupils", first, {**second, "dob": "1912-01-01"}, third)
    assert desk.counts(taken) == {"taken": 2, "refused": 1}
    assert len(desk.history.ids_of("child.registered")) == 2
    assert desk.history.head() == len(story(desk.history))
