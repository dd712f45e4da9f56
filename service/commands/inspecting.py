"""Inspection packs, and what was corrected since one was made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from service.commands.options import AsAt, Data, Dsn, To


def inspection_pack(
    organisation: Annotated[UUID, typer.Argument(help="The id of the commissioning organisation.")],
    to: To,
    as_at: AsAt = None,
    sample: Annotated[int, typer.Option(min=0, help="How many children's stories to draw.")] = 3,
    seed: Annotated[
        str, typer.Option(help="What the draw depends on; the same seed draws the same children.")
    ] = "",
    child: Annotated[
        list[UUID] | None, typer.Option(help="A child whose story is wanted, drawn or not.")
    ] = None,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Freeze the list that inspectors ask for at the call, and full stories of a sample. Made again, it has the same bytes."""
    from projections.bundles.inspection import make_pack
    from service.commands.taking_away import desk_that_signs, note_taken, position_meant, write_files

    with desk_that_signs(dsn, data) as (desk, signer):
        position = position_meant(desk, as_at)
        note_taken(desk, "inspection-pack", organisation, False)
        pack = make_pack(
            desk.history, signer, organisation, as_at=position, sample=sample, seed=seed, chosen=child or ()
        )
        write_files(pack, to)


def corrected_since(
    pack: Annotated[Path, typer.Argument(help="A bundle or an inspection pack.")],
    to: Annotated[Path, typer.Option("--to", help="The page to write.")],
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Write a page, beside a bundle or pack that was made once, of what was corrected since in the records that it is about."""
    from projections.bundles.inspection import corrected_since as page_of
    from projections.bundles.reading import read_bundle
    from service.commands.taking_away import note_taken
    from service.desk import open_desk
    from service.plain_error import PlainError

    try:
        read = read_bundle(pack)
    except ValueError as problem:
        raise PlainError(f"{pack} is no bundle: {problem}.") from None
    with open_desk(dsn, data) as desk:
        note_taken(desk, "corrected-since", read.of, False)
        _write_page(page_of(desk.history, read.records, read.as_at), to)


def _write_page(page: bytes, to: Path) -> None:
    from service.plain_error import PlainError

    try:
        with to.open("xb") as file:
            file.write(page)
    except OSError as problem:
        raise PlainError(f"{to} cannot be written: {problem.strerror}.") from None
    print(f"Written: {to}.")
