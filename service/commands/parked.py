"""What is parked, at the terminal."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from service.commands.options import AsJson, Data, Dsn


def parked(
    retry: Annotated[
        bool, typer.Option("--retry", help="Try all of it again, once the fault is mended.")
    ] = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """List what could not be taken in, acted on or sent. It waits for a mend, and keeps nothing else from going on.

    The status is 1 while anything is parked.
    """
    from projections.reading import ReadModels
    from projections.rebuilding import AlreadyRebuilding
    from service.desk import open_desk
    from service.opening import dsn_of
    from service.parked import parked as find
    from service.parked import try_again
    from service.plain_error import PlainError

    with open_desk(dsn, data) as desk:
        read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
        try:
            found = find(desk.history, read_models)
            tried = []
            if retry:
                tried = list(try_again(desk.casework, desk.history, dsn_of(desk.settings), found))
                found = find(desk.history, read_models)
        except AlreadyRebuilding:
            raise PlainError("Read models are being rebuilt now: try again when that is done.") from None
        finally:
            read_models.close()
    if as_json:
        facts = {"parked": [one._asdict() for one in found], "tried": [one._asdict() for one in tried]}
        print(json.dumps(facts, indent=2, default=str))
    else:
        for outcome in tried:
            print(f"{outcome.where} {outcome.what}: {outcome.error or 'done'}")
        for one in found:
            at = f" at position {one.position}" if one.position is not None else ""
            print(
                f"{one.where:11} {one.what} {one.id}{at}: {one.error}, since {one.since:%Y-%m-%d %H:%M} UTC"
            )
        print(f"{len(found)} parked." if found else "Nothing is parked.")
    if found:
        raise typer.Exit(1)
