"""The command line, `placements`: every command there is, in the order a newcomer needs them."""

import sys

import typer

from service.commands import (
    backing_up,
    changes,
    checking,
    deciding,
    documenting,
    due,
    exporting,
    failing,
    guiding,
    importing,
    inspecting,
    keeping,
    keys,
    ledger,
    looks,
    messages,
    moving,
    overseeing,
    parked,
    picturing,
    reading,
    rebuilding,
    running,
    stopping,
    supposing,
    tokens,
    without_education,
    witnessing,
)
from service.plain_error import PlainError

app = typer.Typer(
    name="placements",
    help="Runs alternative provision placements, and remembers every decision.",
    epilog="In a checkout, put python3 manage.py in front: it installs what is missing. "
    "There, test (with --long for the long ones) checks everything, and bench measures.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

for command in (
    running.serve,
    running.setup,
    running.api,
    running.work,
    tokens.people,
    tokens.token,
    reading.show,
    reading.timeline,
    changes.changes,
    looks.looks,
    deciding.decision,
    due.due,
    due.findings,
    messages.messages,
    supposing.what_if,
    without_education.without_education,
    moving.do,
    moving.moves,
    picturing.screenshots,
    stopping.stop_placements,
    failing.blast_radius,
    failing.candidates,
    exporting.export,
    exporting.receipt,
    inspecting.inspection_pack,
    inspecting.corrected_since,
    checking.check,
    guiding.guidance,
    guiding.reweigh,
    keeping.subject_access,
    keeping.erasures_due,
    rebuilding.rebuild,
    parked.parked,
    backing_up.backup,
    backing_up.restore,
    documenting.docs,
):
    app.command()(command)
app.add_typer(importing.app, name="import")
app.add_typer(ledger.app, name="ledger")
app.add_typer(witnessing.app, name="witness")
app.add_typer(keys.app, name="keys")
app.add_typer(overseeing.app, name="report")


def main() -> None:
    """Run one command; an error that can be expected is one plain sentence, and status 1."""
    try:
        app(prog_name="placements")
    except PlainError as error:
        if str(error):  # empty when a process of ours has said it already
            print(error, file=sys.stderr)  # noqa: T201 - said to the person at the terminal
        sys.exit(1)
