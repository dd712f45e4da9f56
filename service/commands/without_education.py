"""Children who are taught nowhere, at the terminal: for whoever runs the service, or as one of its people sees it."""

from __future__ import annotations

from typing import Annotated

import typer

from service.commands.due import On, Person
from service.commands.options import AsJson, Data, Dsn


def without_education(
    person: Person = None,
    on: On = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many lines.")] = 200,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """List the children who are taught nowhere since a breakdown, the longest first, and who answers for today."""
    from domain.people import Scope
    from domain.school_days import london_day
    from projections.reading import ReadModels
    from service.desk import open_desk
    from service.opening import dsn_of, now
    from service.people import person_called
    from workflows.who_reads import scope_of

    today = on.date() if on else london_day(now())
    with open_desk(dsn, data) as desk:
        scope = Scope(everything=True)
        if person is not None:
            scope = scope_of(person_called(desk.history, person, None, london_day(now())).as_asker())
        read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
        try:
            rows = read_models.nowhere_taught.longest(scope, desk.history, on=today, limit=limit)
        finally:
            read_models.close()
    if as_json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    for row in rows:
        print(
            f"{row.days:4} school days since {row.since}: {row.given_names} {row.family_name}; {row.owner} answers for it "
            f"({row.commissioner_name}) [{row.placement_id}]"
        )
    print(f"{len(rows)} children without education on {today}.")
