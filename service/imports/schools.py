"""The schools that a file names: found by their number, or founded under the authority, which is said."""

from __future__ import annotations

from uuid import UUID

from domain.organisation import Organisation
from domain.people import OrganisationKind
from service.imports.outcomes import Outcome
from service.imports.writing import Writing, id_of


class Schools:
    """Looks schools up by the number that a return gives them."""

    authority_id: UUID | None = None
    """Under which authority schools are founded, once that is known."""

    def __init__(self, source: str, known: list[Organisation]) -> None:
        self.source = source
        self.by_urn = {o.urn: o.id for o in known if o.kind is OrganisationKind.SCHOOL and o.urn}

    def id_of(self, number: str) -> UUID:
        """The record of a school, whether it is there yet or not."""
        return self.by_urn.get(number) or id_of(self.source, "school", number)

    def there(self, number: str, writing: Writing) -> UUID | None:
        """The record of a school, if it is there."""
        id = self.id_of(number)
        return id if writing.look_at(Organisation, id) else None

    def found(self, number: str, outcome: Outcome, writing: Writing) -> UUID:
        """The record of a school; founded where it is not there yet."""
        id = self.id_of(number)
        if writing.look_at(Organisation, id) is None:
            writing.do(outcome, "found_organisation", id, {
                "organisation_name": f"School {number}", "kind": "school", "authority_id": str(self.authority_id),
                "urn": number if len(number) == 6 and number.isdigit() else None,
            })  # fmt: skip
            outcome.note("a school that was not there yet was founded", f"School {number}")
        return id
