"""The local authority for which a file is taken in: the one that is named, or the only one there is."""

from __future__ import annotations

from uuid import UUID

from domain.local_authorities import authority_named
from domain.organisation import Organisation
from domain.people import OrganisationKind
from service.imports.outcomes import Outcome, RowRefused
from service.imports.writing import Writing, id_of
from service.plain_error import PlainError


def authority_for(named: str | None, known: list[Organisation], writing: Writing, said: list[str]) -> UUID:
    """Its id. An authority that is named by its number and not there yet is founded, and that is said.

    Raises PlainError that says what to give.
    """
    authorities = [o for o in known if o.kind is OrganisationKind.LOCAL_AUTHORITY]
    if named is None:
        return _only(authorities)
    for authority in authorities:
        if named in (str(authority.id), authority.local_authority_code):
            return authority.id
    name = authority_named(named)
    if name is None:
        raise PlainError(
            "No local authority with this id is here, and none in England has this number: see --authority."
        )
    id = id_of("DfE", "local authority", named)
    try:
        writing.do(Outcome(0), "found_organisation", id, {
            "organisation_name": name, "kind": "local_authority", "local_authority_code": named,
        })  # fmt: skip
    except RowRefused as refused:
        raise PlainError(f"The authority {named} cannot be founded: {refused.why}.") from None
    said.append(f"{name} was founded as the local authority {named}.")
    return id


def _only(authorities: list[Organisation]) -> UUID:
    if len(authorities) == 1:
        return authorities[0].id
    if not authorities:
        raise PlainError(
            "No local authority is here yet: name one with --authority and its DfE number, such as 830."
        )
    which = ", ".join(f"{a.local_authority_code or a.id} ({a.name})" for a in authorities)
    raise PlainError(f"Several local authorities are here: add --authority with one of {which}.")
