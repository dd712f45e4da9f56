"""A page of several is kept packed, and its children by their placements: whoever asks is told what older looks, written out, tell."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest

from domain.looks import Look, LooksNoted, PageShown, Right
from domain.packed_ids import packed, packed_once, unpacked
from domain.people import Role
from domain.placement import Placement
from projections.looks import Looks, MayBeTold
from projections.sought_looks import Sought
from tests.api.people import ELSEWHERE, Service
from tests.support.walk import AUTHORITY, CHILD, MONDAY, OFFICER, PLACEMENT, PROVIDER, THE_SERVICE

OTHER_CHILD, OTHER_PLACEMENT = (UUID(f"5b0f6a52-6f0e-4d8e-9d54-0000000000f{n}") for n in (1, 2))
BOTH = {PLACEMENT: CHILD, OTHER_PLACEMENT: OTHER_CHILD}
LISTS = (
    "/placements",
    "/due",
    "/due?state=ahead",
    "/without-education",
    "/messages",
    "/register",
    "/absences",
)


@pytest.fixture
def two(service: Service) -> Service:
    """The service with two children, each with a placement."""
    service.walk.live_until("start_placement")
    service.walk.do("register_child", OTHER_CHILD, OFFICER, identifiers=[])
    service.walk.do("refer_child", OTHER_PLACEMENT, OFFICER, child_id=str(OTHER_CHILD))
    assert service.desk.read_models.wait_for(service.desk.history.head(), 20)
    return service


def newest(service: Service) -> Look:
    """The last look, as it is stored."""
    service.desk.looks.write()
    *_, batch = (s.event for s in service.desk.history.page(0, 50_000, ["looks.noted"]))
    assert isinstance(batch, LooksNoted)
    return batch.looks[-1]


def in_both_forms(service: Service, organisation: UUID, pages: Iterable[PageShown], **of: object) -> None:
    """The same looks as they are noted now, and as they were before: at every page by a person of one organisation."""
    right = Right(row="scope", roles=("commissioner",), organisation_id=organisation)
    for n, page in enumerate(pages):
        placements, rest, others = map(unpacked, (page.placements, page.records, page.children))
        children = (*(BOTH[id] for id in placements), *others)
        for who, form in (
            ("now", {"page": page}),
            ("before", {"records": placements + rest, "children": children}),
        ):
            person = f"{who}-{n}@{organisation}"
            look = Look(at=MONDAY, person_id=person, how="listed", route="GET /x", right=right, **form)
            service.desk.looks.note(look)
    service.desk.looks.write()


def test_a_page_is_packed_and_names_each_id_once(two: Service) -> None:
    answer = two.get("/placements")
    look = newest(two)
    shown = {UUID(row["placement_id"]): UUID(row["child_id"]) for row in answer.json()["rows"]}
    assert shown == BOTH
    assert (look.records, look.children) == ((), ())
    assert look.page == PageShown(placements=packed(shown))


def test_a_page_without_placements_is_packed_too_and_one_row_alone_is_written_out(two: Service) -> None:
    rows = two.get("/children").json()["rows"]
    assert newest(two).page == PageShown(children=packed(UUID(row["child_id"]) for row in rows))
    assert [len(two.get("/children", limit=1).json()["rows"]), newest(two).page] == [1, None]
    assert newest(two).children != ()


def test_whoever_asks_is_told_the_same_of_either_form(two: Service) -> None:
    pages = [
        PageShown(placements=packed([PLACEMENT, OTHER_PLACEMENT])),
        PageShown(placements=packed([OTHER_PLACEMENT, OTHER_PLACEMENT, PLACEMENT])),
        PageShown(records=packed([PROVIDER, PLACEMENT, uuid4()])),
        PageShown(children=packed_once([OTHER_CHILD, CHILD, OTHER_CHILD, uuid4()])),
        PageShown(records=packed([PROVIDER]), children=packed([OTHER_CHILD, CHILD])),
    ]
    for organisation in (AUTHORITY, ELSEWHERE):
        in_both_forms(two, organisation, pages)
    knows_one = MayBeTold(ELSEWHERE, lambda ids: frozenset(ids) & {OTHER_CHILD})
    knows_none = MayBeTold(ELSEWHERE, lambda ids: frozenset())
    told = []
    for teller in (MayBeTold(None, frozenset, everything=True), knows_one, knows_none):
        for about in (CHILD, OTHER_CHILD, PLACEMENT, OTHER_PLACEMENT, PROVIDER, AUTHORITY, None):
            sought = Sought(about=frozenset({about} if about else ()), how="listed")
            rows = [
                (row.person_id, set(row.children), row.records, row.not_told)
                for row in Looks(two.desk.history).every(teller, sought)
            ]
            now, before = ([row for row in rows if row[0].startswith(form)] for form in ("now", "before"))
            assert [(who.replace("now", "before"), *rest) for who, *rest in now] == before
            told.append(len(now))
    # Ten pages; those with the child, the other, the one's placement, the other's, the provider; nobody's; and all.
    assert told[:7] == [8, 8, 6, 4, 4, 0, 10]
    assert 0 < told[13] < told[6]


def test_who_may_not_know_of_a_child_is_told_of_their_own_people_who_listed_it(two: Service) -> None:
    grant = {"person_id": "their-auditor@example", "person_name": "A", "role": Role.AUDITOR.value}
    two.walk.do("grant_role", ELSEWHERE, THE_SERVICE, **grant)
    in_both_forms(two, ELSEWHERE, [PageShown(placements=packed(BOTH))])
    token = {"Authorization": f"Bearer {two.issuer.token('their-auditor@example', ELSEWHERE)}"}
    rows = two.client.get(f"/looks?child_id={OTHER_CHILD}&how=listed", headers=token).json()["rows"]
    assert len(rows) == 2
    assert all((row["records"], row["children"], row["not_told"]) == ([], [], 4) for row in rows)


def test_the_children_of_a_page_are_those_of_its_rows(two: Service) -> None:
    found = 0
    for path in LISTS:
        rows = two.get(path, "auditor").json()["rows"]
        newest(two)
        [told, *_] = Looks(two.desk.history).every(MayBeTold(None, frozenset, everything=True), Sought())
        assert set(told.children) == {UUID(row["child_id"]) for row in rows if row.get("child_id")}, path
        placed = {UUID(row["placement_id"]) for row in rows if row.get("placement_id")}
        assert set(told.records) == placed, path
        assert {two.desk.history.get(Placement, id).child_id for id in placed} <= set(told.children), path
        found += len(placed)
    assert found > 3
