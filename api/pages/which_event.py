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
"""A form that begins with an event like a correction; that may be one of the child, of a placement or of a register."""

OF_A_REGISTER = ("attendance.session_coded", "attendance.sessions_reported")
"""What a register says of sessions: there is much of it, so it stands by itself."""


async def which_event(visit: Visit, asked: Asked, record: dict[str, Any]) -> Response:
    """The entries that can be put right with this command, the newest first."""
    title, sentence = title_of(asked.command.name()), plain(sentence_of(asked.command))
    if asked.command.name() == SAYS_WHAT_IS_WRONG:
        rows = (await visit.api.get(f"{asked.about}/timeline"))["rows"]
        events = [
            {"told": row, "href": f"{asked.page}?record_id={row['record_id']}&version={row['version']}"}
            for row in rows
        ]
    else:
        by_version = {row["version"]: row for row in await own_story(visit.api, asked.about)}
        rows = (await visit.api.get(f"{asked.about}/correctable"))["rows"]
        events = [
            {**row, "told": by_version.get(row["version"]), "href": f"{asked.page}?version={row['version']}"}
            for row in rows
        ]
    of_register = [event for event in events if _of_a_register(event.get("told"))]
    return visit.page(
        "correct_which.html",
        events=[event for event in reversed(events) if event not in of_register],
        of_register=of_register[::-1],
        title=title,
        sentence=sentence,
        called=called_above(record, asked),
        back=asked.about,
    )


def _of_a_register(entry: dict[str, Any] | None) -> bool:
    return entry is not None and entry["name"] in OF_A_REGISTER
