"""What is given away: bundles and receipts, each with all that proves it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from service.commands.options import AsAt, Data, Dsn, To

if TYPE_CHECKING:
    from domain.personal import Category


class What(StrEnum):
    """What a bundle can be about."""

    PLACEMENT = "placement"
    CHILD = "child"
    CASELOAD = "caseload"


def export(
    what: Annotated[What, typer.Argument(help="What to give away.")],
    of: Annotated[
        UUID, typer.Argument(help="The id of the placement, the child, or the commissioning organisation.")
    ],
    to: To,
    as_at: AsAt = None,
    extends: Annotated[
        Path | None,
        typer.Option(help="An earlier bundle or a kept checkpoint: prove that the ledger only grew since."),
    ] = None,
    without: Annotated[
        str,
        typer.Option(metavar="KINDS", help="Leave out words of these kinds, such as health,safeguarding."),
    ] = "",
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Write a bundle: every event, the proof that none was altered or left out, pages to read, and a program that checks it."""
    from projections.bundles.making import make_bundle
    from service.commands.taking_away import desk_that_signs, note_taken, position_meant, write_files

    with desk_that_signs(dsn, data) as (desk, signer):
        older = None if extends is None else _size_of(extends)
        position, left_out = position_meant(desk, as_at), _kinds(without)
        note_taken(desk, "export", of, what is What.CHILD)
        files = make_bundle(
            desk.history, signer, what.value, of, as_at=position, extends=older, without=left_out
        )
        write_files(files, to)


def receipt(
    position: Annotated[int, typer.Argument(min=1, help="The position of the decision in the history.")],
    to: To,
    named: Annotated[
        bool, typer.Option("--named", help="Say who decided by name, and not only by role and organisation.")
    ] = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Write a receipt for one decision, for a parent, a school or a provider: small, signed, and checked without an account."""
    from history.ledger.stored import Stored
    from projections.bundles.receipt import make_receipt
    from service.commands.taking_away import desk_that_signs, note_taken, write_files

    with desk_that_signs(dsn, data) as (desk, signer):
        files = make_receipt(desk.history, signer, position, named=named)
        [event] = Stored(desk.history).events(position - 1, 1)
        note_taken(desk, "receipt", event.record_id, False)
        write_files(files, to)


def _kinds(without: str) -> list[Category]:
    """The kinds of words that are meant. Raises PlainError."""
    from domain.retention import EVERY
    from service.plain_error import PlainError

    named = [word.strip() for word in without.split(",") if word.strip()]
    unknown = [word for word in named if word not in EVERY]
    if unknown:
        raise PlainError(f"There are no words of the kind {unknown[0]!r}: name some of {', '.join(EVERY)}.")
    return [category for category in EVERY if category in named]


def _size_of(path: Path) -> int:
    from projections.bundles.reading import size_of
    from service.plain_error import PlainError

    try:
        return size_of(path)
    except ValueError as problem:
        raise PlainError(f"{path} is neither a bundle nor a checkpoint: {problem}.") from None
