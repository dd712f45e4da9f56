"""What changed in a record between two moments, at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from service.commands.options import AsJson, Data, Dsn

if TYPE_CHECKING:
    from projections.entries import Entry
    from projections.patch import Change

DAY = "What was true on this day, as far as it was known at that moment."


def changes(
    record: Annotated[
        UUID, typer.Argument(help="The id of a placement, child, provider, agreement or organisation.")
    ],
    since: Annotated[
        str | None, typer.Option("--from", help="A position or a moment.", show_default="the beginning")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", help="A position or a moment.", show_default="now")
    ] = None,
    since_true_on: Annotated[str | None, typer.Option("--from-true-on", help=DAY)] = None,
    until_true_on: Annotated[str | None, typer.Option("--to-true-on", help=DAY)] = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Tell what changed in a record between two moments, and by which events. For whoever runs the service: no role limits it."""
    from projections.building_the_past import Then
    from projections.changing import changes_between
    from projections.remembered import fields_of
    from projections.timeline import timeline
    from service.desk import open_desk
    from service.looking_back import any_moment
    from service.noting import note_at_terminal
    from service.plain_error import PlainError
    from workflows.catalogue import RECORDS

    with open_desk(dsn, data) as desk:
        start = "0" if since is None and since_true_on is None else since
        first = any_moment(desk.history, start, since_true_on)
        then = any_moment(desk.history, until, until_true_on)
        kind = next((kind for kind in RECORDS.values() if desk.history.find(kind, record)), None)
        if kind is None:
            raise PlainError("There is no record with this id.")
        changed = changes_between(
            desk.history,
            kind,
            record,
            Then(first.position, first.true_on),
            Then(then.position, then.true_on),
            fields_of,
        )
        last = max(changed.events, default=0)
        events = [e for e in timeline(desk.history, [record], as_at=last) if e.position in changed.events]
        note_at_terminal(desk, "changes", record_id=record)
    if as_json:
        import msgspec

        body = {"changes": changed.changes, "events": events}
        print(msgspec.json.format(msgspec.json.encode(body)).decode())
    else:
        _tell(changed.changes, events)


def _tell(changes: tuple[Change, ...], events: list[Entry]) -> None:
    for event in events:
        print(f"{event.position:>8} {event.true_on!s:10} {event.sentence}")
    if not changes:
        print("Nothing that the record remembers has changed.")
    for change in changes:
        by = f"  [{', '.join(map(str, change.by))}]" if change.by else ""
        print(f"{change.path}: {_short(change.before)} -> {_short(change.value)}{by}")


def _short(value: Any) -> str:
    import msgspec

    text = "nothing" if value is None else msgspec.json.encode(value).decode()
    return text if len(text) <= 120 else f"{text[:117]}..."
