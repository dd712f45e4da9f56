"""Finds the stored looks and refusals that name a person or a record, newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from history.encoding import Unreadable
from history.reading import Reading, Stored

IS_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
BATCHES, MOST = 20, 100
"""Batches of the first question, and of one at most: each next one asks for twice as many."""
FOUND = "SELECT notification_id, topic, state, originator_id, originator_version FROM history.events WHERE "
# The topics are written out, so that the database sees that its index of looks answers. `+ 0`: it shall not run through all
# positions instead. Two names may share a number. An id has a number as it is written, and one as it is packed; and a child whose
# placement was on a page is found by the placement.
WHO = FOUND + (  # noqa: S608 - all of it is written in this file
    "topic IN ('looks.noted', 'access.refused') AND history.numbers_in_looks(state) && ARRAY("
    " SELECT history.number_of_name(form)"
    " FROM (SELECT unnest(%(names)s::text[]) UNION ALL SELECT originator_id::text FROM history.events"
    "  WHERE originator_version = 1 AND topic = 'placement.referred'"
    "  AND history.about_of(state) = ANY(%(ids)s::uuid[])) AS sought (name)"
    " CROSS JOIN LATERAL (VALUES (name), (replace(name, '-', ''))) AS forms (form))"
    "{by} AND notification_id + 0 <= %(until)s"
    " ORDER BY notification_id DESC LIMIT %(limit)s"
)
NAMING = WHO.format(by="")
NAMING_BOTH = WHO.format(by=" AND history.numbers_in_looks(state) && ARRAY[history.number_of_name(%(by)s)]")
# A batch of looks and a refusal are each the first event of a record of its own, and those have an index by kind. One question for each
# kind: the newest of both are the newest of all.
NEWEST = (
    f"({FOUND} originator_version = 1 AND topic = '{{}}' AND notification_id <= %(until)s"
    " ORDER BY notification_id DESC LIMIT %(limit)s)"
)
ALL = (
    f"{NEWEST.format('looks.noted')} UNION ALL {NEWEST.format('access.refused')}"
    " ORDER BY notification_id DESC LIMIT %(limit)s"
)


class NotRead(NamedTuple):
    """A batch or a refusal that cannot be read: it was tampered with."""

    position: int


def naming(
    history: Reading, names: Iterable[str], until: int, by: str | None = None
) -> Iterator[Stored | NotRead]:
    """The batches of looks and the refusals that name one of these, up to a position; all of them where none is given.

    `by`: a person whom they have to name as well, where names are given.

    Once in a very long while one is among them that names none. One that cannot be read does not hide the others. Raises Unavailable.
    """
    named, limit = list(names), BATCHES
    question = ALL if not named else NAMING if by is None else NAMING_BOTH
    asked = {"names": named, "ids": _ids(named), "by": by}
    while rows := history.rows(question, {**asked, "until": until, "limit": limit}):
        for row in rows:
            # One by one: whoever has enough asks for no more, and to open a batch takes longer than to find it.
            try:
                yield from history.stored([row])
            except Unreadable:
                yield NotRead(row[0])
        if len(rows) < limit:
            return
        until, limit = rows[-1][0] - 1, min(MOST, 2 * limit)


def _ids(names: Iterable[str]) -> list[str]:
    return [name for name in names if IS_ID(name)]
