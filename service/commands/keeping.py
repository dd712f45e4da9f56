"""The copy of a record for someone who asked for it, and what may or must be erased."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from service.commands.options import AsJson, Data, Dsn

Child = Annotated[UUID, typer.Argument(help="The id of the child.")]


def subject_access(
    child: Child,
    person: Annotated[str, typer.Option("--as", help="Who prepares it; `placements people` lists them.")],
    asked_by: Annotated[
        str, typer.Option(help="the_child, parent, representative, controller or court_or_regulator.")
    ],
    asked_on: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The day on which it was asked.")],
    out: Annotated[Path, typer.Option(help="The folder for the files; only you can read them.")],
    identity_checked: Annotated[bool, typer.Option(help="It was checked that they may ask.")] = False,
    organisation: Annotated[
        UUID | None, typer.Option(help="For which organisation, where they act for several.")
    ] = None,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Write a copy of everything that is kept about a child, with marks for whoever decides what is given out. It is put on record."""
    import msgspec

    from domain.school_days import london_day
    from projections.subject_access.copying import copy_of, draft_of, names_for
    from projections.subject_access.page import page_of
    from service.acting import Said, perform
    from service.desk import open_desk
    from service.opening import now
    from service.people import person_called
    from service.plain_error import PlainError

    body = {
        "asked_by": asked_by,
        "asked_on": asked_on.date().isoformat(),
        "identity_checked": identity_checked,
    }
    with open_desk(dsn, data) as desk:
        who = person_called(desk.history, person, organisation, london_day(now()))
        try:
            done = perform(desk, who.as_asker(), "prepare_subject_access", child, body)
        except Said as no:
            raise PlainError(" ".join(reason.message for reason in no.reasons)) from None
        copy = copy_of(desk.history, child, done.position)
        names = names_for(desk.history, copy)
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(out / "record.json", msgspec.json.format(msgspec.json.encode(copy), indent=2))
    _write(out / "record.html", page_of(copy, names).encode())
    _write(out / "draft.html", page_of(draft_of(copy), names, draft=True).encode())
    print(
        f"{len(copy.told)} events. {copy.others} facts are about somebody else and {copy.to_weigh} are to be weighed: "
        f"read {out / 'record.html'} before anything is given out."
    )


def erasures_due(
    authority: Annotated[UUID, typer.Argument(help="The local authority's record.")],
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """List what may or must be erased because its time is over, and what stands against it. It erases nothing."""
    import msgspec

    from domain.school_days import london_day
    from projections.keeping_due import erasures_due as due_at
    from service.desk import open_desk
    from service.opening import now

    with open_desk(dsn, data) as desk:
        found, after = due_at(desk.history, authority, london_day(now()))
        while after is not None:
            page = due_at(desk.history, authority, london_day(now()), after=after)
            found, after = found + page.due, page.next
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    for one in found:
        stands = [f"hold {number}" for number in one.holds] + ["a placement is open"] * one.placement_open
        against = f"; not while: {', '.join(stands)}" if stands else ""
        print(
            f"{one.child_id}  {one.category:12}  {one.status.replace('_', ' ')} since {one.since}: {one.period}, {one.years} years "
            f"[{one.mark}] {one.source}{against}"
        )
    if not found:
        print("Nothing is due.")


def _write(path: Path, content: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
