"""What all lists have in common: pages and their marks, how new they are, and their two forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Annotated, Any, NamedTuple, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from api.conditions import is_unchanged, tag_of_past
from api.descriptions import OF_LISTS, SCHEMAS, header, problems
from api.desk import Desk
from api.freshness import PATIENCE, behind
from api.looking_back import LookingBack
from api.noting import note
from api.problem import MALFORMED, Problem
from api.sheets.file import file_answer, name_of_file, parts_of
from api.sheets.sheet import Sheet
from api.wanted import CSV, JSON, in_form
from api.what_is_seen import NOT_SEEN_IN_LISTS, without
from domain.looks import How
from domain.people import Asker
from projections.paging import BadMark, Page

K = TypeVar("K", bound=StrEnum)

ROWS_A_PAGE = 200
INTERNAL = frozenset({"name_key", "identifier_keys", "half_days", "away"})
"""Columns by which rows are found and put in order, and by which a register is drawn."""

FOR_PEOPLE = "All rows for a spreadsheet: headings and values in words, and in the last column what to find the record by."
IN_SCOPE = "scope"
"""The row of looks at lists and feeds: those records are on them that are in the asker's scope."""
NO_FILTERS = frozenset({"after", "limit", "at_least", "as_of", "counts"})
TYPED = frozenset({"name", "identifier"})
"""Filters into which people type who they look for."""
RECORD_COLUMNS = ("placement_id", "agreement_id", "provider_id", "organisation_id")
"""Columns of lists that name the row's record; the first that a list has is its own."""

After = Annotated[
    str | None, Query(max_length=2000, description="The mark `next` of the page before, as it was given.")
]
Limit = Annotated[int, Query(ge=1, le=ROWS_A_PAGE, description="Rows of a page; a CSV file has all of them.")]
Name = Annotated[
    str,
    Query(
        max_length=200,
        description="Words, each of which is somewhere in the name, whatever the capitals and accents.",
    ),
]
Form = Annotated[str, Depends(in_form(JSON, CSV))]


class ListShown(BaseModel):
    """A page of a list."""

    model_config = ConfigDict(use_attribute_docstrings=True, extra="allow")

    rows: list[dict[str, Any]]
    """What was found that you may know of, in the order of names."""
    next: str | None
    """Ask for `after` this to go on; null on the last page."""
    position: int
    """The rows are at least as new as this position of the history."""


def pages_of(what: str) -> dict[int | str, dict[str, Any]]:
    """The answers of a list: everything for programs, or words for people."""
    content = {
        JSON: {"schema": {"$ref": f"{SCHEMAS}ListShown"}},
        CSV: {"schema": {"type": "string", "description": FOR_PEOPLE}},
    }
    headers = {
        "X-Position": header("How new the rows are at least.", "integer"),
        "Link": header("The next page, as `rel=next`; left out on the last."),
    }
    return {200: {"description": what, "content": content, "headers": headers}, **problems(*OF_LISTS)}


def caught_up(desk: Desk, at_least: int | None, *, at_once: bool = False) -> None:
    """Wait until the read models have come as far as the caller asks; `at_once`: those for which nobody waits long.

    Raises Problem when it takes too long.
    """
    wait = desk.read_models.wait_at_once if at_once else desk.read_models.wait_for
    if at_least is not None and not wait(at_least, PATIENCE):
        raise behind(desk.read_models.position())


