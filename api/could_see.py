"""Whether a person could see a part of a record at a moment: the grants and records of then, before the questions of today.

It asks what every answer asks: `may_see`, how the person stood to the record, and the table of what that hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec

from api.desk import Desk
from api.known_people import is_known
from api.looking import BY_A_PLACEMENT, case_then, may_see, relations_to, row_of, standing
from api.looking_back import LookingBack
from api.sign_in import asker_in
from api.what_is_seen import unseen
from domain.child import Child
from domain.events import stored_name
from domain.organisation import Organisation
from domain.organisation_events import OrganisationFounded
from domain.people import Asker
from domain.placement import Placement
from domain.reasons import Invalid, NotFound, Reason
from domain.record import Record
from projections.look_rows import LookRow
from projections.looks import Looks, MayBeTold
from projections.readers import LONDON
from projections.remembered import fields_of
from projections.sought_looks import Sought
from workflows.case import Case
from workflows.catalogue import RECORDS

MOST_LOOKS = 50
OF_FILES = frozenset(
    {"child", "commissioner", "home_school", "provider", "agreement", "derived", "moves", "week"}
)
"""What the files of placements and children show besides the record's own fields."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tables said of one person, acting for one organisation, before one record at one position."""

    organisation_id: UUID | None
    roles: tuple[str, ...]
    row: str
    """The question that let them; `none` where nothing did."""
    relations: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    """Paths of the record that were hidden from them."""
    case: Case | None = None
    """The record as they would have seen it, before anything is hidden; none where they could not."""

    @property
    def opens(self) -> bool:
        """Whether they could open the record at all."""
        return self.case is not None

    def shows(self, path: str) -> bool:
        """Whether they could see this part of it: hidden is what is hidden itself, and what lies in something hidden."""
        return self.opens and not any(path == kept or path.startswith(f"{kept}.") for kept in self.hidden)


def people_as_at(desk: Desk, person_id: str, back: LookingBack) -> Iterator[Asker]:
    """The person at each organisation that granted them a role then."""
    ids = desk.history.ids_of(stored_name(OrganisationFounded))
    found = desk.history.get_many(dict.fromkeys(ids, Organisation), as_at=back.position)
    for organisation in found.values():
        if isinstance(organisation, Organisation):
            asker = asker_in(organisation, person_id, back.day)
            if asker is not None:
                yield asker


def kind_of(desk: Desk, id: UUID) -> type[Record] | None:
    """What kind of record has this id; none where there is none that can be read by its id."""
    first = next(iter(desk.history.stream(id)), None)
    return next((kind for kind in RECORDS.values() if first and type(first.event) in kind.folds), None)


def answer_to(desk: Desk, asker: Asker, kind: type[Record], id: UUID, back: LookingBack) -> Answer:
    """What the tables say of this asker before the record as it was."""
    roles = tuple(sorted(asker.roles))
    try:
        case = case_then(desk, asker, kind, id, back)
    except NotFound:
        return Answer(asker.organisation_id, roles, "none")
    if may_see(case):
        # To a child's own file belong those who know of the child; the others are told apart by how they stand.
        stands = ("all",) if kind is Child else relations_to(case)
        return Answer(
            asker.organisation_id,
            roles,
            row_of(case),
            tuple(sorted(standing(case))),
            unseen(asker, stands),
            case,
        )
    if kind is Child and any(_placements_seen(desk, asker, id, back)):
        stands = ("provider",) if asker.provider_id else ("all",)
        return Answer(
            asker.organisation_id, roles, BY_A_PLACEMENT, (BY_A_PLACEMENT,), unseen(asker, stands), case
        )
    return Answer(asker.organisation_id, roles, "none")


def _placements_seen(desk: Desk, asker: Asker, child_id: UUID, back: LookingBack) -> Iterator[bool]:
    for id in desk.read_models.knowing.records_of(child_id) - {child_id}:
        try:
            yield may_see(case_then(desk, asker, Placement, id, back))
        except NotFound:
            continue


def was_decided_so(desk: Desk, look: LookRow) -> bool:
    """Whether the same question, asked of the history as it was, has the answer that the look tells of.

    Only for looks of people at one record, shown or not found: a page of a list stands for as many questions as it has rows.
    """
    if look.at is None or look.record_id is None or look.how != "read" or look.organisation_id is None:
        return True
    back = LookingBack(look.position, None, look.at)
    organisation = desk.history.find(Organisation, look.organisation_id, as_at=look.position)
    asker = asker_in(organisation, look.person_id, back.day) if organisation else None
    kind = kind_of(desk, look.record_id)
    if asker is None:
        return look.outcome != "shown"
    found = answer_to(desk, asker, kind, look.record_id, back) if kind else None
    if found is None or not found.opens:
        return look.outcome != "shown"
    said: Any = (found.row, found.relations, found.roles)
    return look.outcome == "shown" and said == (look.row, look.relations, look.roles)


def could_see(
    desk: Desk,
    teller: MayBeTold,
    person_id: str,
    record_id: UUID,
    path: str,
    back: LookingBack | None,
    *,
    known: bool,
) -> dict[str, Any]:
    """The answer for each organisation that the person could act for, and their looks at the record on that day.

    `known`: whether who asks may know of the record. Raises NotFound where they may not, and Invalid for a part that no such record has.
    """
    then = back or LookingBack(desk.history.head(), None, desk.clock())
    kind = kind_of(desk, record_id) if known else None
    if kind is None:
        raise NotFound("record")
    answers = [answer_to(desk, asker, kind, record_id, then) for asker in people_as_at(desk, person_id, then)]
    _require_part(path, [answer.case for answer in answers if answer.case])
    day = datetime.combine(then.day, time(0), LONDON)
    sought = Sought(person_id, frozenset({record_id}), since=day, until=day + timedelta(days=1))
    looks = Looks(desk.history).page(teller, sought, limit=MOST_LOOKS).rows
    return {
        "person_known": bool(answers or looks) or is_known(desk, teller, person_id),
        "could": any(answer.shows(path) for answer in answers),
        "looked": any(row.outcome == "shown" for row in looks),
        "at": then.at.isoformat(),
        "position": then.position,
        "answers": [
            {
                "organisation_id": answer.organisation_id,
                "roles": answer.roles,
                "could": answer.shows(path),
                "row": answer.row,
                "relations": answer.relations,
                "hidden": sorted(answer.hidden),
                "there_was_something": answer.shows(path) and _is_there(path, answer.case),
            }
            for answer in answers
        ],
        "looks_that_day": msgspec.to_builtins(looks),
    }


def _require_part(path: str, cases: list[Case]) -> None:
    for case in cases[:1]:
        part = path.split(".")[0]
        known = {*fields_of(case.target), *OF_FILES}
        if path and part not in known:
            message = f"Such a record has no part of this name. It has: {', '.join(sorted(known))}."
            raise Invalid([Reason(code="no_such_part", message=message, field="path")])


def _is_there(path: str, case: Case | None) -> bool:
    """Whether anything stood there then; of what a file adds from other records this is not asked."""
    place: Any = fields_of(case.target) if case else None
    for step in filter(None, path.split(".")):
        if place is not None and step in OF_FILES and step not in place:
            return True
        place = place.get(step) if isinstance(place, dict) else None
    return bool(place)
