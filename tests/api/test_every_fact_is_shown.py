"""Whatever a record remembers can be read over HTTP: each record with every command's example in it."""

from __future__ import annotations

import pytest

from domain.reasons import Invalid, Refused
from tests.api.people import Service
from tests.support.walk import AGREEMENT, AUTHORITY, CHILD, PROVIDER, THE_SERVICE
from workflows.catalogue import RECORDS, commands_about

PLACES = {"children": CHILD, "providers": PROVIDER, "agreements": AGREEMENT, "organisations": AUTHORITY}
LATER = (
    *("correct_child", "correct_provider", "lift_suspension", "report_day", "revoke_role", "stop_placements"),
    *("ask_for_early_review",),
    *(
        "request_erasure",
        "approve_erasure",
        "refuse_erasure",
        "note_erasure",
        "lift_hold",
        "answer_rectification",
    ),
)
"""Commands whose examples need something that is not there in this order."""


@pytest.mark.parametrize("plural", sorted(PLACES))
def test_a_record_with_every_fact_in_it_is_shown(plural: str, service: Service) -> None:
    id = PLACES[plural]
    for name, command in commands_about(RECORDS[plural]).items():
        if not command.opens and name not in LATER:
            try:
                service.walk.do(name, id, THE_SERVICE)
            except (Refused, Invalid) as refusal:
                pytest.fail(f"{name}: {refusal}")
            shown = service.get(f"/{plural}/{id}")
            assert shown.status_code == 200, (name, shown.text)


def test_a_terms_sessions_are_shown_as_counted_and_added_up(service: Service) -> None:
    service.walk.do("record_session_counts", CHILD, THE_SERVICE)
    [term] = service.get(f"/children/{CHILD}").json()["session_counts"]
    assert (term["term"], term["year"], term["counts"]["/"]) == ("spring", 2026, 61)
    totals = term["totals"]
    assert (totals["possible"], totals["attended"], totals["authorised"], totals["unauthorised"]) == (
        134,
        119,
        13,
        2,
    )
