"""The numbers that rules count with, and whether every past decision still follows from the rules it was bound to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.options import AsJson, Data, Dsn

if TYPE_CHECKING:
    from domain.guidance import Version
    from domain.parameter import Parameter
    from workflows.reweighing import Reweighed


def guidance(
    name: Annotated[str | None, typer.Argument(help="One parameter; all, where none is named.")] = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Show the numbers that rules, deadlines and triggers count with. To publish another: `do publish_version`."""
    from domain.guidance import GUIDANCE, Parameters, guidance_id, guidance_of, versions_of
    from domain.parameters.catalogue import PARAMETERS
    from domain.school_days import london_day
    from service.desk import open_desk
    from service.opening import now
    from service.plain_error import PlainError

    if name is not None and name not in PARAMETERS:
        raise PlainError(f"There is no parameter {name}; `placements guidance` lists them all.")
    with open_desk(dsn, data) as desk:
        published = guidance_of(desk.history.get_many(GUIDANCE))
    today, wanted = london_day(now()), [PARAMETERS[name]] if name else list(PARAMETERS.values())
    if as_json:
        print(json.dumps([
            {
                "name": p.name, "id": str(guidance_id(p.name)), "meaning": p.meaning, "unit": p.unit,
                "versions": [_as_facts(v) for v in versions_of(p, published)],
            } for p in wanted
        ], indent=2, ensure_ascii=False))  # fmt: skip
        return
    for parameter in wanted:
        versions = versions_of(parameter, published)
        _tell(
            parameter,
            versions if name else versions[-1:],
            Parameters(published).version(parameter.name, today),
        )
        if name:
            print(f"  Its record is {guidance_id(name)}.")


def _tell(parameter: Parameter, versions: list[Version], in_force: Version | None) -> None:
    value = f"{in_force.value:,} {parameter.unit}" if in_force else "nothing is in force today"
    print(f"{parameter.name}: {value}. {parameter.meaning}.")
    for version in versions:
        from_day = f" from {version.in_force_from}" if version.in_force_from else ""
        print(f"  version {version.number}: {version.value:,}{from_day} [{version.mark}] {version.source}")


def _as_facts(version: Version) -> dict[str, object]:
    return {
        "number": version.number,
        "value": version.value,
        "in_force_from": version.in_force_from.isoformat() if version.in_force_from else None,
        "source": version.source,
        "mark": version.mark,
    }


def reweigh(as_json: AsJson = False, dsn: Dsn = None, data: Data = None) -> None:
    """Weigh every past decision again, by the rules and numbers it was bound to. The status is 1 where one comes out otherwise."""
    from history.encoding import Unreadable
    from service.commands.waiting import waiting
    from service.desk import open_desk
    from service.plain_error import PlainError
    from workflows.reweighing import reweigh as run

    with open_desk(dsn, data) as desk, waiting("Weighing again", not as_json) as progress:
        head = desk.history.head()
        try:
            found = run(desk.history, progress=lambda events: progress(events, head))
        except Unreadable as problem:
            raise PlainError(f"Position {problem.position} can not be read: {problem.why}.") from None
    if as_json:
        print(json.dumps({
            "events": found.events, "decisions": found.decisions, "rules": found.rules, "erased": found.erased,
            "differences": [{**one._asdict(), "record_id": str(one.record_id)} for one in found.differences],
        }, indent=2))  # fmt: skip
    else:
        _tell_differences(found)
    if found.differences:
        raise typer.Exit(1)


def _tell_differences(found: Reweighed) -> None:
    for one in found.differences:
        print(
            f"Position {one.position}, {one.command.replace('_', ' ')}, record {one.record_id}, version {one.version}: "
            f"{one.what.replace('_', ' ')} of {one.about}. The decision says {one.said}; it comes out as {one.found}."
        )
    print(
        f"{found.decisions} decisions of {found.events} events were weighed again, {found.rules} answers of rules."
    )
    if found.erased:
        print(f"{found.erased} of them can not be: words that a rule reads were erased.")
    if not found.differences:
        print("Each comes out as it was decided.")
