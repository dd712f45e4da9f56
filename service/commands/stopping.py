"""A provider that fails, at the terminal: stop its placements in one operation, and see how far it has come."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID

import typer

from service.commands.options import AsJson, Data, Dsn
from service.plain_error import PlainError


def stop_placements(
    provider: Annotated[UUID, typer.Argument(help="The provider that fails.")],
    person: Annotated[str, typer.Option("--as", help="Who does it; `placements people` lists them.")],
    kind: Annotated[str, typer.Option(help="What happened, such as suspended, closed or check_lapsed.")] = "",
    fact: Annotated[str, typer.Option(help="What no longer holds: the check, the site, the register.")] = "provider",
    since: Annotated[str, typer.Option(help="Since when, such as 2026-11-23; today, if left out.")] = "",
    why: Annotated[str, typer.Option(help="What is known, without naming a child.")] = "",
    stop: Annotated[str, typer.Option(help="Which stop: those_that_must, all or none.")] = "those_that_must",
    organisation: Annotated[UUID | None, typer.Option(help="For which organisation, where they act for several.")] = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:  # fmt: skip
    """Mark all your placements at a failing provider at risk, and stop those that must stop; without --kind, go on with what was begun.

    Broken off, it goes on when it is called again, or by the worker: each placement is seen to once.
    """
    from domain.school_days import london_day
    from domain.stoppage import Stoppage
    from projections.stoppages import rounds_of
    from service.acting import Said, perform
    from service.desk import open_desk
    from service.opening import now
    from service.people import person_called
    from workflows.carrying_through import carry_through
    from workflows.casework import Casework
    from workflows.lasting import Lasting

    with open_desk(dsn, data) as desk:
        today = london_day(now())
        asker = person_called(desk.history, person, organisation, today).as_asker()
        id = Stoppage.id_for(provider, asker.organisation_id)
        if kind:
            failure = {"kind": kind, "fact": fact, "since_on": since or str(today), "why": why or kind}
            try:
                perform(desk, asker, "stop_placements", provider, {"failure": failure, "stop": stop})
            except Said as said:
                raise PlainError(" ".join(reason.message for reason in said.reasons)) from None
        found = carry_through(
            Casework(desk.history, desk.casework.clock, Lasting(desk.history)),
            desk.history,
            id,
            _say if not as_json else lambda round: None,
        )
        if found is None:
            raise PlainError("Nothing was begun here. Say what happened, with --kind and --why.")
        newest = rounds_of(found)[0]
    if as_json:
        print(json.dumps({"stoppage_id": str(id), **newest}))
        return
    print(
        f"{newest['seen_to']} of {newest['placements']} placements seen to: {len(newest['stopped'])} stopped, "
        f"{len(newest['marked'])} marked and going on, {len(newest['refused'])} refused."
    )
    for turned in newest["refused"]:
        print(f"  Refused: {turned['placement_id']}: {', '.join(turned['codes'])}")


def _say(round: Any) -> None:
    print(f"{len(round.placements) - len(round.waiting)} of {len(round.placements)} placements seen to")
