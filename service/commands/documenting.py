"""The pages of `docs/` that are made from the code."""

from typing import Annotated

import typer

Check = Annotated[bool, typer.Option("--check", help="Write nothing; fail where a page is out of date.")]


def docs(check: Check = False) -> None:
    """Write the pages of docs/ that are made from the code."""
    from service.documents.pages import stale, write
    from service.plain_error import PlainError

    if not check:
        print("\n".join(f"{path} written." for path in write()) or "Every page is up to date.")
        return
    old = stale()
    if old:
        raise PlainError(f"Out of date: {', '.join(old)}. Run python3 manage.py docs.")
    print("Every page is up to date.")
