"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Dsn = Annotated[
    str | None,
    typer.Option(
        "--dsn",
        help="Use this PostgreSQL database, with its TLS parameters, and start none. "
        "PLACEMENTS_DATABASE_URL says the same and keeps a password out of the list of processes.",
        show_default="a private database",
    ),
]
Data = Annotated[
    Path | None,
    typer.Option(
        help="The folder of the private database and its keys.", show_default=".placements in the checkout"
    ),
]
Host = Annotated[str | None, typer.Option(help="The address to listen on.", show_default="127.0.0.1")]
Port = Annotated[
    int | None, typer.Option(help="The port to listen on; 0 takes a free one.", show_default="8000")
]
Demo = Annotated[bool, typer.Option("--demo", help="Fill an empty service with an invented authority.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print facts for a program.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="MOMENT",
        help="As it was at a position, such as 1200, or a moment, such as 2026-10-25T01:30:00+01:00.",
        show_default="now",
    ),
]
TrueOn = Annotated[
    str | None,
    typer.Option(
        "--true-on",
        metavar="DAY",
        help="What was true on this day, such as 2026-10-25, as far as it is known.",
    ),
]
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
