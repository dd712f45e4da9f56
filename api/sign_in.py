"""Who is asking: a token proves the person, and the organisation's record says what they may do at this moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from api.tokens import SignedIn, Tokens
from domain.organisation import Organisation
from domain.people import Asker
from domain.reasons import NotPermitted
from domain.school_days import london_day
from workflows.published import Shelf


class Membership(Protocol):
    """One role of one person."""

    @property
    def organisation_id(self) -> UUID: ...


class Memberships(Protocol):
    """The read model of who belongs where."""

    def of_person(self, person_id: str, on: date) -> Sequence[Membership]:
        """The roles that this person holds on a day."""


class SignIn:
    """Turns a token into an asker. Threads may share it."""

    def __init__(
        self, tokens: Tokens, shelf: Shelf, memberships: Memberships, clock: Callable[[], datetime]
    ) -> None:
        self.tokens, self.shelf, self.memberships, self.clock = tokens, shelf, memberships, clock

    def check(self, token: str) -> SignedIn:
        """Whom the token speaks of. Raises NotSignedIn."""
        return self.tokens.check(token)

    def asker(self, signed_in: SignedIn) -> Asker:
        """The person with the roles they hold now. Raises NotPermitted where they hold none, or it is not clear where."""
        day = london_day(self.clock())
        id = signed_in.organisation_id or self._only_organisation(signed_in.person_id, day)
        organisation = self.shelf.find(Organisation, id)
        found = asker_in(organisation, signed_in.person_id, day) if organisation else None
        if found is None:
            # The same words whether there is no such organisation or only no role in it.
            raise NotPermitted(
                "You hold no role at this organisation. Ask its administrator to grant you one.", "no_role"
            )
        return found

    def _only_organisation(self, person_id: str, day: date) -> UUID:
        found = {membership.organisation_id for membership in self.memberships.of_person(person_id, day)}
        if len(found) == 1:
            return found.pop()
        raise NotPermitted(
            "Sign in for one organisation: the token must name it in its claim 'org'.",
            "organisation_not_named",
        )


def asker_in(organisation: Organisation, person_id: str, day: date) -> Asker | None:
    """The person with the roles that this organisation grants them on a day; none where it grants none."""
    roles = organisation.roles_of(person_id, day)
    if not roles:
        return None
    return Asker(
        person_id=person_id,
        name=organisation.name_of(person_id),
        organisation_id=organisation.id,
        organisation_kind=organisation.kind,
        roles=roles,
        provider_id=organisation.provider_id,
    )
