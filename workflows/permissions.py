"""Who may do what: role x move x organisation x relation to the child. One row for each command; nothing else decides."""

from __future__ import annotations

from domain.agreement import Agreement
from domain.child import Child
from domain.message import Message
from domain.placement import Placement
from domain.reasons import NotFound, NotPermitted
from domain.trigger_events import Undone
from workflows.case import Case
from workflows.command import Command
from workflows.relations import (
    May,
    child_is_known_to,
    relations_in,
    the_service_itself,
    undone_is_known_to,
)
from workflows.relations_to_messages import knows_message
from workflows.who_keeps_records import WHO_KEEPS_RECORDS
from workflows.who_notices import WHO_NOTICES
from workflows.who_places import WHO_PLACES
from workflows.who_reads import may_read
from workflows.who_tells import WHO_TELLS

WHO_MAY: dict[str, May] = {
    **WHO_PLACES,
    **WHO_NOTICES,
    **WHO_KEEPS_RECORDS,
    **WHO_TELLS,
    "note_erasure": the_service_itself,
    "note_stoppage": the_service_itself,
    "publish_shipped_versions": the_service_itself,
    "record_refusal": the_service_itself,
    "note_looks": the_service_itself,
    "record_nightly_check": the_service_itself,
}
"""Every command and who may give it. The service itself may give any, under its own name."""


def require_permission(case: Case, command: Command) -> None:
    """Raises NotPermitted; or NotFound where the asker may not even know that the record exists."""
    if the_service_itself(case, command) or WHO_MAY[command.name()](case, command):
        return
    if not command.opens and not may_know(case):
        raise NotFound(type(case.target).__name__.lower())
    what = command.name().replace("_", " ")
    raise NotPermitted(f"Your roles do not let you do this here: {what}.")


def may_know(case: Case) -> bool:
    """Whether the asker may know of the target at all."""
    target, asker = case.target, case.asker
    if isinstance(target, Placement):
        return bool(relations_in(case)) and may_read(asker)
    if isinstance(target, Child):
        return child_is_known_to(asker, target) and may_read(asker)
    if isinstance(target, Undone):
        return undone_is_known_to(asker, target) and may_read(asker)
    if isinstance(target, Message):
        return knows_message(case, target) and may_read(asker)
    if isinstance(target, Agreement):
        ours = asker.organisation_id is not None and asker.organisation_id == target.commissioner_id
        theirs = asker.provider_id is not None and asker.provider_id == target.provider_id
        return (ours or theirs) and may_read(asker)
    return True
