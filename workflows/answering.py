"""Commands of an organisation about what it owes each year and to those who ask: needs audit, data requests, breaches, complaints."""

from __future__ import annotations

from typing import ClassVar, cast

from domain import organisation_events as e
from domain.events import Event
from domain.facts.required_steps import InformationAnswer, InformationRequest, NeedsAudit
from domain.organisation import Organisation
from domain.reasons import Invalid, Reason
from workflows.case import Case
from workflows.organising import OrganisationCommand


class RecordNeedsAudit(OrganisationCommand):
    """Record the yearly audit of needs and analysis of gaps (items 1, 2; T36)."""

    event: ClassVar[type[Event] | None] = e.NeedsAudited
    audit: NeedsAudit
    """When it was finished, and the document."""


class ReceiveInformationRequest(OrganisationCommand):
    """Record a request for data, a breach or a complaint that has to be answered in time (T38, T39)."""

    request: InformationRequest
    """What it is and when it came."""

    def decide(self, case: Case) -> None:
        organisation = cast(Organisation, case.target)
        if self.request.reference in organisation.information_requests:
            message = "This number is in use for another request."
            raise Invalid([Reason(code="reference_in_use", message=message, field="request.reference")])
        organisation.remember(e.InformationRequested, request=self.request)


class AnswerInformationRequest(OrganisationCommand):
    """Record that a request was answered, a breach reported, a complaint acknowledged (T38, T39)."""

    answer: InformationAnswer
    """Which one, and on which day."""

    def decide(self, case: Case) -> None:
        organisation = cast(Organisation, case.target)
        if self.answer.reference not in organisation.information_requests:
            message = "No request with this number is recorded."
            raise Invalid([Reason(code="no_such_request", message=message, field="answer.reference")])
        organisation.remember(e.InformationAnswered, answer=self.answer)
