"""Words that were erased are gone from the read models, and do not come back."""

import psycopg

from domain.child_events import YearGroupSet
from domain.forgetting_events import ErasureApproved
from domain.people import Scope
from history.store import History
from projections.comparing import differences
from projections.finding_children import ChildFilter
from projections.reading import ReadModels
from projections.rebuilding import rebuild
from tests.projections.conftest import MASTER_KEY, PATIENCE, followed
from tests.projections.filling import Filling

EVERYTHING = Scope(everything=True)


def test_erased_words_are_forgotten_at_once_and_by_whoever_follows(
    filling: Filling, dsn: str, history: History, read_models: ReadModels, database: psycopg.Connection
) -> None:
    authority = filling.organisation("North")
    child = filling.child("Unmistakable", "Other", authority)
    placement = filling.placement(child, authority)
    elsewhere = History(dsn, master_key=MASTER_KEY)
    with followed(dsn, elsewhere):
        assert read_models.wait_for(history.head(), PATIENCE)
        why = {"categories": ("identity", "narrative"), "ground": "no_longer_needed"}
        erased = filling.tell(child, ErasureApproved, request=1, requested_by="another officer", **why)
        assert read_models.wait_for(erased, PATIENCE)
        row = read_models.caseload.get(EVERYTHING, placement.id)
        assert row is not None
        assert (row.given_names, row.family_name) == ("[erased]", "[erased]")

        # The one who follows had opened the words a moment ago.
        position = filling.tell(child, YearGroupSet, year_group="9")
        assert read_models.wait_for(position, PATIENCE)
        known = read_models.children.get(EVERYTHING, child.id)
        assert known is not None
        assert (known.given_names, known.year_group, known.born_on) == ("[erased]", "9", None)
    elsewhere.close()
    rebuild(history, dsn)
    assert read_models.children.count(EVERYTHING, ChildFilter(name="unmistakable")) == 0
    assert "nmistakable" not in str(database.execute("SELECT * FROM children, caseload").fetchall())
    assert differences(history, dsn) == []
