"""What is given away: bundles, receipts and inspection packs, each with all that proves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from service.commands.options import Data, Dsn

if TYPE_CHECKING:
    from domain.personal import Category
    from history.ledger.notes import Signer
    from service.desk import OpenDesk


class What(StrEnum):
    """What a bundle can be about."""

    PLACEMENT = "placement"
    CHILD = "child"
    CASELOAD = "caseload"


To = Annotated[
    Path,
    typer.Option("--to", help="Where to write it: an archive if the name ends with .zip, else a folder."),
]
AsAt = Annotated[
    str | None,
    typer.Option(
        metavar="MOMENT",
        help="As the history was at a position, such as 1200, or a moment, such as 2026-10-25T01:30:00+01:00.",
        show_default="the newest that is sealed",
    ),
]


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

    with _desk(dsn, data) as (desk, signer):
        older = None if extends is None else _size_of(extends)
        position, left_out = _position(desk, as_at), _kinds(without)
        _noted(desk, "export", of, what is What.CHILD)
        files = make_bundle(
            desk.history, signer, what.value, of, as_at=position, extends=older, without=left_out
        )
        _write(files, to)


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

    with _desk(dsn, data) as (desk, signer):
        files = make_receipt(desk.history, signer, position, named=named)
        [event] = Stored(desk.history).events(position - 1, 1)
        _noted(desk, "receipt", event.record_id, False)
        _write(files, to)


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

    with _desk(dsn, data) as (desk, signer):
        position = _position(desk, as_at)
        _noted(desk, "inspection-pack", organisation, False)
        pack = make_pack(
            desk.history, signer, organisation, as_at=position, sample=sample, seed=seed, chosen=child or ()
        )
        _write(pack, to)


def corrected_since(
    pack: Annotated[Path, typer.Argument(help="A bundle or an inspection pack.")],
    to: Annotated[Path, typer.Option("--to", help="The page to write.")],
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Write a page, beside a bundle or pack that was made once, of what was corrected since in the records that it is about."""
    from projections.bundles.inspection import corrected_since as page_of
    from projections.bundles.reading import read_bundle
    from service.desk import open_desk
    from service.plain_error import PlainError

    try:
        read = read_bundle(pack)
    except ValueError as problem:
        raise PlainError(f"{pack} is no bundle: {problem}.") from None
    with open_desk(dsn, data) as desk:
        _noted(desk, "corrected-since", read.of, False)
        _write_page(page_of(desk.history, read.records, read.as_at), to)


@contextmanager
def _desk(dsn: Path | str | None, data: Path | None) -> Iterator[tuple[OpenDesk, Signer]]:
    """The desk, and who signs. What can be expected to go wrong is said in a sentence."""
    from domain.reasons import NotFound
    from history.encoding import Unreadable
    from history.ledger.handing_out import NotSealed
    from service.desk import open_desk
    from service.ledger_key import read_signer
    from service.plain_error import PlainError

    with open_desk(str(dsn) if dsn else None, data) as desk:
        signer = read_signer(desk.settings)
        if signer is None:
            raise PlainError("Whoever gives away signs it: set PLACEMENTS_LEDGER_KEY_FILE.")
        try:
            yield desk, signer
        except NotSealed as problem:
            raise PlainError(f"It cannot be proved: {problem}.") from None
        except NotFound as problem:
            raise PlainError(f"There is no such {problem.what} at that position.") from None
        except Unreadable as problem:
            raise PlainError(f"{problem}.") from None


def _kinds(without: str) -> list[Category]:
    """The kinds of words that are meant. Raises PlainError."""
    from domain.retention import EVERY
    from service.plain_error import PlainError

    named = [word.strip() for word in without.split(",") if word.strip()]
    unknown = [word for word in named if word not in EVERY]
    if unknown:
        raise PlainError(f"There are no words of the kind {unknown[0]!r}: name some of {', '.join(EVERY)}.")
    return [category for category in EVERY if category in named]


def _position(desk: OpenDesk, as_at: str | None) -> int | None:
    """The position that is meant; none for the newest that is sealed. Raises PlainError."""
    if as_at is None:
        return None
    from service.looking_back import moment
    from service.plain_error import PlainError

    back = moment(desk.history, as_at, None)
    if back is not None and back.position == 0:
        raise PlainError("Nothing at all had been written down then.")
    return back.position if back else None


def _noted(desk: OpenDesk, command: str, of: UUID, is_child: bool) -> None:
    from service.noting import note_at_terminal

    note_at_terminal(desk, command, how="exported", record_id=of, children=[of] if is_child else ())


def _size_of(path: Path) -> int:
    from projections.bundles.reading import size_of
    from service.plain_error import PlainError

    try:
        return size_of(path)
    except ValueError as problem:
        raise PlainError(f"{path} is neither a bundle nor a checkpoint: {problem}.") from None


def _write(files: Mapping[str, bytes], to: Path) -> None:
    from projections.bundles.packing import write
    from service.plain_error import PlainError

    try:
        write(files, to)
    except OSError as problem:
        raise PlainError(f"{to} cannot be written: {problem.strerror}.") from None
    print(
        f"Written: {to}, {sum(map(len, files.values())):,} bytes in {len(files)} files. README.txt in it says how to check it."
    )


def _write_page(page: bytes, to: Path) -> None:
    from service.plain_error import PlainError

    try:
        with to.open("xb") as file:
            file.write(page)
    except OSError as problem:
        raise PlainError(f"{to} cannot be written: {problem.strerror}.") from None
    print(f"Written: {to}.")
