"""Who looked, at the terminal: for whoever runs the service. To ask is itself noted."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from service.commands.options import AsJson, Data, Dsn

if TYPE_CHECKING:
    from projections.look_rows import LookRow


def looks(
    child: Annotated[UUID | None, typer.Option(help="At any record about this child.")] = None,
    record: Annotated[UUID | None, typer.Option(help="At this record.")] = None,
    person: Annotated[str | None, typer.Option(help="By this person.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only those who were shown nothing.")] = False,
    since: Annotated[datetime | None, typer.Option("--from", help="From this moment on, in UTC.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", help="Before this moment, in UTC.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="So many at most, the newest first.")] = 50,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table for a spreadsheet.")] = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Tell who looked at a child, a record or everything that a person looked at. For whoever runs the service: no role limits it."""
    from datetime import UTC
    from itertools import islice

    from projections.looks import Looks, MayBeTold
    from projections.reading import ReadModels
    from projections.sought_looks import Sought
    from service.desk import open_desk
    from service.noting import note_at_terminal
    from service.opening import dsn_of

    with open_desk(dsn, data) as desk:
        about = {record} if record else set()
        if child:
            read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
            try:
                about |= read_models.knowing.records_of(child)
            finally:
                read_models.close()
        sought = Sought(
            person_id=person,
            about=frozenset(about),
            since=since and since.replace(tzinfo=UTC),
            until=until and until.replace(tzinfo=UTC),
            failed=failed,
        )
        note_at_terminal(
            desk,
            "looks",
            how="exported" if csv else "listed",
            record_id=record,
            children=[child] if child else (),
        )
        teller = MayBeTold(None, lambda ids: frozenset(ids), everything=True)
        found = list(islice(Looks(desk.history).every(teller, sought), limit))
    _print(found, csv, as_json)


def _print(found: list[LookRow], csv: bool, as_json: bool) -> None:
    if csv:
        from api.sheets.oversight import AT_THE_TERMINAL, without_names
        from api.sheets.sheet import headings, lines_of

        file = headings(AT_THE_TERMINAL) + lines_of(AT_THE_TERMINAL, map(without_names, found))
        sys.stdout.buffer.write(file)
        return
    if as_json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(found)).decode())
        return
    for row in found:
        of = row.record_id or f"{len(row.records) or len(row.children)} records"
        how = f"{row.how}, {row.outcome.replace('_', ' ')}" if row.outcome != "shown" else row.how
        right = ", ".join((*row.roles, *row.relations)) or row.row
        when = f"{row.at:%Y-%m-%d %H:%M:%S}" if row.at else "at a time that cannot be read"
        print(f"{when} {row.person_id or 'someone'} ({right}) {how}: {row.route} {of}")
