"""What organisations are called, for records that name them by their ids."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from api.pages.at_any_moment import NOW, Moment
from api.pages.the_api import ApiRefused
from api.pages.visiting import Visit

MOST = 200
"""Beyond these a page shows an id: it happens to a national body only."""

NAMES_A_PROVIDER = ("interim_provider_id",)
"""Fields of which the file tells the id alone; the placement's own provider it calls by its name."""


async def names_of_organisations(visit: Visit) -> dict[str, str]:
    """Names by ids, of those that this person may know of."""
    rows = (await visit.api.get("/organisations", limit=MOST))["rows"]
    return {row["organisation_id"]: row["name"] for row in rows}


async def name_of_provider(visit: Visit, id: str | None) -> dict[str, Markup]:
    """A link to one provider, by its id; nothing where there is none, or none that this person may know of."""
    found = await _provider(visit, id, NOW) if id else None
    return {id: found} if id and found else {}


async def names_of_providers(
    visit: Visit, *files: Any, moment: Moment = NOW, fields: tuple[str, ...] = NAMES_A_PROVIDER
) -> dict[str, Markup]:
    """Links to the providers that files name by nothing but their ids, such as one in the meantime after a breakdown, by those ids; each
    as it was called, and leads to how it was, at a moment."""
    ids = {id for file in files for id in _providers_in(file, fields)}
    found = await asyncio.gather(*(_provider(visit, id, moment) for id in ids))
    return {id: name for id, name in zip(ids, found, strict=True) if name}


def _providers_in(said: Any, fields: tuple[str, ...]) -> Iterator[str]:
    if isinstance(said, dict):
        if str(said.get("path", "")).endswith(fields):
            # A step from one moment to another names the field in its path.
            yield from (value for name in ("before", "value") if isinstance(value := said.get(name), str))
        for name, value in said.items():
            if name in fields and isinstance(value, str):
                yield value
            else:
                yield from _providers_in(value, fields)
    elif isinstance(said, list):
        for each in said:
            yield from _providers_in(each, fields)


async def _provider(visit: Visit, id: str, moment: Moment) -> Markup | None:
    try:
        file = await visit.api.get(f"/providers/{id}", **moment.asked)
    except ApiRefused:
        # It was named once, and this person may not know of it.
        return None
    return Markup('<a class="govuk-link" href="{}">{}</a>').format(
        moment.at(f"/providers/{id}"), file["name"]
    )
