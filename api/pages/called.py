"""What organisations are called, for records that name them by their ids."""

from __future__ import annotations

from api.pages.visiting import Visit

MOST = 200
"""Beyond these a page shows an id: it happens to a national body only."""


async def names_of_organisations(visit: Visit) -> dict[str, str]:
    """Names by ids, of those that this person may know of."""
    rows = (await visit.api.get("/organisations", limit=MOST))["rows"]
    return {row["organisation_id"]: row["name"] for row in rows}
