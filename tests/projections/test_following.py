"""The read models say what a rebuild from the history says, whatever happens on the way."""

from collections.abc import Callable

from domain.people import Scope
from domain.stages import Stage
from projections.reading import ReadModels
from tests.support.walk import AUTHORITY, CHILD, PLACEMENT, Walk

OF_THE_AUTHORITY = Scope(organisations=frozenset({AUTHORITY}))


def test_a_placement_is_in_the_caseload_from_referral_to_exit(
    walk: Walk, caught_up: Callable[[], None], read_models: ReadModels
) -> None:
    walk.live_until("end_placement")
    caught_up()

    row = read_models.caseload.get(OF_THE_AUTHORITY, PLACEMENT)
    assert row is not None
    assert (row.stage, row.outcome, row.given_names, row.child_id) == (
        Stage.EXIT,
        "ended",
        row.given_names,
        CHILD,
    )
