"""What if: a trigger, a rule or a number tried on the real history at the terminal. Nothing is written."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from service.commands.options import AsJson, Data, Dsn


def what_if(
    trigger: Annotated[list[str] | None, typer.Option(help="A trigger by its name; may be repeated.")] = None,
    suppose: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=VALUE", help="Suppose that a number were another; may be repeated."),
    ] = None,
    as_of: Annotated[
        int | None, typer.Option(help="Look no further than this position.", show_default="all")
    ] = None,
    horizon: Annotated[
        int,
        typer.Option(
            min=1, max=730, help="Days before a breakdown within which a firing counts as a warning."
        ),
    ] = 90,
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Try a trigger or a number on the past: what would have fired, how long before a breakdown, what would have been refused or late.

    Without an option, every trigger is tried as it is, and has to come out as it did in life.
    """
    from domain.reasons import Invalid
    from service.desk import open_desk
    from service.opening import now
    from service.plain_error import PlainError
    from workflows.supposing.asked import supposed_of
    from workflows.supposing.telling import as_facts, in_sentences
    from workflows.supposing.what_if import what_if as ask
    from workflows.triggers.all_triggers import TRIGGERS

    with open_desk(dsn, data) as desk:
        try:
            wanted = trigger or ([] if suppose else list(TRIGGERS))
            told = ask(
                desk.history,
                now(),
                triggers=wanted,
                supposed=supposed_of(suppose or []),
                until=as_of,
                horizon=horizon,
            )
        except Invalid as problem:
            raise PlainError("\n".join(reason.message for reason in problem.reasons)) from None
    if as_json:
        print(json.dumps(as_facts(told), indent=2))
        return
    for sentence in in_sentences(told):
        print(sentence)
