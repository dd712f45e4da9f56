"""The first page of a correction: which of the entries is wrong?"""

from __future__ import annotations

from typing import Any

from fastapi import Response

from api.moves_on_offer import sentence_of, title_of
from api.pages.asked_for import Asked, called_above
from api.pages.forms.wording import plain
from api.pages.stories import own_story
from api.pages.visiting import Visit

SAYS_WHAT_IS_WRONG = "request_rectification"
"""A form that begins with an event like a correction; that may be one of the child or of a placement."""


async def which_event(visit: Visit, asked: Asked, record: dict[str, Any]) -> Response:
    """The entries that can be put right with this command, the newest first."""
    title, sentence = title_of(asked.command.name()), plain(sentence_of(asked.command))
    if asked.command.name() == SAYS_WHAT_IS_WRONG:
        rows = (await visit.api.get(f"{asked.about}/timeline"))["rows"]
        # A register is put right by deciding on its sessions anew.
        own = {record["id"], *(one["placement_id"] for one in record.get("placements", ()))}
        told = [row for row in rows if row["record_id"] in own]
        events = [
            {"told": row, "href": f"{asked.page}?record_id={row['record_id']}&version={row['version']}"}
            for row in told
        ]
    else:
        by_version = {row["version"]: row for row in await own_story(visit.api, asked.about)}
        rows = (await visit.api.get(f"{asked.about}/correctable"))["rows"]
        events = [
            {**row, "told": by_version.get(row["version"]), "href": f"{asked.page}?version={row['version']}"}
            for row in rows
        ]
    return visit.page(
        "correct_which.html",
        events=events[::-1],
        title=title,
        sentence=sentence,
        called=called_above(record, asked),
        back=asked.about,
    )
