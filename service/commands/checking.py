"""Proof that everything stored is as it was written, and that the read models say what the history says."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

from service.commands.options import AsJson, Data, Dsn

if TYPE_CHECKING:
    from service.soundness.checking import Found, Progress


def check(as_json: AsJson = False, dsn: Dsn = None, data: Data = None) -> None:
    """Compare all that is stored with the ledger, the register and a rebuild. The status is 1 when anything is wrong.

    It may run while the service works.
    """
    from projections.scratch import AlreadyRebuilding
    from service.desk import open_desk
    from service.ledger_key import keys_of_this_ledger
    from service.nightly import promised_by
    from service.opening import dsn_of
    from service.plain_error import PlainError
    from service.soundness.checking import check as look
    from service.witnesses.chosen import witnesses_of

    with open_desk(dsn, data) as desk:
        trusted = keys_of_this_ledger(desk.settings)
        try:
            promised = promised_by(witnesses_of(desk.settings, desk.history), desk.history)
            found = look(
                desk.history,
                dsn_of(desk.settings),
                trusted,
                promised=promised,
                progress=_progress(not as_json),
            )
        except AlreadyRebuilding:
            raise PlainError("Read models are being rebuilt now: check again when that is done.") from None
    print(_as_facts(found) if as_json else _as_words(found, bool(trusted)))
    if not found.sound:
        raise typer.Exit(1)


def _progress(shown: bool) -> Progress:
    def tell(what: str, done: int, of: int) -> None:
        if shown and sys.stderr.isatty():
            print(f"\r{what}: {done:,} of {of:,}", end="\n" if done >= of else "", file=sys.stderr)

    return tell


def _as_facts(found: Found) -> str:
    return json.dumps(
        {
            "sound": found.sound,
            "events": found.events,
            "position": found.position,
            "sealed": found.sealed,
            "root": found.root,
            "first_wrong": found.first_wrong,
            "events_behind": found.behind,
            "seconds": round(found.seconds, 2),
            "register": {one.of_table: one.rows for one in found.register},
            "faults": [fault._asdict() for fault in found.faults],
            "differences": [
                {"read_model": d.table, "row": d.key, "kind": d.kind, "columns": d.columns}
                for d in found.differences
            ],
        },
        indent=2,
    )


def _as_words(found: Found, sealed: bool) -> str:
    lines = [f"{fault.part}: {fault.what}, {fault.where}." for fault in found.faults]
    for one in found.differences:
        columns = f" in {', '.join(one.columns)}" if one.columns else ""
        what = one.kind.replace("_", " ")
        lines.append(f"The read model {one.table}: row {'/'.join(one.key)} is {what}{columns}.")
    if found.first_wrong is not None:
        lines.append(f"The first wrong event is at position {found.first_wrong}.")
    if not found.faults:
        rows = ", ".join(f"{one.rows:,} {one.of_table.replace('_', ' ')}" for one in found.register)
        lines.append(
            f"{found.events:,} events can be read and stand where they belong; {rows} are as registered."
        )
        if sealed:
            lines.append(f"{found.sealed:,} of the events are sealed, and are as they were then.")
    if not found.differences:
        lines.append("The read models say what a rebuild says.")
    if not sealed:
        lines.append("No ledger is kept: nothing was compared with one. Set PLACEMENTS_LEDGER_KEY_FILE.")
    if found.behind:
        lines.append(f"They are {found.behind} events behind the history: a running worker takes those in.")
    lines.append(f"{'Sound' if found.sound else 'NOT SOUND'}, after {found.seconds:.1f} s.")
    return "\n".join(lines)
