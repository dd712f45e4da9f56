"""Decisions: each as a page of what was known when it was taken, with what became known later marked apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Path, Response

from api.answers import rows_answer
from api.asking import Asking
from api.concerned import with_pages
from api.descriptions import found
from api.desk import AtDesk, Desk
from api.freshness import FURTHEST, AtLeast, reached
from api.looking import look, look_at_child
from api.looking_back import Back, LookingBack
from api.wanted import JSON, in_form
from api.what_is_seen_of_decisions import shown_page
from domain.people import Asker
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import NotFound, NotPermitted
from projections.decisions.finding import Found, find_decision
from projections.decisions.page import page_of
from projections.decisions.shapes import canonical, canonical_object
from projections.entries import Entry
from projections.timeline import timeline
from workflows.case import Case

routes = APIRouter()
AsJson = Annotated[str, Depends(in_form(JSON))]
AtPosition = Annotated[
    int,
    Path(
        ge=1,
        le=FURTHEST,
        description="The position of the decision in the history, as the list of decisions tells it.",
    ),
]
Open = Callable[[Desk, Asker, UUID, LookingBack | None], Case]


def _placement(desk: Desk, asker: Asker, id: UUID, back: LookingBack | None) -> Case:
    return look(desk, asker, Placement, id, back)


def _child(desk: Desk, asker: Asker, id: UUID, back: LookingBack | None) -> Case:
    if asker.provider_id is not None:
        # A provider's people know a child by their own placements, and decisions about the child are not among those.
        raise NotPermitted("Decisions about a child are not for a provider's people.", "decisions_not_shown")
    return look_at_child(desk, asker, id, back)[0]


def may_read_story_of_provider(asker: Asker, id: UUID) -> None:
    """Whether what was decided about a provider, and by whom, is for the asker. Raises NotPermitted for another provider's people."""
    if asker.provider_id not in (None, id):
        raise NotPermitted("Decisions about another provider are not shown to you.", "decisions_not_shown")


def open_provider(desk: Desk, asker: Asker, id: UUID, back: LookingBack | None) -> Case:
    """A provider for whoever may read its story. Raises NotFound, and NotPermitted for another provider's people."""
    may_read_story_of_provider(asker, id)
    return look(desk, asker, Provider, id, back)


def _list(
    desk: Desk, asker: Asker, case: Case, plural: str, back: LookingBack | None
) -> list[dict[str, Any]]:
    id = case.target.id
    as_at, true_on = (back.position, back.true_on) if back else (None, None)
    entries = timeline(desk.history, [id], as_at=as_at, true_on=true_on, provider_id=_only_of(asker, plural))
    readable = with_pages(desk, case, entries)
    return [
        _row(entry, f"/{plural}/{id}/decisions/{entry.position}")
        for entry in entries
        if entry.position in readable
    ]


def _row(entry: Entry, href: str) -> dict[str, Any]:
    kept = (
        "position",
        "version",
        "name",
        "sentence",
        "who",
        "true_on",
        "recorded_at",
        "days_late",
        "known_at",
    )
    fields = {("event" if name == "name" else name): getattr(entry, name) for name in kept}
    return {**msgspec.to_builtins(fields), "href": href}


def _only_of(asker: Asker, plural: str) -> UUID | None:
    """The provider whose part of a placement's story is told; of its own record a provider is told of everything."""
    return asker.provider_id if plural == "placements" else None


def _page(desk: Desk, asker: Asker, open_record: Open, plural: str, id: UUID, position: int) -> Response:
    head = desk.history.head()
    decided = find_decision(desk.history, position)
    at = decided.event.recorded_at if decided else desk.clock()
    # Who reads it has to be allowed now, and to have been concerned then.
    then = open_record(desk, asker, id, LookingBack(position, None, at))
    if decided is None or not _is_told(desk, decided, id, _only_of(asker, plural)):
        raise NotFound("decision")
    page = page_of(desk.history, decided, asker.provider_id)
    body = canonical_object({**shown_page(page, then, desk), "position": canonical(head)})
    return Response(body, 200, {"X-Position": str(head), "Vary": "Accept, Authorization"}, JSON)


def _is_told(desk: Desk, decided: Found, id: UUID, provider_id: UUID | None) -> bool:
    """Whether the decision stands in the record's story; with a provider, in what that provider is told of it."""
    if decided.event.originator_id != id:
        return False
    if provider_id is None:
        return True
    shown = timeline(desk.history, [id], provider_id=provider_id)
    return decided.position in {entry.position for entry in shown}


def _add(plural: str, singular: str, what: str, open_record: Open) -> None:
    def list_decisions(
        id: UUID, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None, back: Back = None
    ) -> Response:
        position = reached(desk.history.head, at_least)
        case = open_record(desk, asker, id, back)
        return rows_answer(_list(desk, asker, case, plural, back), position)

    def read_decision(
        id: UUID, position: AtPosition, asker: Asking, form: AsJson, desk: AtDesk, at_least: AtLeast = None
    ) -> Response:
        reached(desk.history.head, at_least)
        return _page(desk, asker, open_record, plural, id, position)

    list_decisions.__doc__ = f"Every decision about {what} from when you were concerned, oldest first, with the address of its page."
    read_decision.__doc__ = (
        f"One decision about {what}: `decision` is what was known when it was taken, and never changes; `known_later` is what "
        "was written down only afterwards. The answer is canonical JSON (RFC 8785)."
    )
    address = f"/{plural}/{{id}}/decisions"
    routes.get(
        address,
        operation_id=f"list_decisions_of_{singular}",
        response_model=None,
        responses=found("RowsShown"),
        tags=[plural],
    )(list_decisions)
    routes.get(
        f"{address}/{{position}}",
        operation_id=f"read_decision_of_{singular}",
        response_model=None,
        responses=found("AnyShown"),
        tags=[plural],
    )(read_decision)


_add("placements", "placement", "a placement", _placement)
_add("children", "child", "a child", _child)
_add("providers", "provider", "a provider", open_provider)
