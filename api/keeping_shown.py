"""What a child's record tells of its own keeping, for whoever answers: what a person says is wrong, and which copies were prepared."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from domain.child import Child
from domain.forgetting_events import RectificationRequested, SubjectAccessPrepared
from history.reading import Reading
from projections.entries import Entry
from projections.timeline import timeline
from workflows.case import Case
from workflows.command import Command
from workflows.permissions import WHO_MAY
from workflows.rectifying import AnswerRectification, RequestRectification

THOSE_WHO_KEEP: tuple[type[Command], ...] = (RequestRectification, AnswerRectification)


def rectifications_of(
    case: Case, history: Reading, as_at: int | None, withheld: Collection[str]
) -> list[dict[str, Any]]:
    """Each request to put something right; for those who take or answer one, with what was said and which event is meant.

    `withheld` are the stored names of events that the asker may not read in full. Raises Unavailable.
    """
    asked = case.child.rectifications
    told = [
        {
            "request": one.request,
            "record_id": str(one.record_id),
            "version": one.version,
            "fields": list(one.fields),
            "outcome": one.outcome,
        }
        for one in asked
    ]
    if not asked or not _keeps(case):
        return told
    meant = _by_place(timeline(history, list({one.record_id for one in asked}), as_at=as_at))
    requests = {
        event.originator_version: event
        for event in case.child.events
        if isinstance(event, RectificationRequested)
    }
    for shown, one in zip(told, asked, strict=True):
        request, entry = requests[one.request], meant.get((one.record_id, one.version))
        shown |= {
            "asked_by": request.asked_by,
            "asked_on": request.asked_on.isoformat(),
            "statement": request.statement,
        }
        if entry is not None and entry.name not in withheld:
            shown |= {
                "about": entry.said_first or entry.sentence,
                "true_on": entry.true_on.isoformat() if entry.true_on else None,
            }
    return told


def copies_of(child: Child) -> list[dict[str, Any]]:
    """Each copy that was prepared: when, by whom, and for whom."""
    return [
        {
            "preparation": event.originator_version,
            "prepared_on": event.occurred_on.isoformat(),
            "prepared_by": event.decision.by.name,
            "asked_by": event.asked_by,
            "asked_on": event.asked_on.isoformat(),
            "identity_checked": event.identity_checked,
        }
        for event in child.events
        if isinstance(event, SubjectAccessPrepared)
    ]


def _keeps(case: Case) -> bool:
    """Whether the asker takes such requests, or answers them. Permissions look at the command's kind only, so an empty one does."""
    return any(WHO_MAY[command.name()](case, command.model_construct()) for command in THOSE_WHO_KEEP)


def _by_place(entries: Iterable[Entry]) -> dict[tuple[UUID, int], Entry]:
    return {(entry.record_id, entry.version): entry for entry in entries}
