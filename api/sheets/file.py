"""The file of a list: written and sent part by part, so that a long one needs no more room than a short one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from starlette.responses import StreamingResponse

from api.desk import Desk
from api.looking_back import LookingBack
from api.sheets.sheet import LONDON, Sheet, headings
from api.wanted import CSV
from domain.people import Asker
from projections.paging import Page

AT_A_TIME = 200
"""Rows that are asked of the read model at once."""
AT_ONCE = 5_000
"""Rows that are on record as one look, and then sent."""


def file_answer(
    called: str, desk: Desk, asker: Asker, sheet: Sheet, hidden: Collection[str], parts: Iterator[Page[Any]]
) -> StreamingResponse:
    """The file with every part. Whoever gets the next part of `parts` has noted that the asker was shown it.

    The first is waited for here, so that what is wrong with the question is answered as for a page. When the service fails later the
    file breaks off, and no browser takes it for a whole one.
    """
    first, columns = next(parts), sheet.seen(hidden)

    def written() -> Iterator[bytes]:
        yield headings(columns) + sheet.written(first.rows, columns, desk, asker)
        for part in parts:
            yield sheet.written(part.rows, columns, desk, asker)

    headers = {
        "X-Position": str(first.position),
        "Vary": "Accept, Authorization",
        "Content-Disposition": f'attachment; filename="{called}"',
    }
    return StreamingResponse(written(), 200, headers, f"{CSV}; charset=utf-8")


def parts_of(
    find: Callable[[str | None, int], Page[Any]], after: str | None, shown: Callable[[Page[Any]], None]
) -> Iterator[Page[Any]]:
    """Everything from a mark on, so many rows at once; of each part it is noted that it was `shown` before it is given away."""
    page = find(after, AT_A_TIME)
    rows: list[Any] = list(page.rows)
    while page.next is not None:
        if len(rows) >= AT_ONCE:
            yield _part(Page(rows, page.next, page.position), shown)
            rows = []
        page = find(page.next, AT_A_TIME)
        rows += page.rows
    yield _part(Page(rows, None, page.position), shown)


def name_of_file(what: str, desk: Desk, back: LookingBack | None = None, on: date | None = None) -> str:
    """What is in the file, as it stood when, and when it was taken: `due-known-on-2026-03-01-entry-1204-taken-2026-11-22-1530.csv`.

    What was true on a day, as far as it is known at an entry: `due-true-on-2026-03-01-known-at-entry-1204-taken-2026-11-22-1530.csv`.
    """
    past = [_as_it_was(back)] if back else []
    day = [f"on-{on}"] if on else []
    return f"{'-'.join([what, *past, *day, 'taken', f'{desk.clock().astimezone(LONDON):%Y-%m-%d-%H%M}'])}.csv"


def _as_it_was(back: LookingBack) -> str:
    if back.true_on is not None:
        return f"true-on-{back.true_on}-known-at-entry-{back.position}"
    return f"known-on-{back.day}-entry-{back.position}"


def _part(page: Page[Any], shown: Callable[[Page[Any]], None]) -> Page[Any]:
    shown(page)
    return page
