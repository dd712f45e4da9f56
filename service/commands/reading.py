"""One placement at the terminal: its story, and what may be done with it now."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID

import typer

from service.commands.options import AsJson, AsOf, Data, Dsn, TrueOn

Placement = Annotated[UUID, typer.Argument(help="The id of the placement.")]


def timeline(
    placement: Placement,
    as_of: AsOf = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Tell the story of a placement, sentence by sentence. For whoever runs the service: no one's roles limit it."""
    from service.desk import open_desk
    from service.looking_back import moment
    from service.noting import note_at_terminal
    from service.story import story_of

    with open_desk(dsn, data) as desk:
        entries = story_of(desk.history, placement, moment(desk.history, as_of, true_on))
        note_at_terminal(desk, "timeline", record_id=placement)
    if as_json:
        import msgspec

        print(msgspec.json.format(msgspec.json.encode(entries)).decode())
        return
    for entry in entries:
        late = f" (written down {entry.days_late} days later)" if entry.days_late else ""
        print(f"{entry.true_on!s:10} {entry.sentence}{late}")
        if entry.said_first:
            print(f"{'':10} At first it said: {entry.said_first}")


def show(
    placement: Placement,
    person: Annotated[str, typer.Option("--as", help="Who looks; `placements people` lists them.")],
    organisation: Annotated[
        UUID | None, typer.Option(help="For which organisation, where they act for several.")
    ] = None,
    as_of: AsOf = None,
    true_on: TrueOn = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Show where a placement stands, which moves are open to a person now, and for each that is not every reason.

    Looking back, show where it stood.
    """
    from domain.school_days import london_day
    from service.acting import moves_of, open_placement
    from service.desk import open_desk
    from service.looking_back import moment
    from service.noting import note_at_terminal
    from service.opening import now
    from service.people import person_called

    with open_desk(dsn, data) as desk:
        who = person_called(desk.history, person, organisation, london_day(now()))
        back = moment(desk.history, as_of, true_on)
        case = open_placement(desk, who.as_asker(), placement, back)
        found = {} if back else moves_of(case)
        standing = _standing(case)
        note_at_terminal(desk, "show", record_id=placement, children=[case.child.id], asked_by=["as"])
    if as_json:
        print(
            json.dumps(
                {**standing, "moves": [_as_facts(name, weighed) for name, weighed in found.items()]}, indent=2
            )
        )
        return
    print(
        ", ".join(
            f"{words.replace('_', ' ')}: {value}" for words, value in standing.items() if value is not None
        )
    )
    if back is None:
        _print_moves(found)


def _standing(case: Any) -> dict[str, Any]:
    placement = case.placement
    return {
        "placement": str(placement.id),
        "version": placement.version,
        "stage": placement.stage,
        "route": placement.route,
        "commissioner": case.commissioner.name,
        "provider": case.provider.name if case.provider else None,
        "started_on": str(placement.started_on) if placement.started_on else None,
        "ended_on": str(placement.ended_on) if placement.ended_on else None,
    }


def _print_moves(found: dict[str, Any]) -> None:
    is_open = [name for name, weighed in found.items() if weighed is not None and weighed.open]
    print(f"Open to this person now: {', '.join(is_open) or 'nothing'}.")
    for name, weighed in found.items():
        if weighed is None or weighed.open:
            continue
        print(f"{name} is not open:")
        for reason in weighed.refusals:
            print(f"  - {reason.message}" + (f" [{reason.source}]" if reason.source else ""))
    others = [name for name, weighed in found.items() if weighed is None]
    if others:
        print(f"Not for this person's roles: {', '.join(others)}.")


def _as_facts(name: str, weighed: Any) -> dict[str, Any]:
    reasons = () if weighed is None else weighed.refusals
    warnings = () if weighed is None else weighed.warnings
    return {
        "move": name,
        "permitted": weighed is not None,
        "open": weighed is not None and weighed.open,
        "leads_to": weighed.to if weighed is not None else None,
        "reasons": [
            {"code": r.code, "message": r.message, "source": r.source, "rule": r.rule} for r in reasons
        ],
        "warnings": [{"code": r.code, "message": r.message, "source": r.source} for r in warnings],
    }
