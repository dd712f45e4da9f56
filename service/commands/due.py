"""What is due, and what was missed, at the terminal: for whoever runs the service, or as one of its people sees it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import typer

from service.commands.options import AsJson, AsOf, Data, Dsn

Person = Annotated[
    str | None, typer.Option("--as", help="What this person sees; `placements people` lists them.")
]
On = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="As it stands on this day.", show_default="today"),
]
Rule = Annotated[list[str] | None, typer.Option(help="Only this time rule, such as T16; may be repeated.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="At most so many lines.")]


def due(
    person: Person = None,
    on: On = None,
    as_of: AsOf = None,
    rule: Rule = None,
    limit: Limit = 200,
    everything: Annotated[bool, typer.Option("--all", help="Also what is ahead, done or lapsed.")] = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """List what is due soon, due or overdue: what, for whom, by when, and which rule says so."""
    from projections.due_days import OPEN_STATES

    _print(person, on, as_of, rule, limit, () if everything else OPEN_STATES, False, as_json, dsn, data)


def findings(
    person: Person = None,
    on: On = None,
    as_of: AsOf = None,
    rule: Rule = None,
    limit: Limit = 200,
    made_good: Annotated[
        bool, typer.Option("--made-good", help="Also those that were made good since.")
    ] = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """List duties whose day went by and nothing happened, each from the day on which that first became true."""
    from domain.duties.duty import State

    _print(person, on, as_of, rule, limit, () if made_good else (State.OVERDUE,), True, as_json, dsn, data)


def _print(
    person: str | None, on: datetime | None, as_of: str | None, rule: list[str] | None, limit: int,
    states: Any, missed: bool, as_json: bool, dsn: str | None, data: Any,
) -> None:  # fmt: skip
    from domain.people import Scope
    from domain.school_days import london_day
    from projections.finding_due import DueFilter
    from projections.reading import ReadModels
    from service.desk import open_desk
    from service.looking_back import moment
    from service.opening import dsn_of, now
    from service.people import person_called
    from workflows.who_reads import scope_of

    today = on.date() if on else london_day(now())
    with open_desk(dsn, data) as desk:
        scope = Scope(everything=True)
        if person is not None:
            scope = scope_of(person_called(desk.history, person, None, london_day(now())).as_asker())
        back = moment(desk.history, as_of, None)
        read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
        try:
            lists = read_models if back is None else read_models.as_at(desk.history, back.position)
            which = DueFilter(state=tuple(states), rule=tuple(rule or ()))
            rows = _all(lists.due, scope, which, today, missed, limit)
        finally:
            read_models.close()
    if as_json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    for row in rows:
        print(_line(row, missed))
    print(f"{len(rows)} {'findings' if missed else 'duties'} on {today}.")


def _all(due: Any, scope: Any, which: Any, on: date, missed: bool, limit: int) -> list[Any]:
    rows: list[Any] = []
    mark: str | None = None
    while len(rows) < limit:
        page = due.page(scope, which, on=on, missed=missed, after=mark, limit=min(200, limit - len(rows)))
        rows += page.rows
        mark = page.next
        if mark is None:
            break
    return rows


def _line(row: Any, missed: bool) -> str:
    whom = f"{row.given_names} {row.family_name}" if row.given_names else row.provider_name or ""
    who = row.organisation_name or row.provider_name or "nobody known"
    owner = row.owner.replace("_", " ")
    about: UUID = row.placement_id or row.file_id
    since = f"since {row.true_from}" if missed else f"by {row.due_on}"
    made_good = f", done on {row.done_on}" if row.done_on and row.state == "done_late" else ""
    return (
        f"{row.state.replace('_', ' '):9} {since} {row.rule:12} {row.what}: for {whom or who}, "
        f"{owner} ({who}){made_good} [{about}]"
    )
