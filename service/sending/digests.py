"""Each morning, what is not urgent, in one message a person."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from domain.facts.telling import Covered
from domain.message import Message
from domain.reasons import Invalid
from history.store import History
from projections.finding_messages import Messages
from projections.outbox import OutboxColumns
from service.sending.timing import Hours
from workflows.casework import Casework
from workflows.delivering import THE_MESSENGER, RecordNotSent
from workflows.digesting import MakeDigest

log = logging.getLogger(__name__)

MOST = 500
"""Messages of a digest; what is beyond them comes the next morning."""


class Digests:
    """Asks for digests, as for any other message; they are sent like one."""

    def __init__(
        self, history: History, casework: Casework, clock: Callable[[], datetime], hours: Hours
    ) -> None:
        self._history, self._casework, self._clock, self._hours = history, casework, clock, hours

    def make(self, messages: Messages) -> int:
        """Ask for those that may go now, one a person and day; how many. Raises what casework raises."""
        due = self._hours.digest_due(self._clock())
        if due is None:
            return 0
        day, moment = due
        made = 0
        for (organisation_id, person_id), rows in self._by_person(messages, moment).items():
            covers = tuple(Covered(message_id=row.message_id, to=row.to) for row in rows[:MOST])
            digest = MakeDigest(day=day, organisation_id=organisation_id, person_id=person_id, covers=covers)
            if self._history.find(Message, digest.own_id()) is None:
                try:
                    self._casework.perform(digest, THE_MESSENGER)
                    made += 1
                except Invalid:
                    log.info("a digest of the day is there already")
        return made

    def _by_person(self, messages: Messages, moment: datetime) -> dict[tuple[UUID, str], list[OutboxColumns]]:
        people: dict[tuple[UUID, str], list[OutboxColumns]] = {}
        for row in messages.for_digest(moment):
            if row.tell_by is not None and row.tell_by < self._clock():
                stale = RecordNotSent(to=row.to, because="stale")
                self._casework.perform(stale, THE_MESSENGER, row.message_id)
            elif row.organisation_id is not None and row.person_id is not None:
                people.setdefault((row.organisation_id, row.person_id), []).append(row)
        return people
