"""Backups, and back from one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.commands.options import Data, Dsn


def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for the two files.")],
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Write the history and, in a file apart, the keys that open its words. Safe while the service runs."""
    from service.backups import HISTORY, KEYS, back_up
    from service.opening import dsn_of
    from service.running_database import running_database
    from service.settings import read_settings

    with running_database(read_settings(database_url=dsn, data=data)) as settings:
        head = back_up(settings.owner_url or dsn_of(settings), folder, settings.pg_bin)
    print(
        f"Backed up to position {head:,}: {HISTORY}, and apart from it {KEYS}, which is to be kept for days, not years."
    )


def restore(
    history: Annotated[Path, typer.Argument(help="The file with the history.", exists=True, dir_okay=False)],
    keys: Annotated[
        Path | None,
        typer.Option(help="The file with the keys; without it, no words can be read.", exists=True),
    ] = None,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Bring a history back into an empty database, and make its read models. Then run `placements check`."""
    from history.keys import WrongMasterKey
    from projections.rebuilding import rebuild
    from service.backups import restore as bring_back
    from service.opening import dsn_of, open_casework
    from service.plain_error import PlainError
    from service.running_database import running_database
    from service.settings import read_settings
    from service.wiring import prepare_database

    with running_database(read_settings(database_url=dsn, data=data), may_be_new=True) as settings:
        left_away = bring_back(settings.owner_url or dsn_of(settings), history, keys, settings.pg_bin)
        prepare_database(settings)
        try:
            with open_casework(settings) as desk:
                built = rebuild(desk.history, dsn_of(settings))
        except WrongMasterKey:
            raise PlainError(
                "The history is back, but its keys were wrapped by another master key than the one in the settings: "
                "put that one in place, and run `placements rebuild`."
            ) from None
    print(f"Restored up to position {built.position:,}.")
    if left_away:
        print(f"{left_away} keys in that file had been erased since, and were left away.")
    print("Now run `placements check`: with a witness, it says whether something newer was lost.")
