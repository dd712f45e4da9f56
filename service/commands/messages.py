"""What was told to whom, at the terminal."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from service.commands.options import AsJson, Data, Dsn
from service.plain_error import PlainError


def messages(
    person: Annotated[
        str | None, typer.Option("--as", help="What this person sees; `placements people` lists them.")
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(help="Only these: to_address, waiting, in_digest, handed_over, given_up, not_sent."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many lines.")] = 50,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """List messages to people, the newest first, and how far each has come. `placements do send_again` tries a dead letter anew."""
    from typing import get_args

    from domain.people import Scope
    from domain.school_days import london_day
    from projections.outbox import State
    from projections.reading import ReadModels
    from service.desk import open_desk
    from service.opening import dsn_of, now
    from service.people import person_called
    from workflows.who_reads import scope_of

    if state is not None and state not in get_args(State):
        raise PlainError(f"There is no such state. There are: {', '.join(get_args(State))}.")
    with open_desk(dsn, data) as desk:
        scope = Scope(everything=True)
        if person is not None:
            scope = scope_of(person_called(desk.history, person, None, london_day(now())).as_asker())
        read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
        try:
            rows = read_models.messages.page(scope, state=state, limit=limit).rows  # type: ignore[arg-type]
        finally:
            read_models.close()
    if as_json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    for row in rows:
        print(_line(row))
    print(f"{len(rows)} messages.")


def _line(row: Any) -> str:
    why = f" ({row.code.replace('_', ' ')})" if row.code else ""
    to = row.to or f"the {(row.relation or 'recipient').replace('_', ' ')}"
    by = f" by {row.channel}" if row.channel else ""
    return f"{row.at:%Y-%m-%d %H:%M} {row.state.replace('_', ' ')}{why}: {row.template} to {to}{by} [{row.message_id}]"
