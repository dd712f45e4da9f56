"""A list of the API as a page: its filters, its rows, the way on, and the same as a CSV file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import Response

from api.pages.at_any_moment import NOW, Moment
from api.pages.downloads import file_of
from api.pages.filters import Filters
from api.pages.mistyped import mistyped
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visit

ROWS = 50
CSV = "text/csv"


async def list_page(
    visit: Visit,
    filters: Filters,
    template: str,
    after: str = "",
    form: str = "",
    *,
    address: str = "",
    rows: int = ROWS,
    may_begin: str = "",
    moment: Moment = NOW,
    **context: Any,
) -> Response:
    """The page; with `form=csv` the file. `address`: the list of the API, where the page is elsewhere. `may_begin`: a command that
    begins such a record, for a button where this person may give it. `moment`: the list as it was then, as all links of the page."""
    asked = filters.asked(visit.request.query_params)
    unused = filters.unknown(visit.request.query_params)
    at = address or filters.address
    if form == "csv":
        return await file_of(visit, at, CSV, filters=filters.names, **asked, **moment.asked)
    try:
        found = await visit.api.get(at, **asked, **moment.asked, after=after, limit=rows)
    except ApiRefused as refused:
        wrong = mistyped(refused, filters.boxes, asked)
        if not wrong:
            raise
        filters = replace(filters, mistyped=wrong)
        asked = {name: values for name, values in asked.items() if name not in wrong}
        found = await visit.api.get(at, **asked, **moment.asked, after=after, limit=rows)
    past = moment.past(filters.href(asked), found)
    filters = replace(filters, always={**filters.always, **moment.asked})
    begin = ""
    if may_begin:
        offers = (await visit.api.get("/commands"))["rows"]
        begin = next(
            (f"/new/{may_begin.replace('_', '-')}" for one in offers if one["name"] == may_begin), ""
        )
    return visit.page(
        template,
        found=found,
        filters=filters,
        errors=filters.mistyped,
        asked=asked,
        chosen=list(filters.chosen(asked)),
        next=filters.href(asked, after=found["next"]) if found["next"] else "",
        first=filters.href(asked) if after else "",
        csv=filters.href(asked, form="csv"),
        begin=begin,
        past=past,
        unused=unused,
        **context,
    )
