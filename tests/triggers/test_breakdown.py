"""Who hears of it when a placement ends badly, by the child's circumstances. No template is left with a place that nobody fills."""

from __future__ import annotations

import pytest

from domain.message_events import MessageAskedFor
from domain.trigger_events import CouldNotAct
from history.store import History
from tests.support.walk import CHILD, OFFICER, PLACEMENT, THE_SERVICE, Walk
from tests.triggers.conftest import ByItself


def _told(by_itself: ByItself, template: str) -> set[str]:
    return {e.to.relation for e in by_itself.did(MessageAskedFor) if e.template == template}


@pytest.mark.parametrize("breaks", ["record_breakdown", "report_safeguarding_concern"])
def test_of_a_looked_after_child_social_worker_and_virtual_school_are_told(
    by_itself: ByItself, live: Walk, history: History, breaks: str
) -> None:
    live.do("record_looked_after", CHILD, THE_SERVICE)
    live.do("record_social_worker", CHILD, THE_SERVICE)
    live.do(breaks, PLACEMENT, OFFICER)
    by_itself.acts()
    assert not [stored for stored in history.scan() if isinstance(stored.event, CouldNotAct)]
    assert _told(by_itself, "looked_after_placement_broke_down") == {"social_worker", "virtual_school_head"}
