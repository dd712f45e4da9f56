"""Read models made anew from the history."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from service.commands.options import AsJson, Data, Dsn


def rebuild(
    names: Annotated[
        list[str] | None, typer.Argument(help="The read models; all, where none is named.")
    ] = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Make read models anew beside the old ones, which answer until they are swapped. Safe while the service runs."""
    from projections.rebuilding import AlreadyRebuilding
    from projections.rebuilding import rebuild as run
    from projections.tables import NoSuchReadModel
    from service.commands.waiting import waiting
    from service.desk import open_desk
    from service.opening import dsn_of
    from service.plain_error import PlainError

    with open_desk(dsn, data) as desk, waiting("Rebuilding", not as_json) as progress:
        try:
            built = run(desk.history, dsn_of(desk.settings), names or (), progress)
        except (NoSuchReadModel, AlreadyRebuilding) as problem:
            raise PlainError(f"{str(problem)[:1].upper()}{str(problem)[1:]}.") from None
    if as_json:
        facts = {
            "names": built.names,
            "position": built.position,
            "seconds": round(built.seconds, 2),
            "parked": built.parked,
        }
        print(json.dumps(facts))
        return
    print(f"Rebuilt up to position {built.position} in {built.seconds:.1f} s: {', '.join(built.names)}.")
    if built.parked:
        print(
            f"{built.parked} records could not be followed to their end; `placements check` names what is wrong."
        )
