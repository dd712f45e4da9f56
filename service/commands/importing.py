"""Taking in what other systems export: the register of schools or a list of providers, and the files of a school census."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.options import AsJson, Data, Dsn

if TYPE_CHECKING:
    from service.imports.importing import Wanted

app = typer.Typer(
    help="Take in files of other systems: every row is taken, mended, refused or already there, and the answer says which. "
    "A file can be taken in again: nothing is doubled, and rows that changed bring their records up to date. "
    "The exit status is 3 when rows were refused.",
    no_args_is_help=True,
)

File = Annotated[Path, typer.Argument(help="The CSV file, as it was exported.")]
Authority = Annotated[
    str | None,
    typer.Option(
        help="The local authority: its id here, or its DfE number.", show_default="the only one there is"
    ),
]
Source = Annotated[
    str, typer.Option(help="The system that numbered the pupils; the same for all files of a return.")
]
Report = Annotated[Path | None, typer.Option(help="Write what became of each row into this CSV file.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Write nothing; say what would happen.")]
CENSUS = "school census"


@app.command()
def providers(
    file: File,
    looked_up_on: Annotated[
        str | None,
        typer.Option(help="The day of the extract, as 2026-11-20.", show_default="from the file's name"),
    ] = None,
    report: Report = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Providers: an extract of the national register of schools (GIAS), or a council's list of approved providers."""
    from service.imports.importing import Wanted

    _run(Wanted("providers", file, day=looked_up_on, report=report, dry_run=dry_run), as_json, dsn, data)


@app.command()
def pupils(
    file: File,
    authority: Authority = None,
    source: Source = CENSUS,
    report: Report = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Pupils on roll of a school census; schools that are not there yet are founded."""
    from service.imports.importing import Wanted

    wanted = Wanted("pupils", file, authority=authority, source=source, report=report, dry_run=dry_run)
    _run(wanted, as_json, dsn, data)


@app.command()
def exclusions(
    file: File,
    source: Source = CENSUS,
    report: Report = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Suspensions and exclusions of pupils who are here already; each starts its sixth-day clock."""
    from service.imports.importing import Wanted

    _run(Wanted("exclusions", file, source=source, report=report, dry_run=dry_run), as_json, dsn, data)


@app.command()
def sessions(
    file: File,
    term: Annotated[
        str | None,
        typer.Option(
            help="The term, such as 'autumn 2024'.", show_default="from the file's or folder's name"
        ),
    ] = None,
    source: Source = CENSUS,
    report: Report = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Counts of a term's sessions by attendance code, for pupils who are here already."""
    from service.imports.importing import Wanted

    _run(
        Wanted("sessions", file, term=term, source=source, report=report, dry_run=dry_run), as_json, dsn, data
    )


def _run(wanted: Wanted, as_json: bool, dsn: str | None, data: Path | None) -> None:
    import json
    import time

    from service.commands.waiting import waiting
    from service.desk import open_desk
    from service.imports.importing import bring_in, look_at_file
    from service.imports.reporting import facts, in_words

    source = look_at_file(wanted)
    began = time.monotonic()
    with open_desk(dsn, data) as desk, waiting(source.path.name, not as_json) as progress:
        taken, said = bring_in(wanted, source, desk.history, lambda: progress(source.position, source.size))
    seconds = time.monotonic() - began
    if as_json:
        print(json.dumps(facts(source, taken, said, seconds, wanted.dry_run), indent=2, ensure_ascii=False))
    else:
        print(in_words(source, taken, said, seconds, wanted.dry_run))
        if wanted.report is not None:
            print(f"What became of each row: {wanted.report}.")
    if taken.tally.refusals:
        raise typer.Exit(3)
