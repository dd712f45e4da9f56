"""Who looked, what was written down late, and what lay in one person's hands, as spreadsheets with names for ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from api.called_in_looks import called_in, children_called, places_called
from api.desk import Desk
from api.looked_at import by_which_right, in_which_way, looked_at, opening_looked_at, standing_in_words
from api.sheets.sheet import Sheet, column, label, reference
from domain.people import Asker
from projections.late_recording.report import Entry, Incident
from projections.late_recording.separation import Act, Together
from projections.look_rows import LookRow
from projections.openings import A_MOMENT, told_once

AT_A_TIME = 200
"""Rows for which names are looked up together."""
NAMED = 50
"""Children who are told by name in one cell: as many as stand on one page of a list."""
Names = Mapping[str, Mapping[str, Any]]


class Looked(NamedTuple):
    """A look with names; the parts of one opening of a page are one."""

    look: LookRow
    opened_at: datetime | None
    until: datetime | None
    """When a page that stayed open last brought itself up to date."""
    what: str
    who: str
    record: str
    children: Sequence[str] | str
    """Their names; or how many there were, where these are too many to be told in one cell."""
    reference: UUID | None


class Late(NamedTuple):
    """An entry with whom it is about."""

    entry: Entry
    about: str
    reference: UUID


class Held(NamedTuple):
    """One of the decisions that lay in one person's hands."""

    together: Together
    act: Act
    about: str
    reference: UUID


def without_names(row: LookRow) -> Looked:
    """A look as the terminal tells it, where records have no names."""
    what = looked_at(row.route)
    return Looked(row, row.at, None, what, row.person_id or _nobody(row), "", "", row.record_id)


def _nobody(row: LookRow) -> str:
    return "These looks cannot be read" if row.outcome == "unreadable" else "Nobody signed in"


def _looked(rows: Sequence[LookRow], desk: Desk, asker: Asker) -> Iterator[Looked]:
    for some in _parts(told_once(rows)):
        looks = [told.look for told in some]
        together = {id for look in looks if 1 < len(look.children) <= NAMED for id in look.children}
        names = {**called_in(desk, asker, looks), **children_called(desk, asker, together)}
        for look, routes, opened_at, last in some:
            until = last if last and opened_at and last - opened_at > A_MOMENT else None
            who = _name(names, look.person_id) or look.person_id or _nobody(look)
            record, about = _name(names, look.record_id), _children(names, look.children)
            yield Looked(
                look, opened_at, until, opening_looked_at(routes), who, record, about, look.record_id
            )


def _children(names: Names, ids: Sequence[UUID]) -> Sequence[str] | str:
    if len(ids) > NAMED:
        return f"{len(ids)} children: see the JSON, which has them all"
    return sorted(filter(None, (_name(names, id) for id in ids)))


def _late(rows: Sequence[Entry], desk: Desk, asker: Asker) -> Iterator[Late]:
    for some in _parts(rows):
        names = {
            **places_called(desk, asker, {one.record_id for one in some}),
            **children_called(desk, asker, (one.child_id for one in some)),
        }
        for one in some:
            about = (_name(names, id) for id in (one.placement_id, one.child_id, one.record_id))
            yield Late(one, next(filter(None, about), label(one.kind)), one.record_id)


def _held(rows: Sequence[Together], desk: Desk, asker: Asker) -> Iterator[Held]:
    for some in _parts(rows):
        names = children_called(desk, asker, (one.child_id for one in some))
        for one in some:
            about = _name(names, one.placement_id) or "The placement"
            yield from (Held(one, act, about, one.placement_id) for act in one.acts)


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[at : at + AT_A_TIME] for at in range(0, len(rows), AT_A_TIME))


def _name(names: Names, id: Any) -> str:
    known = names.get(str(id)) if id else None
    return str(known["name"]) if known else ""


def _event(name: str) -> Any:
    return label(name.rpartition(".")[2])


def _incident(after: Incident | None) -> Any:
    return label(after.what) if after else ""


LOOKS = Sheet(
    LookRow,
    (
        column("When (UK time)", "opened_at"),
        column("Stayed open until (UK time)", "until"),
        column("Who", "who"),
        column("Sign-in name", "look", say=lambda look: look.person_id),
        column("Roles", "look", say=lambda look: label(look.roles)),
        column("How", "look", say=lambda look: in_which_way(look.how)),
        column("What came of it", "look", say=lambda look: label(look.outcome)),
        column("How often", "look", say=lambda look: look.times),
        column("What was looked at", "what"),
        column("Record", "record"),
        column("About the children", "children"),
        column("Children of whom you may know", "look", say=lambda look: len(look.children)),
        column("As it stood at entry", "look", say=lambda look: look.as_of),
        column("By which right", "look", say=lambda look: by_which_right(look.row)),
        column("As whom", "look", say=lambda look: standing_in_words(look.relations)),
        reference("reference"),
    ),
    _looked,
)
AT_THE_TERMINAL = LOOKS.seen({"record", "children"})
LATE_RECORDING = Sheet(
    Entry,
    (
        column("What", "entry", say=lambda entry: _event(entry.event)),
        column("About", "about"),
        column("By", "entry", say=lambda entry: entry.person),
        column("Sign-in name", "entry", say=lambda entry: entry.person_id),
        column("Roles", "entry", say=lambda entry: label(entry.roles)),
        column("True on", "entry", say=lambda entry: entry.true_on),
        column("Written down (UK time)", "entry", say=lambda entry: entry.recorded_at),
        column("Days late", "entry", say=lambda entry: entry.days_late),
        column("After", "entry", say=lambda entry: _incident(entry.after)),
        column("Which was on", "entry", say=lambda entry: entry.after and entry.after.on),
        column("Entry of the history", "entry", say=lambda entry: entry.position),
        reference("reference"),
    ),
    _late,
)
SEPARATION = Sheet(
    Together,
    (
        column("Person", "together", say=lambda one: one.person),
        column("Sign-in name", "together", say=lambda one: one.person_id),
        column("About", "about"),
        column("Duties in their hands", "together", say=lambda one: label(one.duties)),
        column("Duty", "act", say=lambda act: label(act.duty)),
        column("Decision", "act", say=lambda act: _event(act.event)),
        column("On", "act", say=lambda act: act.on),
        column("Roles then", "act", say=lambda act: label(act.roles)),
        column("Roles not held any more", "together", say=lambda one: label(one.roles_lost_since)),
        column("Entry of the history", "act", say=lambda act: act.position),
        reference("reference"),
    ),
    _held,
)
