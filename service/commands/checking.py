"""Proof that the history is sound and that the read models say what it says."""

from __future__ import annotations

import json
from typing import Any

import typer

from service.commands.options import AsJson, Data, Dsn


def check(as_json: AsJson = False, dsn: Dsn = None, data: Data = None) -> None:
    """Read every event, look for gaps, and compare the read models with a rebuild. The status is 1 when anything differs."""
    from projections.comparing import differences
    from projections.scratch import AlreadyRebuilding
    from service.commands.waiting import waiting
    from service.desk import open_desk
    from service.plain_error import PlainError
    from service.sound_history import faults_of
    from service.wiring import dsn_of

    with open_desk(dsn, data) as desk:
        address = dsn_of(desk.settings)
        with waiting("Reading every event", not as_json) as progress:
            read, faults = faults_of(desk.history, progress)
        try:
            with waiting("Comparing read models", not as_json) as progress:
                found = differences(desk.history, address, progress=progress)
        except AlreadyRebuilding:
            raise PlainError("Read models are being rebuilt now: check again when that is done.") from None
        behind = _behind(address, read)
    if as_json:
        print(json.dumps({
            "events": read, "sound": not faults and not found, "events_behind": behind,
            "faults": [fault._asdict() for fault in faults],
            "differences": [
                {"read_model": d.table, "row": d.key, "kind": d.kind, "columns": d.columns} for d in found
            ],
        }, indent=2))  # fmt: skip
    else:
        _tell(read, behind, faults, found)
    if faults or found:
        raise typer.Exit(1)


def _behind(address: str, head: int) -> int:
    import psycopg

    from projections.scratch import positions_in_use

    with psycopg.connect(address) as connection:
        return max(0, head - min(positions_in_use(connection).values(), default=0))


def _tell(read: int, behind: int, faults: list[Any], found: list[Any]) -> None:
    for fault in faults:
        print(f"The history: {fault.what}, {fault.where}.")
    for one in found:
        columns = f" in {', '.join(one.columns)}" if one.columns else ""
        print(
            f"The read model {one.table}: row {'/'.join(one.key)} is {one.kind.replace('_', ' ')}{columns}."
        )
    if not faults:
        print(f"{read} events can be read; positions and versions have no gap.")
    if not found:
        print("The read models say what a rebuild says.")
    if behind:
        print(f"They are {behind} events behind the history: a running worker takes those in.")
