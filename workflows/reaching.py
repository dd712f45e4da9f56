"""Commands about how an organisation's people and systems are reached, and what that comes to for one addressee."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from urllib.parse import urlsplit

from annotated_types import Len

from domain import reach_events as e
from domain.facts.telling import Endpoint
from domain.personal import Contact, Label
from domain.reach import EMAIL, Reach, mobile_in
from domain.reasons import Invalid, Reason
from domain.templates.catalogue import TEMPLATES
from workflows.case import Case
from workflows.organising import OrganisationCommand, PersonId

SECRET = "whsec_"  # noqa: S105 - how such secrets begin, not one of them


class ReachCommand(OrganisationCommand):
    """A command whose words are kept beside the organisation's record."""

    def reach(self, case: Case) -> Reach:
        """The record of how the organisation is reached."""
        return case.begin(Reach, Reach.id_for(case.target.id))


class SetPersonContact(ReachCommand):
    """Set how a person here is reached: what is left out is no way to reach them."""

    person_id: PersonId
    """The person."""
    email: Contact | None = None
    """Their e-mail address at work."""
    mobile: Contact | None = None
    """Their mobile number, for text messages where these are set up."""

    def decide(self, case: Case) -> None:
        _require_email(self.email)
        if self.mobile is not None and mobile_in(self.mobile) is None:
            message = "Give one mobile number of the United Kingdom, such as 07700 900123."
            raise Invalid([Reason(code="not_a_mobile_number", message=message, field="mobile")])
        self.reach(case).remember(
            e.PersonContactSet,
            organisation_id=case.target.id,
            person_id=self.person_id,
            email=self.email,
            mobile=mobile_in(self.mobile),
        )


class SetOfficeContact(ReachCommand):
    """Set the organisation's own mailbox, to which answers go, and the telephone number that families are given."""

    email: Contact | None = None
    """The mailbox."""
    telephone: Contact | None = None
    """The number."""

    def decide(self, case: Case) -> None:
        _require_email(self.email)
        self.reach(case).remember(
            e.OfficeContactSet, organisation_id=case.target.id, email=self.email, telephone=self.telephone
        )


class AddEndpoint(ReachCommand):
    """Let another system hear of messages, in signed requests that hold ids only. One of the same name is replaced."""

    endpoint: Endpoint
    """Its address, the secret that signs, and what it wants to hear of."""

    def decide(self, case: Case) -> None:
        parts = urlsplit(self.endpoint.url)
        if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
            raise _invalid(
                "not_https", "Give an https address, without a name or password in it.", "endpoint.url"
            )
        if not _is_secret(self.endpoint.secret):
            message = "Give `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it."
            raise _invalid("not_a_secret", message, "endpoint.secret")
        unknown = sorted(set(self.endpoint.templates) - TEMPLATES.keys())
        if unknown:
            raise _invalid(
                "no_such_template", f"No such message: {', '.join(unknown)}.", "endpoint.templates"
            )
        if "/" in self.endpoint.name or ":" in self.endpoint.name:
            raise _invalid("not_a_name", "Leave out / and : in the name.", "endpoint.name")
        self.reach(case).remember(e.EndpointAdded, organisation_id=case.target.id, endpoint=self.endpoint)


class RemoveEndpoint(ReachCommand):
    """Let another system hear of no more messages."""

    endpoint_name: Label
    """What the organisation calls it."""

    def decide(self, case: Case) -> None:
        reach = self.reach(case)
        if self.endpoint_name not in reach.endpoints:
            raise _invalid("no_such_endpoint", "There is none of this name.", "endpoint_name")
        reach.remember(e.EndpointRemoved, organisation_id=case.target.id, name=self.endpoint_name)


class OpenCalendarAddress(ReachCommand):
    """Give a person a private address for their calendar; the one before it is good no more."""

    person_id: PersonId
    """The person, who does so themselves."""
    key_sha256: Annotated[str, Len(64, 64)]
    """SHA-256 of the secret in the address, in hexadecimal digits."""

    def decide(self, case: Case) -> None:
        self.reach(case).remember(e.CalendarAddressOpened, organisation_id=case.target.id, **self.facts())


class CloseCalendarAddress(ReachCommand):
    """Make the private address of a person's calendar good no more."""

    person_id: PersonId
    """The person."""

    def decide(self, case: Case) -> None:
        reach = self.reach(case)
        if self.person_id not in reach.calendars:
            raise _invalid("no_calendar_address", "There is no such address.", "person_id")
        reach.remember(e.CalendarAddressClosed, organisation_id=case.target.id, person_id=self.person_id)


def calendar_owner(reach: Reach | None, key_sha256: str) -> str | None:
    """Whose calendar a key opens."""
    found = [person for person, known in (reach.calendars if reach else {}).items() if known == key_sha256]
    return found[0] if found else None


def _is_secret(secret: str) -> bool:
    try:
        return (
            secret.startswith(SECRET)
            and 24 <= len(base64.b64decode(secret[len(SECRET) :], validate=True)) <= 64
        )
    except (binascii.Error, ValueError):
        return False


def _require_email(email: str | None) -> None:
    if email is not None and not EMAIL.fullmatch(email):
        raise _invalid("not_an_email_address", "Give one e-mail address.", "email")


def _invalid(code: str, message: str, field: str) -> Invalid:
    return Invalid([Reason(code=code, message=message, field=field)])
