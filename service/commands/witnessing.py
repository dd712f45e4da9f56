"""Witnesses: give them a checkpoint now, and be one for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.commands.options import Data, Dsn, Host, Port

app = typer.Typer(help="Give checkpoints to witnesses, or be one for others.", rich_markup_mode="rich")
State = Annotated[Path, typer.Option(help="The folder in which the witness remembers what it has seen.")]


@app.command()
def send(dsn: Dsn = None, data: Data = None) -> None:
    """Give the newest checkpoint to every witness of the settings that has not had it."""
    from service.desk import open_desk
    from service.opening import dsn_of
    from service.plain_error import PlainError
    from service.witnesses.chosen import witnesses_of
    from service.witnesses.witnessing import Witnessing

    with open_desk(dsn, data) as desk:
        witnesses = witnesses_of(desk.settings, desk.history)
        if not witnesses:
            raise PlainError("No witness is named: set PLACEMENTS_WITNESS_FOLDER, or another of them.")
        taken = Witnessing(dsn_of(desk.settings), desk.history, witnesses, 0).step()
    print(f"{taken} of {len(witnesses)} witnesses took a checkpoint that they did not have.")


@app.command()
def key(state: State, name: Annotated[str, typer.Option(help="The name of the witness.")]) -> None:
    """Print the public key of this witness, which is made the first time, as `name+id+key`."""
    from service.witnesses.own_key import cosigner_in

    print(cosigner_in(state, name).public)


@app.command()
def serve(
    state: State,
    name: Annotated[str, typer.Option(help="The name of the witness.")],
    ledgers: Annotated[
        list[str], typer.Option("--ledger", help="The key of a ledger to watch, as name+id+key.")
    ],
    host: Host = None,
    port: Port = None,
) -> None:
    """Watch ledgers of others: sign each checkpoint that extends the one before it, and refuse every other. Needs no database."""
    import uvicorn

    from service.ledger_key import public_keys
    from service.witnesses.own_key import cosigner_in
    from service.witnesses.serving import Watching, witness_app

    watching = Watching(state, public_keys(ledgers), cosigner_in(state, name))
    uvicorn.run(witness_app(watching), host=host or "127.0.0.1", port=8001 if port is None else port)
