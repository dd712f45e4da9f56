"""A list is read page by page, and who is in it throughout is read once, whatever changes meanwhile."""

from collections.abc import Callable

import pytest

from domain.people import Scope
from history.store import History
from projections.finding_placements import CaseloadFilter
from projections.paging import BadMark
from projections.reading import ReadModels
from tests.projections.conftest import PATIENCE, followed
from tests.projections.filling import Filling

EVERYTHING = Scope(everything=True)


def test_a_list_is_read_once_through_while_rows_come_go_and_move(
    filling: Filling, dsn: str, history: History, read_models: ReadModels
) -> None:
    authority = filling.organisation("North")
    children = [filling.child("Ann", f"Name {n:02}", authority) for n in range(40)]
    placements = [filling.placement(child, authority) for child in children]
    twin = filling.placement(children[7], authority)
    steady = {p.id for n, p in enumerate(placements) if n % 5} | {twin.id}
    seen: list[object] = []
    mark = None
    with followed(dsn, history):
        assert read_models.wait_for(history.head(), PATIENCE)
        for n in range(0, 40, 5):
            page = read_models.caseload.page(EVERYTHING, after=mark, limit=6)
            seen += [row.placement_id for row in page.rows]
            mark = page.next
            filling.rename(children[n], "Ann", f"Name {(n * 7) % 40:02}x")
            position = filling.placement(filling.child("New", f"Name {n:02}", authority), authority).version
            assert position
            assert read_models.wait_for(history.head(), PATIENCE)
        while mark:
            page = read_models.caseload.page(EVERYTHING, after=mark, limit=6)
            seen += [row.placement_id for row in page.rows]
            mark = page.next
    assert [id for id in seen if id in steady] == sorted(
        {*steady}, key=[s for s in seen if s in steady].index
    )
    assert steady <= set(seen)


def test_a_page_has_from_1_to_200_rows_and_the_last_no_mark(
    filling: Filling, caught_up: Callable[[], None], read_models: ReadModels
) -> None:
    authority = filling.organisation("North")
    for n in range(3):
        filling.placement(filling.child("Ann", f"Name {n}", authority), authority)
    caught_up()

    first = read_models.caseload.page(EVERYTHING, limit=0)
    assert (len(first.rows), first.next is None) == (1, False)
    rest = read_models.caseload.page(EVERYTHING, after=first.next, limit=10_000)
    assert (len(rest.rows), rest.next) == (2, None)
    assert first.position == read_models.position()


def test_a_mark_tells_nothing_and_cannot_be_made_up(
    filling: Filling, caught_up: Callable[[], None], read_models: ReadModels
) -> None:
    authority = filling.organisation("North")
    for n in range(2):
        filling.placement(filling.child("Ann", f"Unmistakable {n}", authority), authority)
    caught_up()
    page = read_models.caseload.page(EVERYTHING, limit=1)
    mark = page.next
    assert mark is not None
    assert "nmistakabl" not in mark

    for bad in ("", "x", mark[:-2], mark[:-4] + "AAAA", "\u00e9", "A" * 5_000):
        with pytest.raises(BadMark):
            read_models.caseload.page(EVERYTHING, CaseloadFilter(), after=bad)
    with pytest.raises(BadMark):
        read_models.children.page(EVERYTHING, after=mark)
