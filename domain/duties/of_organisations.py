"""Duties of an organisation: the yearly needs audit, and answers within a time (T36, T38, T39)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import organisation_events as o
from domain.duties.dated import first_on_or_after
from domain.duties.duty import Duty
from domain.duties.organisation_file import OrganisationFile
from domain.duties.way import counts
from domain.events import Event
from domain.people import OrganisationKind

BY_KIND = {
    "subject_access": "T38_access",
    "personal_data_breach": "T38_breach",
    "data_protection_complaint": "T38_complaint",
    "educational_record": "T39",
}


@counts("T36", started_by=(o.OrganisationFounded, o.NeedsAudited), completed_by=(o.NeedsAudited,))
def needs_are_audited_each_year(file: OrganisationFile) -> Iterator[Duty]:
    """By a local authority: a year after it came to the service, then a year after each audit."""
    if file.organisation.kind is not OrganisationKind.LOCAL_AUTHORITY:
        return
    since: list[tuple[date, Event]] = [
        (event.occurred_on, event) for event in file.story.of(o.OrganisationFounded)
    ]
    since += sorted(
        ((n.audit.audited_on, n) for n in file.story.of(o.NeedsAudited)), key=lambda pair: pair[0]
    )
    since.sort(key=lambda pair: (pair[0], pair[1].originator_version))
    for number, (day, event) in enumerate(since):
        done = next((pair for pair in since[number + 1 :] if isinstance(pair[1], o.NeedsAudited)), None)
        yield from file.owed("T36", day, event, about=str(event.originator_version), done=done)


@counts("T38_access", "T38_breach", "T38_complaint", "T39",
        started_by=(o.InformationRequested,), completed_by=(o.InformationAnswered,))  # fmt: skip
def those_who_ask_are_answered(file: OrganisationFile) -> Iterator[Duty]:
    """Each request by its own number. The educational record is owed by maintained schools."""
    for event in file.story.of(o.InformationRequested):
        asked = event.request
        if asked.kind == "educational_record" and not file.organisation.maintained:
            continue
        answers = (
            (x.answer.answered_on, x)
            for x in file.story.of(o.InformationAnswered)
            if x.answer.reference == asked.reference
        )
        yield from file.owed(
            BY_KIND[asked.kind],
            asked.received_on,
            event,
            about=asked.reference,
            child_id=asked.child_id,
            done=first_on_or_after(asked.received_on, answers),
        )
