"""Reports at the terminal: how late things were written down, and duties that lay in one person's hands."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from service.commands.options import AsJson, Data, Dsn

app = typer.Typer(
    help="Reports on how decisions were written down. For whoever runs the service: no one's roles limit them."
)
Most = Annotated[int, typer.Option(help="So many entries at most.", min=1)]


@app.command("late")
def late(
    role: Annotated[str | None, typer.Option(help="Only what people in this role wrote.")] = None,
    event: Annotated[
        str | None, typer.Option(help="Only this kind, such as placement.review_recorded.")
    ] = None,
    after_an_incident: Annotated[
        bool,
        typer.Option(
            "--after-an-incident",
            help="List only what was written after an incident about the time before it.",
        ),
    ] = False,
    most: Most = 20,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Show how long after it was true things were written down, and what stands out."""
    from domain.people import Scope
    from projections.late_recording.wanted import Wanted
    from projections.reading import ReadModels
    from service.desk import open_desk
    from service.opening import dsn_of

    wanted = Wanted(role=role, event=event, after_an_incident=after_an_incident)
    with open_desk(dsn, data) as desk:
        read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
        try:
            everything = Scope(everything=True)
            report = read_models.recording.late(everything, wanted, most)
            improved = read_models.recording.improved(everything, wanted)
        finally:
            read_models.close()
    if as_json:
        _print({"figures": report.groups, "rows": report.entries, "corrections": improved})
        return
    print(f"{'':45} entries   late  median  90% in  worst (days)")
    for group in report.groups:
        name = f"{group.by} {group.key}".strip()
        print(f"{name:45} {group.entries:7} {group.late:6} {group.median:7g} {group.p90:7} {group.worst:6}")
    for entry in report.entries:
        late = f"{entry.days_late} days late" if entry.days_late else f"{entry.hours_late} hours late"
        after = f", after the {entry.after.what.replace('_', ' ')} of {entry.after.on}" if entry.after else ""
        print(f"{entry.event} of {entry.true_on}, {late}{after}: {entry.person}, position {entry.position}")
    for one in improved:
        print(
            f"Correction at position {one.position} by {one.person}: {one.rule} ({one.obligation}, due {one.before.due_on}) was "
            f"{_standing(one.before)} and is {_standing(one.now)}."
        )


@app.command("duties")
def duties(
    at_least: Annotated[
        int, typer.Option(help="At least so many duties in one person's hands.", min=2, max=4)
    ] = 2,
    most: Most = 20,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Show placements in which one person assessed the need, chose the provider, approved the money or signed the review."""
    from domain.people import Scope
    from domain.school_days import london_day
    from projections.reading import ReadModels
    from service.desk import open_desk
    from service.opening import dsn_of, now

    with open_desk(dsn, data) as desk:
        read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
        try:
            everything = Scope(everything=True)
            rows, found = read_models.recording.together(everything, london_day(now()), at_least, most)
        finally:
            read_models.close()
    if as_json:
        _print({"rows": rows, "found": found})
        return
    for one in rows:
        lost = (
            f"; no longer {', '.join(one.roles_lost_since).replace('_', ' ')}" if one.roles_lost_since else ""
        )
        print(f"{one.placement_id}: {one.person} {', '.join(one.duties).replace('_', ' ')}{lost}")
    print(f"{found} found." if found else "No placement in which one person held so many of these duties.")


def _standing(standing: Any) -> str:
    if standing.state is None:
        return "no duty any more"
    done = f", done {standing.done_on}" if standing.done_on else ""
    return f"{standing.state.replace('_', ' ')} (due {standing.due_on}{done})"


def _print(facts: Any) -> None:
    import msgspec

    print(msgspec.json.format(msgspec.json.encode(facts)).decode())
