"""What changed in the caseload between two moments: which placements came, went, or are listed otherwise, and by which events."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict

from api.asking import Asking
from api.changes import Between, Moments
from api.descriptions import OF_LISTS, SCHEMAS, problems
from api.desk import AtDesk, Desk
from api.lists import IN_SCOPE, INTERNAL, ROWS_A_PAGE, Limit, hidden_in_lists
from api.looking_back import LookingBack, lists_at
from api.noting import note
from api.problem import MALFORMED, Problem
from api.wanted import JSON, in_form
from api.what_is_seen import without
from domain.people import Asker
from domain.reasons import Reason
from projections.caseload import CaseloadRow
from projections.entries import Entry
from projections.patch import patch
from projections.timeline import timeline
from workflows.who_reads import scope_of

routes = APIRouter(tags=["placements"])

BOOKKEEPING = frozenset({"version", "position", "recorded_at", "stale"})
"""Columns that change with every event, whatever it says."""
Order = tuple[str, date, UUID]
"""By name, then by the start of the placement, then by its id; as it is listed last."""
AtPlacement = Annotated[
    UUID | None, Query(description="The mark `next` of the page before: the last placement on it.")
]


class ListChangesShown(BaseModel):
    """What lies between two moments of a list."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow")

    rows: list[dict[str, Any]]
    """Each placement that is listed otherwise, by name, then by its start, then by id, as it is listed last: its `changes` as a JSON Patch
    of its row, in the order of the list's columns, its `stage` and `provider_name`, and the `events` between, as they were written down."""
    next: str | None
    """Ask for `after` this to go on; null at the end."""
    count: int
    """How many placements are listed otherwise."""
    counts: dict[str, int]
    """How many of them are `new`, `gone` and `changed`."""
    position: int
    """How far the history had reached."""


@routes.get(
    "/placements/changes",
    operation_id="list_changes_of_placements",
    response_model=None,
    responses={
        200: {
            "description": "Placements that are listed otherwise.",
            "content": {JSON: {"schema": {"$ref": f"{SCHEMAS}ListChangesShown"}}},
        },
        **problems(*OF_LISTS),
    },
)
def list_changes_of_placements(
    asker: Asking,
    form: Annotated[str, Depends(in_form(JSON))],
    desk: AtDesk,
    moments: Moments,
    after: AtPlacement = None,
    limit: Limit = 50,
) -> Response:
    """What changed in the caseload between two moments, as far as you may know of it: row by row, by which events and by whom."""
    if moments.backwards:
        # Of one record it may be asked: its changes are a patch that leads back.
        message, field = "The end lies before the beginning.", moments.backwards
        raise Problem(MALFORMED, message, [Reason(code="end_before_beginning", message=message, field=field)])
    position = desk.history.head()
    order: dict[UUID, Order] = {}
    before, then = (_rows(desk, asker, moment, order) for moment in (moments.first, moments.then))
    if after is not None and after not in order:
        raise Problem(MALFORMED, "The mark in after is not one of this list. Begin with the first page.")
    differ = sorted((id for id in order if before.get(id) != then.get(id)), key=order.__getitem__)
    page = [id for id in differ if after is None or order[id] > order[after]][:limit]
    more = page and page[-1] != differ[-1]
    ways = Counter(_listed(before.get(id), then.get(id)) for id in differ)
    rows = [_changed(desk, asker, moments, id, before.get(id), then.get(id)) for id in page]
    note(
        desk,
        asker,
        "listed",
        IN_SCOPE,
        records=page,
        children=[UUID(row["child_id"]) for row in rows if row["child_id"]],
        as_of=moments.first.position,
        position=position,
    )
    body = {
        **moments.shown,
        "rows": rows,
        "next": str(page[-1]) if more else None,
        "count": len(differ),
        "counts": {way: ways[way] for way in ("new", "gone", "changed")},
        "position": position,
    }
    return Response(msgspec.json.encode(body), 200, {"X-Position": str(position)}, JSON)


def _order(row: CaseloadRow) -> Order:
    return row.name_key, row.started_on or row.starts_on or date.max, row.placement_id


def _listed(before: dict[str, Any] | None, then: dict[str, Any] | None) -> str:
    return "changed" if before and then else "new" if then else "gone"


def _rows(
    desk: Desk, asker: Asker, moment: LookingBack, order: dict[UUID, Order]
) -> dict[UUID, dict[str, Any]]:
    """The caseload at a moment, as the asker is shown it; and by what each is put in order."""
    caseload, scope = lists_at(desk, moment).caseload, scope_of(asker)
    hidden = INTERNAL | BOOKKEEPING | hidden_in_lists(asker, "placements")
    found: dict[UUID, dict[str, Any]] = {}
    mark: str | None = None
    while True:
        page = caseload.page(scope, after=mark, limit=ROWS_A_PAGE)
        for row in page.rows:
            order[row.placement_id] = _order(row)
            found[row.placement_id] = without(msgspec.to_builtins(row, str_keys=True), hidden)
        mark = page.next
        if mark is None:
            return found


def _changed(
    desk: Desk,
    asker: Asker,
    moments: Between,
    id: UUID,
    before: dict[str, Any] | None,
    then: dict[str, Any] | None,
) -> dict[str, Any]:
    """One placement: how its row changed, and what was written down between about it and the child."""
    child = (then or before or {}).get("child_id")
    about = [id, UUID(child)] if child else [id]
    last = max(moments.first.position, moments.then.position)
    story = timeline(desk.history, about, as_at=last, provider_id=asker.provider_id)
    between = [entry for entry in story if _counts(entry, moments.first) != _counts(entry, moments.then)]
    return {
        "placement_id": str(id),
        "href": f"/placements/{id}",
        "child_id": child,
        "given_names": (then or before or {}).get("given_names", ""),
        "family_name": (then or before or {}).get("family_name", ""),
        "stage": (then or before or {}).get("stage"),
        "provider_name": (then or before or {}).get("provider_name"),
        "listed": _listed(before, then),
        "changes": list(patch(before or {}, then or {})),
        "events": between,
    }


def _counts(entry: Entry, moment: LookingBack) -> bool:
    """Whether it is known at a moment, and true on its day; a correction says what was so all along."""
    day = moment.true_on
    true = day is None or entry.corrects is not None or (entry.true_on is not None and entry.true_on <= day)
    return entry.position <= moment.position and true
