"""Carries the stopping of a provider's placements through: one placement after the other, once each, however often it is broken off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import cast
from uuid import UUID

from domain.events import Actor
from domain.facts.provider_failing import Turned
from domain.organisation import Organisation
from domain.people import Asker
from domain.placement import Placement
from domain.placement_life_events import BrokenDown
from domain.reasons import Invalid, NotFound, NotPermitted, Refused
from domain.school_days import london_day
from domain.stoppage import Round, Stoppage
from domain.stoppage_events import StoppageBegun
from history.receipts import KeyReused
from workflows.casework import Casework
from workflows.published import Shelf
from workflows.sent import Sent
from workflows.stopping import MarkAtRisk, NoteStoppage

ACTOR = Asker("stoppage", "Stopping of placements", None, None, machine=True)
"""Under this name the service writes down how far it has come; what becomes of each placement is in the name of who began it."""
AT_A_TIME = 25
"""Placements between two notes of the progress."""


def carry_through(
    casework: Casework, shelf: Shelf, id: UUID, progress: Callable[[Round], None] = lambda round: None
) -> Stoppage | None:
    """See to every placement that waits, until none does; None where there is no such operation.

    Any number of processes may do so at once: what one has done, the others find done, by the receipt of each placement. Raises
    Unavailable, and ChangedMeanwhile where others kept changing a placement: then it is to be called again.
    """
    while True:
        stoppage = shelf.find(Stoppage, id)
        running = stoppage.running if stoppage else None
        if running is None:
            return stoppage
        progress(running)
        asker = asker_now(shelf, running.begun.decision.by, casework.clock())
        now = running.waiting[:AT_A_TIME]
        refused = [
            turned for one in now if (turned := _see_to(casework, id, running, one, asker)) is not None
        ]
        _note(casework, shelf, id, running, now, refused)


def _see_to(casework: Casework, id: UUID, running: Round, placement: UUID, asker: Asker) -> Turned | None:
    """Mark one placement, and stop it if it must; why not, where it is refused."""
    provider_id = cast(StoppageBegun, running.begun).provider_id
    command = MarkAtRisk(provider_id=provider_id, failure=running.failure, stop=running.stop)
    sent = Sent(
        correlation_id=running.begun.decision.correlation_id,
        causation_id=f"{id}/{running.number}",
        idempotency_key=f"{id}/{running.number}/{placement}",
    )
    try:
        casework.perform(command, asker, placement, sent)
    except (Refused, Invalid) as problem:
        return Turned(placement_id=placement, codes=tuple(dict.fromkeys(r.code for r in problem.reasons)))
    except NotPermitted as problem:
        return Turned(placement_id=placement, codes=(problem.code,))
    except NotFound:
        return Turned(placement_id=placement, codes=("not_found",))
    except KeyReused:
        return Turned(placement_id=placement, codes=("key_reused",))
    return None


def _note(
    casework: Casework,
    shelf: Shelf,
    id: UUID,
    running: Round,
    seen: Sequence[UUID],
    refused: Iterable[Turned],
) -> None:
    turned = {one.placement_id: one for one in refused}
    done = [one for one in seen if one not in turned]
    records = shelf.get_many(dict.fromkeys(done, Placement))
    stopped = tuple(one for one in done if _was_stopped(records[one].events, running))
    note = NoteStoppage(
        round=running.number,
        stopped=stopped,
        marked=tuple(one for one in done if one not in set(stopped)),
        refused=tuple(turned.values()),
    )
    with suppress(Invalid):  # Another process has come to the end of it.
        casework.perform(note, ACTOR, id, Sent(causation_id=f"{id}/{running.number}"))


def _was_stopped(events: Iterable[object], running: Round) -> bool:
    of = running.begun.decision.correlation_id
    return any(isinstance(event, BrokenDown) and event.decision.correlation_id == of for event in events)


def asker_now(shelf: Shelf, by: Actor, at: datetime) -> Asker:
    """Who began it, in the roles that they hold now: whoever lost them meanwhile stops nothing any more."""
    if by.kind == "machine":
        return Asker(by.id, by.name, None, None, machine=True)
    organisation = shelf.find(Organisation, by.organisation_id) if by.organisation_id else None
    roles = organisation.roles_of(by.id, london_day(at)) if organisation else frozenset()
    kind = organisation.kind if organisation else None
    return Asker(by.id, by.name, by.organisation_id, kind, roles)
