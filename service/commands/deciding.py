"""One decision at the terminal: what was known when it was taken, and what became known later."""

from __future__ import annotations

from typing import Annotated

import typer

from service.commands.options import AsJson, Data, Dsn


def decision(
    position: Annotated[
        int,
        typer.Argument(help="The position of the decision in the history, as a timeline shows it.", min=1),
    ],
    as_json: AsJson = False,
    dsn: Dsn = None,
    data: Data = None,
) -> None:
    """Show what was known when a decision was taken, and apart from it what became known later.

    For whoever runs the service: no one's roles limit it. With --json it prints canonical JSON (RFC 8785), to be signed or compared.
    """
    from domain.reasons import NotFound
    from projections.decisions.page import decision_page
    from projections.decisions.shapes import canonical
    from service.decision_text import in_words
    from service.desk import open_desk
    from service.plain_error import PlainError

    with open_desk(dsn, data) as desk:
        try:
            page = decision_page(desk.history, position)
        except NotFound:
            raise PlainError("The history has no decision at this position.") from None
    if as_json:
        print(canonical(page).decode())
        return
    for line in in_words(page):
        print(line)
