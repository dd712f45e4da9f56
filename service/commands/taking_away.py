"""What is taken away at the terminal: with the key that proves it, as at a position, on record, and written where it is wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from domain.reasons import NotFound
from history.encoding import Unreadable
from history.ledger.handing_out import NotSealed
from history.ledger.notes import Signer
from projections.bundles.packing import write
from service.desk import OpenDesk, open_desk
from service.ledger_key import read_signer
from service.looking_back import moment
from service.noting import note_at_terminal
from service.plain_error import PlainError


@contextmanager
def desk_that_signs(dsn: str | None, data: Path | None) -> Iterator[tuple[OpenDesk, Signer]]:
    """The desk, and who signs. What can be expected to go wrong is said in a sentence."""
    with open_desk(dsn, data) as desk:
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


def position_meant(desk: OpenDesk, as_at: str | None) -> int | None:
    """The position that is meant; none for the newest that is sealed. Raises PlainError."""
    if as_at is None:
        return None
    back = moment(desk.history, as_at, None)
    if back is not None and back.position == 0:
        raise PlainError("Nothing at all had been written down then.")
    return back.position if back else None


def note_taken(desk: OpenDesk, command: str, of: UUID, is_child: bool) -> None:
    """It is on record before it is given."""
    note_at_terminal(desk, command, how="exported", record_id=of, children=[of] if is_child else ())


def write_files(files: Mapping[str, bytes], to: Path) -> None:
    """Write an archive or a folder, and say so. Raises PlainError."""
    try:
        write(files, to)
    except OSError as problem:
        raise PlainError(f"{to} cannot be written: {problem.strerror}.") from None
    print(
        f"Written: {to}, {sum(map(len, files.values())):,} bytes in {len(files)} files. README.txt in it says how to check it."
    )
