"""Grants: which person may act in which role for which organisation, and until when. Sign-in asks here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import LiteralString
from uuid import UUID

from domain.organisation import Organisation
from domain.people import OrganisationKind, Role
from projections.asking import Asking
from projections.table import Row, Table


class GrantColumns(Row, frozen=True, kw_only=True):
    """One role of one person at one organisation."""

    organisation_id: UUID
    person_id: str
    role: Role
    name: str
    """What the organisation calls the person."""
    until: date | None
    """The last day; none where it has no end."""


class GrantRow(GrantColumns, frozen=True, kw_only=True):
    """The same, with what sign-in has to know of the organisation."""

    organisation_name: str
    organisation_kind: OrganisationKind | None
    provider_id: UUID | None
    """For a provider's office: the provider whose placements its people may see."""


def rows_of(organisation: Organisation, position: int) -> Iterator[GrantColumns]:
    """One row for each role that was granted and not revoked."""
    for grant in organisation.grants.values():
        yield GrantColumns(
            organisation_id=organisation.id,
            version=organisation.version,
            position=position,
            person_id=grant.person_id,
            role=grant.role,
            name=grant.name,
            until=grant.until,
        )


GRANTS = Table(
    name="grants",
    of=Organisation,
    row=GrantColumns,
    rows=rows_of,
    several=True,
    key=("organisation_id", "person_id", "role"),
    record="organisation_id",
    create="""
        CREATE TABLE grants (
            organisation_id uuid NOT NULL,
            person_id text NOT NULL,
            role text NOT NULL,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            name text NOT NULL,
            until date,
            PRIMARY KEY (organisation_id, person_id, role)
        )
    """,
    indexes="CREATE INDEX ON grants (person_id)",
)

OF_PERSON: LiteralString = """
    SELECT g.*, o.name AS organisation_name, o.kind AS organisation_kind, o.provider_id
    FROM grants g JOIN organisations o USING (organisation_id)
    WHERE g.person_id = %(person_id)s AND (g.until IS NULL OR g.until >= %(on)s)
    ORDER BY o.name_key, o.organisation_id, g.role
"""


class Grants:
    """Which organisations a person may act for. Asked at sign-in, before there is a scope."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def of_person(self, person_id: str, on: date) -> list[GrantRow]:
        """The roles that a person holds on a day, organisation by organisation. Raises Unavailable."""
        return self._asking.rows(GrantRow, OF_PERSON, {"person_id": person_id, "on": on})