def list_answer(
    request: Request,
    form: str,
    back: LookingBack | None,
    find: Callable[[str | None, int], Page[Any]],
    after: str | None,
    limit: int,
    *,
    sheet: Sheet,
    href: Callable[[Any], str],
    hidden: frozenset[str] = frozenset(),
    more: Callable[[Sequence[Any] | None], Mapping[str, Any]] = lambda whole: {},
    about: Collection[UUID] = (),
    on: date | None = None,
) -> Response:
    """The page that was asked for, or a file for a spreadsheet with all rows from there on. `find` gets a mark and a number of rows.

    `more` says what else is told. It gets all that there is, where that stands on this one page: then nobody need count it.
    `about`: the children whom the list is about, where its rows do not name them: for the note of who looked. `on`: the day that the
    list was asked for, where it was.
    """

    def shown(page: Page[Any]) -> None:
        _note(request, form, back, page, sheet.of, about)

    try:
        if form == CSV:
            desk, asker = request.app.state.desk, request.state.asker
            called = name_of_file(request.url.path.strip("/").replace("/", "-"), desk, back, on)
            return file_answer(called, desk, asker, sheet, hidden, parts_of(find, after, shown))
        page = find(after, limit)
    except BadMark as problem:
        raise Problem(
            MALFORMED, "The mark in after is not one of this list. Begin with the first page."
        ) from problem
    shown(page)
    rows = [shown_row(row, href, hidden) for row in page.rows]
    counts = more(page.rows if after is None and page.next is None else None)
    headers = {"X-Position": str(page.position), "Vary": "Accept, Authorization"}
    if back is not None:
        # What was, stays; so it is worth asking whether the caller has it. The mark of the next page is another each time.
        tag = tag_of_past(page.position, [rows, counts])
        headers["ETag"] = f'"{tag}"'
        if is_unchanged(request.headers.get("if-none-match"), tag):
            return Response(status_code=304, headers=headers)
    if page.next is not None:
        # The next page is of the same moment as this one, whatever is written down meanwhile.
        same = {**request.query_params, **(back.asked if back else {})}
        headers["Link"] = f'<{request.url.path}?{urlencode({**same, "after": page.next})}>; rel="next"'
    moment = back.asked if back else {}
    body = {"rows": rows, "next": page.next, "position": page.position, **moment, **counts}
    return Response(msgspec.json.encode(body), 200, headers, JSON)


def in_each(kinds: type[K], rows: Iterable[Any], column: str) -> dict[K, int]:
    """How many of these rows are of each kind, as a column names it."""
    found = Counter(getattr(row, column) for row in rows)
    return {kind: found[kind] for kind in kinds}


def _note(
    request: Request,
    form: str,
    back: LookingBack | None,
    page: Page[Any],
    of: type[msgspec.Struct],
    about: Collection[UUID],
) -> None:
    """Who was on the page. What was typed into the filters is not noted: it may be a child's name."""
    asked_by = sorted(set(request.query_params) - NO_FILTERS)
    desk, own = request.app.state.desk, _own_columns(of)
    records, children = _ids(page.rows, own.record), _ids(page.rows, own.child)
    # The child of a row with a placement is that placement's child.
    placed = own.placement and len(records) == len(children) == len(page.rows) and not about
    how: How = "searched" if TYPED.intersection(asked_by) else "listed"
    note(
        desk,
        request.state.asker,
        "exported" if form == CSV else how,
        IN_SCOPE,
        records=records,
        children=[*children, *about],
        placed=placed,
        asked_by=asked_by,
        as_of=back.position if back else None,
        position=desk.history.head() if back else page.position,
    )


class _Own(NamedTuple):
    record: Callable[[Any], UUID | None] | None
    child: Callable[[Any], UUID | None] | None
    placement: bool
    """Whether the record is a placement."""


@cache
def _own_columns(of: type[msgspec.Struct]) -> _Own:
    columns = of.__struct_fields__
    record = next((column for column in RECORD_COLUMNS if column in columns), None)
    child = attrgetter("child_id") if "child_id" in columns else None
    return _Own(attrgetter(record) if record else None, child, record == "placement_id")


def _ids(rows: Iterable[Any], column: Callable[[Any], UUID | None] | None) -> list[UUID]:
    return [id for id in map(column, rows) if id is not None] if column else []


def shown_row(row: msgspec.Struct, href: Callable[[Any], str], hidden: frozenset[str]) -> dict[str, Any]:
    """A row as it stands in a list."""
    fields: dict[str, Any] = msgspec.to_builtins(row, str_keys=True)
    return {**without(fields, INTERNAL | hidden), "href": href(row)}


def hidden_in_lists(asker: Asker, name: str) -> frozenset[str]:
    """Columns of a list that the asker does not see: a provider's people see less."""
    return frozenset(NOT_SEEN_IN_LISTS.get(name, ())) if asker.provider_id is not None else frozenset()
