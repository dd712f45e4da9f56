"""Nobody sees a row outside their scope: in no list, count, search or single look."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

import pytest

from domain import child_events
from domain.child import Child
from domain.people import Scope
from domain.placement import Placement
from domain.stages import Stage
from projections.finding_children import ChildFilter
from projections.finding_due import DueFilter
from projections.finding_placements import CaseloadFilter
from projections.reading import ReadModels
from tests.projections.filling import MONDAY, Filling


@dataclass
class World:
    """Two authorities with a school and a provider each, and placements in every combination."""

    authorities: list[UUID]
    schools: list[UUID]
    providers: list[UUID]
    children: list[Child]
    placements: list[Placement]


@pytest.fixture
def world(filling: Filling, caught_up: Callable[[], None]) -> World:
    authorities = [filling.organisation("North"), filling.organisation("South")]
    schools = [filling.organisation("Hill", "school"), filling.organisation("Vale", "school")]
    providers = [filling.provider("Barn"), filling.provider("Mill")]
    children = [
        filling.child("Ann", "Alike", authority, school)
        for authority in authorities
        for school in (None, *schools)
    ]
    placements = [
        filling.placement(child, commissioner, school, provider)
        for child in children
        for commissioner in (*authorities, schools[0])
        for school in (None, *schools)
        for provider in (None, *providers)
    ]
    for child in children:
        facts = {
            "exclusion_type": "PERM",
            "from_on": MONDAY,
            "education_due_on": date(2026, 11, 30),
            "clock": "T1",
        }
        filling.tell(child, child_events.Excluded, **facts)
    caught_up()
    return World(authorities, schools, providers, children, placements)


def scopes(world: World) -> list[Scope]:
    """Every kind of asker."""
    organisations = [frozenset({id}) for id in (*world.authorities, *world.schools)]
    return [
        Scope(),
        Scope(organisations=frozenset({uuid4()})),
        Scope(provider_id=uuid4()),
        Scope(everything=True),
        *(Scope(organisations=one) for one in organisations),
        Scope(organisations=organisations[0] | organisations[3]),
        *(Scope(provider_id=id) for id in world.providers),
    ]


def may_know(scope: Scope, placement: Placement, child: Child) -> bool:
    """The definition, from `domain.people.Scope`."""
    related = {placement.commissioner_id, placement.home_school_id, child.authority_id}
    mine = scope.provider_id is not None and placement.provider_id == scope.provider_id
    return scope.everything or mine or not scope.organisations.isdisjoint(related - {None})


def may_know_child(scope: Scope, child: Child, placements: list[Placement]) -> bool:
    """The child's authority, a school of theirs, or anyone who may know of a placement."""
    related = {child.authority_id, *(entry.school_id for entry in child.roll)}
    if scope.everything or not scope.organisations.isdisjoint(related - {None}):
        return True
    return any(may_know(scope, p, child) for p in placements if p.child_id == child.id)


def test_the_caseload_keeps_to_the_scope(world: World, read_models: ReadModels) -> None:
    children = {child.id: child for child in world.children}
    for scope in scopes(world):
        known = {p.id for p in world.placements if p.child_id and may_know(scope, p, children[p.child_id])}
        page = read_models.caseload.page(scope, limit=200)
        assert {row.placement_id for row in page.rows} == known
        assert {
            row.placement_id for row in read_models.caseload.page(scope, BY_NAME, limit=200).rows
        } == known
        assert sum(read_models.caseload.counts(scope).values()) == len(known)
        assert read_models.caseload.counts(scope, BY_NAME)[Stage.NEEDS_ASSESSMENT] == len(known)
        for placement in world.placements:
            assert (read_models.caseload.get(scope, placement.id) is not None) == (placement.id in known)
            attendance = read_models.attendance.of_placement(scope, placement.id)
            assert attendance.half_terms == ()


BY_NAME = CaseloadFilter(name="alik")
SIXTH_DAY = DueFilter(rule=("T1",))


def test_a_filter_never_widens_the_scope(world: World, read_models: ReadModels) -> None:
    mine, other = Scope(provider_id=world.providers[0]), world.providers[1]

    assert read_models.caseload.page(mine, CaseloadFilter(provider_id=other)).rows == []
    assert sum(read_models.caseload.counts(mine, CaseloadFilter(provider_id=other)).values()) == 0


def test_lists_of_children_keep_to_the_scope(world: World, read_models: ReadModels) -> None:
    placements = {p.id: p for p in world.placements}
    for scope in scopes(world):
        known = {
            child.id: child for child in world.children if may_know_child(scope, child, world.placements)
        }
        rows = read_models.children.page(scope, limit=200).rows
        assert {row.child_id for row in rows} == set(known)
        assert read_models.children.count(scope) == len(known)
        assert len(read_models.children.page(scope, ChildFilter(name="ann")).rows) == len(known)
        for row in rows:
            shown = {p.placement_id for p in row.placements}
            child = known[row.child_id]
            assert shown == {
                p.id for p in placements.values() if p.child_id == child.id and may_know(scope, p, child)
            }
        for child in world.children:
            assert (read_models.children.get(scope, child.id) is not None) == (child.id in known)
        duties = read_models.due.page(scope, SIXTH_DAY, on=MONDAY, limit=200).rows
        due = {row.child_id for row in duties}
        assert sum(read_models.due.counts(scope, SIXTH_DAY, on=MONDAY).values()) == len(duties)
        owed = {
            id for id, child in known.items() if scope.everything or child.authority_id in scope.organisations
        }
        assert owed <= due <= set(known)


def test_an_open_placement_that_is_not_for_the_school_does_not_count_for_it(
    filling: Filling, read_models: ReadModels, caught_up: Callable[[], None]
) -> None:
    north, hill = filling.organisation("North"), filling.organisation("Hill", "school")
    filling.placement(filling.child("Ann", "Alike", north, hill), north)
    caught_up()

    for scope, with_one in (
        (Scope(organisations=frozenset({north})), True),
        (Scope(organisations=frozenset({hill})), False),
    ):
        for which in (ChildFilter(with_open_placement=True), ChildFilter(with_open_placement=False)):
            found = int(which.with_open_placement is with_one)
            assert len(read_models.children.page(scope, which).rows) == found
            assert read_models.children.count(scope, which) == found


def test_a_provider_sees_itself_in_the_directory_and_its_own_office(
    world: World, read_models: ReadModels, filling: Filling, caught_up: Callable[[], None]
) -> None:
    office = filling.organisation("Barn office", "provider", world.providers[0])
    caught_up()
    own, commissioner = (
        Scope(provider_id=world.providers[0]),
        Scope(organisations=frozenset({world.schools[0]})),
    )

    assert [row.provider_id for row in read_models.directory.page(own, on=MONDAY).rows] == [
        world.providers[0]
    ]
    assert read_models.directory.get(own, world.providers[1], on=MONDAY) is None
    assert [row.organisation_id for row in read_models.organisations.page(own).rows] == [office]
    assert len(read_models.directory.page(commissioner, on=MONDAY).rows) == 2
    assert read_models.directory.count(Scope()) == 0
    assert read_models.organisations.page(Scope()).rows == []
