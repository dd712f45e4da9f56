"""The table of moves, and any command performed as a person."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from service.commands.options import AsJson, Data, Dsn
from service.plain_error import PlainError

if TYPE_CHECKING:
    from domain.people import Asker
    from service.desk import OpenDesk


def moves(
    as_json: AsJson = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Draw the stages as a Mermaid diagram.")] = False,
) -> None:
    """Show the life of a placement: every move, from where, to where, and what must be true."""
    from workflows.placement_moves import PLACEMENT

    rows = list(PLACEMENT.rows.values())
    if mermaid:
        from service.documents.lifecycle_page import diagram

        print("\n".join(line for line in diagram().splitlines() if not line.startswith("```")))
    elif as_json:
        found = [
            {
                "move": r.name,
                "from": list(r.source),
                "to": r.to,
                "opens": r.opens,
                "needs": [n.name for n in r.needs],
            }
            for r in rows
        ]
        print(json.dumps(found, indent=2))
    else:
        for row in rows:
            print(f"{row.name}: {', '.join(row.source) or '(begins it)'} -> {row.to or '(stays)'}")
            for rule in row.needs:
                print(f"    {rule.sentence} [{rule.source}]")


def do(
    command: Annotated[str, typer.Argument(help="The command, such as record_views.")],
    on: Annotated[
        UUID | None,
        typer.Option(help="The record it is about; for one that is begun, its id if you choose it."),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(
            "--as",
            help="Who does it; `placements people` lists them. Without it, the set-up: for found_organisation and"
            " grant_role only, where nobody could act yet.",
        ),
    ] = None,
    body: Annotated[
        str, typer.Option(help="A file with the request as JSON; - reads it from standard input.")
    ] = "",
    organisation: Annotated[
        UUID | None, typer.Option(help="For which organisation, where they act for several.")
    ] = None,
    example: Annotated[
        bool, typer.Option("--example", help="Print an example of the request, and do nothing.")
    ] = False,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Perform any command as a person, in the roles that they hold. What is refused is refused with every reason."""
    from workflows.catalogue import COMMANDS
    from workflows.examples import EXAMPLES

    name = command.replace("-", "_")
    if name not in EXAMPLES:
        raise PlainError(_no_such_command(name, list(EXAMPLES)))
    if example:
        print(json.dumps(EXAMPLES[name], indent=2, ensure_ascii=False))
        return
    from service.acting import OF_THE_SET_UP, Said, perform

    if person is None and name not in OF_THE_SET_UP:
        raise PlainError("Say who does it, with --as and a person's id; `placements people` lists them.")
    if on is None and not COMMANDS[name].opens:
        raise PlainError(
            f"Say what it is about, with --on and the id of a {COMMANDS[name].target.__name__.lower()}."
        )
    request = _read(body)
    from service.desk import open_desk

    with open_desk(dsn, data) as desk:
        who = _asker(desk, person, organisation)
        try:
            done = perform(desk, who, name, on, request)
        except Said as said:
            _refuse(said.reasons, as_json)
            raise typer.Exit(1) from None
    if as_json:
        facts = {"id": str(done.record_id), "version": done.version, "position": done.position}
        print(json.dumps({**facts, "warnings": [_as_facts(warning) for warning in done.warnings]}))
        return
    print(
        f"Done: {name.replace('_', ' ')}, record {done.record_id}, version {done.version}, position {done.position}."
    )
    for warning in done.warnings:
        print(f"  Warning: {_in_words(warning)}")


def _asker(desk: OpenDesk, person: str | None, organisation: UUID | None) -> Asker:
    from domain.school_days import london_day
    from service.acting import SET_UP
    from service.opening import now
    from service.people import person_called

    if person is None:
        return SET_UP
    return person_called(desk.history, person, organisation, london_day(now())).as_asker()


def _read(body: str) -> dict[str, Any]:
    if not body:
        return {}
    try:
        text = sys.stdin.read() if body == "-" else Path(body).read_text(encoding="utf-8")
        found = json.loads(text)
    except OSError as problem:
        raise PlainError(
            f"{body} cannot be read: {(problem.strerror or 'it is not there').lower()}."
        ) from None
    except ValueError:
        raise PlainError("The request is not JSON; --example prints a good one.") from None
    if not isinstance(found, dict):
        raise PlainError("The request is not a JSON object; --example prints a good one.")
    return found


def _refuse(reasons: list[Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"refused": [_as_facts(reason) for reason in reasons]}))
        return
    print("Refused:")
    for reason in reasons:
        print(f"  - {_in_words(reason)}")


def _in_words(reason: Any) -> str:
    at = f"{reason.field}: " if reason.field else ""
    return f"{at}{reason.message}" + (f" [{reason.source}]" if reason.source else "")


def _as_facts(reason: Any) -> dict[str, Any]:
    fields = ("code", "message", "source", "rule", "field", "may_be_overridden")
    return {field: getattr(reason, field) for field in fields}


def _no_such_command(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=3)
    meant = f" Did you mean {' or '.join(near)}?" if near else f" There are: {', '.join(sorted(known))}."
    return f"There is no command {name}.{meant}"
