"""The master keys: which of them is in use, and how one takes the place of another."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from service.commands.options import Data, Dsn

app = typer.Typer(
    help="Show which master keys protect the children's keys, or put a new one in their place.",
    invoke_without_command=True,
    rich_markup_mode="rich",
)
New = Annotated[bool, typer.Option("--new", help="Make a new master key first, in the file of keys.")]


@app.callback()
def keys(context: typer.Context, dsn: Dsn = None, data: Data = None) -> None:
    """Print the name of each master key, and how many keys it has wrapped. A name tells nothing of its key."""
    from service.plain_error import PlainError

    if context.invoked_subcommand is not None:
        if dsn or data:
            raise PlainError(f"Write the options after `{context.invoked_subcommand}`.")
        return
    from history.rotating import wrapped_by
    from service.desk import open_desk
    from service.opening import dsn_of

    with open_desk(dsn, data) as desk:
        masters = desk.history.keys.masters
        counts = wrapped_by(dsn_of(desk.settings))
    for name in dict.fromkeys((*masters.names, *counts)):
        what = (
            "wraps new keys"
            if name == masters.first
            else "opens only"
            if name in masters.names
            else "NOT KNOWN"
        )
        print(f"{name}  {counts.get(name, 0):>9,} keys  {what}")


@app.command()
def rotate(new: New = False, dsn: Dsn = None, data: Data = None) -> None:
    """Wrap every key anew under the first master key, while the service runs. Broken off, it goes on where it was."""
    from history.keys import WrongMasterKey
    from history.rotating import rotate as rotate_keys
    from history.rotating import wrapped_by
    from service.desk import open_desk
    from service.master_key import add_master_key
    from service.opening import dsn_of
    from service.plain_error import PlainError

    with open_desk(dsn, data) as desk:
        if new:
            add_master_key(desk.settings)
            desk.history.keys.masters.look_again()
        address = desk.settings.owner_url or dsn_of(desk.settings)
        masters = desk.history.keys.masters
        total = sum(n for name, n in wrapped_by(address).items() if name != masters.first)
        try:
            with typer.progressbar(length=total, label="Keys", file=sys.stderr) as bar:
                done = rotate_keys(address, masters, lambda count: bar.update(min(count, total) - bar.pos))
        except WrongMasterKey as problem:
            raise PlainError(f"Nothing is lost, but not all keys can be opened: {problem}.") from None
    print(f"{done:,} keys are wrapped by {masters.first} now.")
    print(
        "Processes that run take it up within a minute. Rotate once more then, and take the old key away when `keys` counts 0 for it."
    )
