"""The ledger: whether the history is as it was written, and the proof of one event."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.options import AsJson, Data, Dsn

if TYPE_CHECKING:
    from history.ledger.verifying import Verdict

app = typer.Typer(
    help="Verify that no event was altered, or prove one.",
    invoke_without_command=True,
    rich_markup_mode="rich",
)

NOTE = re.compile("(?:.+\\n)+\\n(?:\u2014 .+\\n)+")
"""A signed text and its signatures, without what may follow."""
Trusted = Annotated[
    list[str] | None,
    typer.Option("--key", help="Trust this public key, as `name+id+key`, and not the one of the settings."),
]
Kept = Annotated[
    list[Path] | None,
    typer.Option(help="A checkpoint that was kept outside the database: the history must agree with it."),
]


@app.callback()
def ledger(
    context: typer.Context,
    dsn: Dsn = None,
    data: Data = None,
    keys: Trusted = None,
    kept: Kept = None,
    as_json: AsJson = False,
) -> None:
    """Print the newest checkpoint, and read every event again; status 1 where one is not as it was sealed."""
    from service.plain_error import PlainError

    if context.invoked_subcommand is not None:
        # They would be lost, and the answer be about another database.
        if dsn or data or keys or kept or as_json:
            raise PlainError(f"Write the options after `{context.invoked_subcommand}`.")
        return
    from history.ledger.verifying import verify
    from service.desk import open_desk
    from service.ledger_key import trusted_keys

    notes = [read_note(path) for path in kept or ()]
    with open_desk(dsn, data) as desk:
        trusted = trusted_keys(desk.settings, keys or ())
        head = desk.history.head()
        with typer.progressbar(length=head, label="Events read", file=sys.stderr, hidden=as_json) as bar:

            def progress(done: int, of: int) -> None:
                bar.update(min(done, head) - bar.pos)

            verdict = verify(desk.history, trusted, kept=notes, progress=progress)
    print(as_facts(verdict) if as_json else as_words(verdict))
    if not verdict.intact:
        raise typer.Exit(1)


@app.command()
def proof(position: int, dsn: Dsn = None, data: Data = None) -> None:
    """Print the proof that the event at a position is in the newest checkpoint. It holds the event, words sealed."""
    from history.ledger.handing_out import NotSealed, proof_of
    from service.desk import open_desk
    from service.plain_error import PlainError

    with open_desk(dsn, data) as desk:
        try:
            print(proof_of(desk.history, position), end="")
        except NotSealed as problem:
            raise PlainError(f"No proof can be given: {problem}.") from None


@app.command()
def key(data: Data = None) -> None:
    """Print the public key that checkpoints are checked with, as `name+id+key`."""
    from service.ledger_key import trusted_keys
    from service.settings import read_settings

    settings = read_settings(data=data)
    # Without an address of another, the database is the private one.
    private = settings.changed(private_database=True) if settings.database_url is None else settings
    print(*trusted_keys(private, ()), sep="\n")


def read_note(path: Path) -> str:
    """A checkpoint in a file, or at the beginning of what `ledger` printed into it."""
    from service.plain_error import PlainError

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise PlainError(f"The checkpoint {path} cannot be read.") from None
    note = NOTE.match(text)
    return note[0] if note else text


def as_words(verdict: Verdict) -> str:
    """What was found, for a person."""
    lines = []
    if verdict.newest:
        lines += [verdict.newest.note, f"Sealed {verdict.newest.sealed_at:%d %B %Y at %H:%M:%S %Z}."]
    waiting = max(verdict.head - verdict.sealed, 0)
    lines.append(
        f"{verdict.head:,} events, {verdict.checkpoints:,} checkpoints; {waiting:,} events are not sealed yet."
    )
    lines += [f"WRONG: {fault.words}." for fault in verdict.faults]
    if verdict.intact:
        lines.append("Intact: every sealed event is as it was.")
    elif verdict.first_wrong is not None:
        lines.append(f"NOT INTACT: the first wrong event is at position {verdict.first_wrong}.")
    else:
        lines.append("NOT INTACT.")
    return "\n".join(lines)


def as_facts(verdict: Verdict) -> str:
    """What was found, for a program."""
    newest = verdict.newest
    return json.dumps(
        {
            "intact": verdict.intact,
            "first_wrong": verdict.first_wrong,
            "events": verdict.head,
            "sealed": verdict.sealed,
            "checkpoints": verdict.checkpoints,
            "newest": newest and {"note": newest.note, "sealed_at": newest.sealed_at.isoformat()},
            "faults": [fault._asdict() for fault in verdict.faults],
        },
        indent=2,
    )
