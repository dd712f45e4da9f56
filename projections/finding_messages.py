"""Asks the outbox: for people, what was told to whom in their scope; for the worker, what is due; for those who run it, how it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from domain.people import Scope
from projections.asking import CHILD_IN_SCOPE, PLACEMENT_IN_SCOPE, Asking, scope_parameters
from projections.outbox import OutboxColumns, State
from projections.paging import Marks, Page, within
from projections.progress import HowFar

IN_SCOPE: LiteralString = (
    """ (
    %(everything)s OR m.organisation_id = ANY(%(organisations)s) OR m.provider_id = %(provider)s
    OR (cardinality(%(organisations)s::uuid[]) > 0 AND m.placement_id IN (SELECT p.placement_id FROM caseload p WHERE """
    + PLACEMENT_IN_SCOPE
    + """))
    OR (cardinality(%(organisations)s::uuid[]) > 0 AND m.placement_id IS NULL AND m.child_id IN (
        SELECT c.child_id FROM children c WHERE """
    + CHILD_IN_SCOPE
    + """))
) """
)
"""What goes to one's own organisation or provider, and for commissioners what is about the placements and children they know of."""
PAGE: LiteralString = (
    "SELECT m.* FROM outbox m WHERE"
    + IN_SCOPE
    + """
    AND (%(state)s::text IS NULL OR m.state = %(state)s)
    AND (%(template)s::text IS NULL OR m.template = %(template)s)
    AND (%(placement_id)s::uuid IS NULL OR m.placement_id = %(placement_id)s)
    AND (%(child_id)s::uuid IS NULL OR m.child_id = %(child_id)s)
    AND (%(person_id)s::text IS NULL OR m.person_id = %(person_id)s)
    AND (%(until)s::timestamptz IS NULL
        OR (m.asked_at, m.message_id, m."to") < (%(until)s::timestamptz, %(id)s, %(to)s COLLATE "default"))
    ORDER BY m.asked_at DESC, m.message_id DESC, m."to" DESC LIMIT %(limit)s
"""
)
DUE: LiteralString = """
    SELECT * FROM outbox
    WHERE state IN ('to_address', 'waiting') AND NOT for_digest AND (not_before IS NULL OR not_before <= %(now)s)
    ORDER BY urgency <> 'at_once', asked_at, message_id LIMIT %(limit)s
"""
FOR_DIGEST: LiteralString = """
    SELECT * FROM outbox WHERE state = 'waiting' AND for_digest AND asked_at <= %(until)s
    ORDER BY organisation_id, person_id, asked_at, message_id LIMIT 20000
"""
OFFICES: LiteralString = (
    "SELECT organisation_id FROM organisations WHERE provider_id = %(provider)s ORDER BY organisation_id"
)
GIVEN_UP: LiteralString = "SELECT * FROM outbox WHERE state = 'given_up' ORDER BY at, message_id LIMIT 1000"
CONDITION: LiteralString = """
    SELECT count(*) FILTER (WHERE state IN ('to_address', 'waiting')) AS waiting,
        count(*) FILTER (WHERE state = 'given_up') AS given_up,
        count(*) FILTER (WHERE state = 'not_sent' AND code IN ('nobody_found', 'no_address')) AS unreached,
        coalesce(extract(epoch FROM %(now)s::timestamptz - min(coalesce(not_before, asked_at)) FILTER (
            WHERE state IN ('to_address', 'waiting') AND NOT for_digest AND (not_before IS NULL OR not_before <= %(now)s)
        )), 0)::float AS seconds_late
    FROM outbox WHERE state IN ('to_address', 'waiting', 'given_up')
        OR (state = 'not_sent' AND at > %(now)s::timestamptz - interval '7 days')
"""


class OutboxCondition(msgspec.Struct, frozen=True, kw_only=True):
    """How telling people stands."""

    waiting: int
    """Still to be sent, also those that wait for the morning."""
    given_up: int
    """Dead letters: tried in vain, until a person sends them again."""
    unreached: int
    """Messages of the last seven days to somebody whom nobody could find or who has no address."""
    seconds_late: float
    """How long the first that could be sent now has been waiting."""


class Messages:
    """What was told to whom."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar) -> None:
        self._asking, self._marks, self._progress = asking, marks, progress

    def page(
        self,
        scope: Scope,
        *,
        state: State | None = None,
        template: str | None = None,
        placement_id: UUID | None = None,
        child_id: UUID | None = None,
        person_id: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[OutboxColumns]:
        """Messages, the newest first. Raises BadMark and Unavailable."""
        position = self._progress.position
        key, id = self._marks.read("messages", after)
        until, _, to = key.partition("\n")
        asked: dict[str, Any] = {
            "state": state,
            "template": template,
            "placement_id": placement_id,
            "child_id": child_id,
            "person_id": person_id,
            "until": until or None,
            "id": id,
            "to": to,
            "limit": within(limit) + 1,
        }
        found = self._asking.rows(OutboxColumns, PAGE, asked | scope_parameters(scope))
        return self._marks.page("messages", found, within(limit), _place, position)

    def due(self, now: datetime, limit: int) -> list[OutboxColumns]:
        """What can be sent now, the most urgent first. Raises Unavailable."""
        return self._asked(DUE, {"now": now, "limit": limit})

    def for_digest(self, until: datetime) -> list[OutboxColumns]:
        """What waits for digests and was asked for by then, person by person. Raises Unavailable."""
        return self._asked(FOR_DIGEST, {"until": until})

    def offices(self, provider_id: UUID) -> tuple[UUID, ...]:
        """The offices of a provider. Raises Unavailable."""
        found = self._asking.plain_rows(OFFICES, {"provider": provider_id})
        return tuple(row["organisation_id"] for row in found)

    def given_up(self) -> list[OutboxColumns]:
        """The first thousand dead letters, the oldest first: for those who run it. Raises Unavailable."""
        return self._asked(GIVEN_UP, {})

    def condition(self, now: datetime) -> OutboxCondition:
        """How it stands. Raises Unavailable."""
        [found] = self._asking.rows(OutboxCondition, CONDITION, {"now": now})
        return found

    def _asked(self, question: LiteralString, asked: Mapping[str, Any]) -> list[OutboxColumns]:
        return self._asking.rows(OutboxColumns, question, asked)


def _place(row: OutboxColumns) -> tuple[str, UUID]:
    return f"{row.asked_at.isoformat()}\n{row.to}", row.message_id
