"""What leaned on a fact of a provider, and who could take over a placement, at the terminal, as one of its people sees it."""

from __future__ import annotations

import json
from typing import Annotated, Any
from uuid import UUID

import typer

from service.commands.options import AsJson, Data, Dsn
from service.plain_error import PlainError

Who = Annotated[str, typer.Option("--as", help="Who asks; `placements people` lists them.")]
Organisation = Annotated[
    UUID | None, typer.Option(help="For which organisation, where they act for several.")
]


def blast_radius(
    provider: Annotated[UUID, typer.Argument(help="The provider.")],
    person: Who,
    fact: Annotated[str, typer.Option(help="check:insurance, registration, site:NAME, provider, or document:ID.")] = "provider",
    version: Annotated[int | None, typer.Option(help="An older entry of the provider's record.")] = None,
    organisation: Organisation = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:  # fmt: skip
    """List what leaned on a fact of a provider that does not hold: decisions, open placements, and who must be told."""
    from api.blast_radius import require_right_to_blast_radius
    from domain.reasons import Invalid, NotFound, NotPermitted
    from projections.blast_radius import what_leaned_on
    from projections.blast_radius_told import told
    from service.desk import open_desk
    from workflows.who_reads import scope_of

    with open_desk(dsn, data) as desk:
        asker = _asker(desk, person, organisation)
        try:
            require_right_to_blast_radius(asker)
            radius, placements = what_leaned_on(desk.history, provider, fact, version)
        except NotPermitted as problem:
            raise PlainError(problem.message) from None
        except NotFound:
            raise PlainError("There is no such provider.") from None
        except Invalid as problem:
            raise PlainError(problem.reasons[0].message) from None
        found = told(desk.history, radius, placements, scope_of(asker), provider)
    if as_json:
        print(json.dumps(found))
        return
    for one in found["decisions"]:
        knew = one["could_have_known"].replace("_", " ")
        print(
            f"{one['command'].replace('_', ' ')} by {one['by']} ({', '.join(one['how'])}; {knew}) [{one['event']}]"
        )
    for one in found["placements"]:
        whom = ", ".join(t["who"].replace("_", " ") for t in one["must_be_told"])
        print(
            f"{'open' if one['open'] else 'over':5} {one['stage']} [{one['placement_id']}]"
            + (f"; tell: {whom}" if whom else "")
        )
    print(
        f"{len(found['decisions'])} decisions leaned on {found['fact']['fact']}; {found['open']} placements are open."
    )


def candidates(
    placement: Annotated[UUID, typer.Argument(help="The placement that somebody is to take over.")],
    person: Who,
    organisation: Organisation = None,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Rank the providers that could take a placement over, with the reasons for each rank and each exclusion."""
    from api.candidates import require_right_to_candidates, shown, wanted_of
    from domain.reasons import NotPermitted
    from projections.reading import ReadModels
    from service.acting import open_placement
    from service.desk import open_desk
    from service.opening import dsn_of
    from workflows import considering
    from workflows.relations import relations_in

    with open_desk(dsn, data) as desk:
        asker = _asker(desk, person, organisation)
        case = open_placement(desk, asker, placement)
        try:
            require_right_to_candidates(asker, relations_in(case))
        except NotPermitted as problem:
            raise PlainError(problem.message) from None
        read_models = ReadModels(dsn_of(desk.settings), pool_size=1)
        try:
            wanted = wanted_of(case, None, None, None)
            agreements = read_models.agreements.ids_of(case.placement.commissioner_id)
            found: Any = shown(
                considering.candidates(case, read_models.directory.ids(), agreements, wanted), wanted, 500
            )
        finally:
            read_models.close()
    if as_json:
        import msgspec

        print(msgspec.json.encode(found).decode())
        return
    for one in found["candidates"]:
        print(f"{one['rank']:3}. {one['name']}: {one['points']:g} points [{one['provider_id']}]")
        for points in one["reasons"]:
            print(f"       {points['points']:g} of {points['of']:g}: {points['words']} [{points['source']}]")
    for one in found["excluded"]:
        print(f"  -  {one['name']}")
        for reason in one["reasons"]:
            print(f"       {reason['message']} [{reason['source']}]")
    print(found["distance"])


def _asker(desk: Any, person: str, organisation: UUID | None) -> Any:
    from domain.school_days import london_day
    from service.opening import now
    from service.people import person_called

    return person_called(desk.history, person, organisation, london_day(now())).as_asker()
