"""What changed in a record between two moments: field by field, by which events, and by whom."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict

from api.asking import Asking
from api.decisions import may_read_story_of_provider
from api.descriptions import SINGULAR, found
from api.desk import AtDesk, Desk
from api.looking import case_then, look, look_at_child, may_see, placements_concerning, relations_to
from api.looking_back import NUMBER, LookingBack, asked_moment
from api.times import Day
from api.wanted import JSON, in_form
from api.what_is_seen import unseen, withheld_events, without
from domain.agreement import Agreement
from domain.child import Child
from domain.organisation import Organisation
from domain.people import Asker
from domain.placement import Placement
from domain.provider import Provider
from domain.reasons import NotFound
from domain.record import Record
from history.store import History
from projections.building_the_past import Then
from projections.changing import Changed, changes_between
from projections.entries import Entry
from projections.remembered import fields_of
from projections.timeline import timeline

routes = APIRouter()

FROM = "The moment to compare with: a position, or a moment with its time zone; the beginning, if it is left out."
TO = "The other moment; now, if it is left out."
DAY = "What was true on this day, as far as it was known at that moment, or is known now."


class ChangesShown(BaseModel):
    """What lies between two moments. The changes are a JSON Patch (RFC 6902): applied to the record as it was, they give what it became."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow", populate_by_name=True)

    changes: list[dict[str, Any]]
    """Each with `op`, `path`, `value`, `before` and `by`, the positions of the events that changed it."""
    events: list[dict[str, Any]]
    """The entries of the timeline that lie between the two."""
    position: int
    """How far the history had reached."""


class Between(msgspec.Struct, frozen=True):
    """Two moments."""

    first: LookingBack
    then: LookingBack
    begin: str = ""
    end: str = ""
    """The two as they were written; empty where they were left out."""

    @property
    def backwards(self) -> str:
        """The parameter of an end that lies before its beginning, on either axis of time; empty where there is none."""
        first, then = self.first, self.then
        if self.end and (then.position < first.position or self._backwards_by_the_clock):
            return "to"
        return "to_true_on" if first.true_on and then.true_on and then.true_on < first.true_on else ""

    @property
    def _backwards_by_the_clock(self) -> bool:
        """Whether two moments between which nothing was written down stand the wrong way round."""
        by_position = any(NUMBER.fullmatch(one) or not one for one in (self.begin, self.end))
        by_day = self.first.true_on is not None or self.then.true_on is not None
        return not by_position and not by_day and self.then.at < self.first.at

    @property
    def shown(self) -> dict[str, Any]:
        """How to ask for the record at the one and at the other."""
        return {"from": self.first.asked, "to": self.then.asked}


def between(
    asker: Asking,
    desk: AtDesk,
    from_: Annotated[str | None, Query(alias="from", max_length=40, description=FROM)] = None,
    to: Annotated[str | None, Query(max_length=40, description=TO)] = None,
    from_true_on: Annotated[Day | None, Query(description=DAY)] = None,
    to_true_on: Annotated[Day | None, Query(description=DAY)] = None,
) -> Between:
    """The two moments that are asked for. Raises Problem."""
    start = "0" if from_ is None and from_true_on is None else from_
    first = asked_moment(desk, start, from_true_on, {"as_of": "from", "true_on": "from_true_on"})
    then = asked_moment(desk, to, to_true_on, {"as_of": "to", "true_on": "to_true_on"})
    return Between(first, then, from_ or "", to or "")


Moments = Annotated[Between, Depends(between)]
AsJson = Annotated[str, Depends(in_form(JSON))]
KINDS: dict[str, type[Record]] = {
    "placements": Placement,
    "children": Child,
    "providers": Provider,
    "agreements": Agreement,
    "organisations": Organisation,
}


def changes_of(desk: Desk, asker: Asker, kind: type[Record], id: UUID, moments: Between) -> dict[str, Any]:
    """What the asker may see of what changed in a record. Raises NotFound, and NotPermitted as for the record's story."""
    if kind is Provider:
        may_read_story_of_provider(asker, id)
    position = desk.history.head()
    hidden = _hidden_now(desk, asker, kind, id, position)
    ends: list[Then] = []
    for moment in (moments.first, moments.then):
        paths = _hidden_then(desk, asker, kind, id, moment)
        # Before the record was, or concerned the asker, there was nothing for them to see.
        ends.append(Then(0) if paths is None else Then(moment.position, moment.true_on))
        hidden |= paths or frozenset()
    if ends == [Then(0), Then(0)]:
        raise NotFound(kind.__name__.lower())
    changed = changes_between(
        desk.history, kind, id, ends[0], ends[1], lambda record: without(fields_of(record), hidden)
    )
    events = _told(desk.history, asker, kind, id, changed, hidden)
    told = {entry.position for entry in events}
    changes = [
        msgspec.structs.replace(one, by=tuple(at for at in one.by if at in told)) for one in changed.changes
    ]
    return {**moments.shown, "changes": changes, "events": events, "position": position}


def _hidden_now(desk: Desk, asker: Asker, kind: type[Record], id: UUID, position: int) -> frozenset[str]:
    if kind is Child:
        _, relation = look_at_child(desk, asker, id, None, position)
        return unseen(asker, (relation,))
    return unseen(asker, relations_to(look(desk, asker, kind, id, None, position)))


def _hidden_then(
    desk: Desk, asker: Asker, kind: type[Record], id: UUID, moment: LookingBack
) -> frozenset[str] | None:
    """What the asker did not see of it then; none where there was nothing of which they may know."""
    try:
        case = case_then(desk, asker, kind, id, moment)
    except NotFound:
        return None
    if may_see(case):
        return unseen(asker, {"all"} if kind is Child else relations_to(case))
    if kind is Child and placements_concerning(case):
        return unseen(asker, {"provider" if asker.provider_id else "all"})
    return None


def _told(
    history: History, asker: Asker, kind: type[Record], id: UUID, changed: Changed, hidden: frozenset[str]
) -> list[Entry]:
    """The entries that lie between, as far as they are for the asker: a sentence must not say what a field does not show."""
    if kind is Child and asker.provider_id is not None:
        return []
    own = asker.provider_id if kind is Placement else None
    between = set(changed.events)
    if hidden and own is None:
        between = {position for change in changed.changes for position in change.by}
    withheld = withheld_events(hidden)
    return [
        entry
        for entry in timeline(history, [id], as_at=max(between, default=0), provider_id=own)
        if entry.position in between and entry.name not in withheld
    ]


def _route(plural: str, kind: type[Record]) -> None:
    @routes.get(
        f"/{plural}/{{id}}/changes",
        operation_id=f"read_changes_of_{SINGULAR[plural]}",
        response_model=None,
        responses=found("ChangesShown"),
        tags=[plural],
    )
    def read_changes(id: UUID, asker: Asking, form: AsJson, desk: AtDesk, moments: Moments) -> Response:
        """What changed between two moments, field by field, by which events and by whom.

        Between two moments of knowledge, between two days on which things were true, or both. The changes are a JSON Patch: applied to the
        record's own facts as they were they give what they became. You see of it what you may see of the record.
        """
        body = changes_of(desk, asker, kind, id, moments)
        return Response(
            msgspec.json.encode(body), 200, {"X-Position": str(body["position"])}, media_type=JSON
        )


for plural, kind in KINDS.items():
    _route(plural, kind)
