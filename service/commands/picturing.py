"""Pictures of the main pages, for documents and for looking at what a change did."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Address = Annotated[
    str, typer.Argument(help="Where a demonstration is running, such as http://localhost:8000.")
]
Folder = Annotated[
    Path, typer.Option("--to", help="The folder for the pictures; it is made where it is missing.")
]


def screenshots(address: Address = "http://localhost:8000", to: Folder = Path("pictures")) -> None:
    """Write pictures of the main pages of a running demonstration. Needs a checkout with its test packages, and Chromium."""
    from service.picturing import CannotPicture, take_pictures
    from service.plain_error import PlainError

    try:
        taken = take_pictures(address, to)
    except CannotPicture as problem:
        raise PlainError(str(problem)) from None
    for picture in taken:
        print(picture)
