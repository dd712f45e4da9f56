"""The past as it was: what a list says of a position is what it said when the history had come no further."""

from __future__ import annotations

from uuid import uuid4

from domain.people import Scope
from history.store import History
from projections.reading import ReadModels
from tests.projections.filling import MONDAY
from tests.support.cut_off import all_lists, cut_off, follow
from tests.support.postgres import TestPostgres
from tests.support.walk import AUTHORITY, PROVIDER, SCHOOL, Walk

EVERYTHING = Scope(everything=True)
SCOPES = [
    EVERYTHING,
    Scope(organisations=frozenset({AUTHORITY})),
    Scope(organisations=frozenset({SCHOOL})),
    Scope(provider_id=PROVIDER),
    Scope(organisations=frozenset({uuid4()})),
]


def test_each_position_of_a_life_is_what_a_store_says_that_goes_no_further(
    walk: Walk, history: History, read_models: ReadModels, dsn: str, prepared_postgres: TestPostgres
) -> None:
    walk.live_until("end_placement")
    follow(dsn, history)
    for position in range(3, history.head() + 1, 19):
        with cut_off(prepared_postgres, dsn, position) as other:
            alone = History(other, master_key=bytes(range(32)))
            follow(other, alone)
            there = ReadModels(other, pool_size=1)
            # Who may know of it is asked of the present, too; so only of what is known here now can both be asked.
            assert all_lists(read_models.as_at(history, position), SCOPES[:1], MONDAY) == all_lists(
                there, SCOPES[:1], MONDAY
            )
            there.close()
            alone.close()
