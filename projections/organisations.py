"""Organisations: councils, schools, trusts and providers' offices, as people choose and name them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

from domain.organisation import Organisation
from domain.people import OrganisationKind, Scope
from projections.asking import Asking, scope_parameters
from projections.names import name_key, patterns
from projections.paging import Marks, Page, within
from projections.progress import HowFar
from projections.table import Row, Table


class OrganisationColumns(Row, frozen=True, kw_only=True):
    """One organisation."""

    organisation_id: UUID
    recorded_at: datetime
    name: str
    name_key: str
    kind: OrganisationKind | None
    local_authority_code: str | None
    urn: str | None
    provider_id: UUID | None
    """For a provider's own office: the provider's record."""
    authority_id: UUID | None
    """For a school: the local authority whose area it is in."""
    maintained: bool
    named_officer_id: str | None
    named_officer_name: str | None
    calendar_from: date | None
    """The first day that its calendar knows."""
    calendar_until: date | None
    """The last day that its calendar knows; after it no deadline in school days can be counted."""


def rows_of(organisation: Organisation, position: int) -> Iterator[OrganisationColumns]:
    """One row."""
    terms = organisation.calendar.terms if organisation.calendar else ()
    officer = organisation.named_officer
    yield OrganisationColumns(
        organisation_id=organisation.id,
        version=organisation.version,
        position=position,
        recorded_at=organisation.events[-1].recorded_at,
        name=organisation.name,
        name_key=name_key(organisation.name),
        kind=organisation.kind,
        local_authority_code=organisation.local_authority_code,
        urn=organisation.urn,
        provider_id=organisation.provider_id,
        authority_id=organisation.authority_id,
        maintained=organisation.maintained,
        named_officer_id=officer[0] if officer else None,
        named_officer_name=officer[1] if officer else None,
        calendar_from=min((term.starts_on for term in terms), default=None),
        calendar_until=max((term.ends_on for term in terms), default=None),
    )


ORGANISATIONS = Table(
    name="organisations",
    of=Organisation,
    row=OrganisationColumns,
    rows=rows_of,
    key=("organisation_id",),
    record="organisation_id",
    create="""
        CREATE TABLE organisations (
            organisation_id uuid PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            recorded_at timestamptz NOT NULL,
            name text NOT NULL,
            name_key text COLLATE "C" NOT NULL,
            kind text,
            local_authority_code text,
            urn text,
            provider_id uuid,
            authority_id uuid,
            maintained boolean NOT NULL,
            named_officer_id text,
            named_officer_name text,
            calendar_from date,
            calendar_until date
        )
    """,
    indexes="CREATE INDEX ON organisations (name_key, organisation_id)",
)

ROWS: LiteralString = """
    SELECT o.* FROM organisations o
    WHERE (%(everything)s OR cardinality(%(organisations)s::uuid[]) > 0 OR o.provider_id = %(provider)s)
"""
PAGE: LiteralString = (
    ROWS
    + """
    AND (%(kind)s::text IS NULL OR o.kind = %(kind)s)
    AND (%(name)s::text[] IS NULL OR o.name_key LIKE ALL(%(name)s))
    AND (o.name_key, o.organisation_id) > (%(after_key)s COLLATE "C", %(after_id)s)
    ORDER BY o.name_key, o.organisation_id LIMIT %(limit)s
"""
)
NAMES: LiteralString = """
    SELECT o.organisation_id, o.name FROM organisations o
    WHERE o.organisation_id = ANY(%(ids)s)
        AND (%(everything)s OR cardinality(%(organisations)s::uuid[]) > 0 OR o.provider_id = %(provider)s)
"""
ONE: LiteralString = ROWS + "AND o.organisation_id = %(id)s"


class Organisations:
    """Commissioners see all organisations, a provider's person only their own office."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar) -> None:
        self._asking, self._marks, self._progress = asking, marks, progress

    def page(
        self,
        scope: Scope,
        *,
        kind: OrganisationKind | None = None,
        name: str = "",
        after: str | None = None,
        limit: int = 50,
    ) -> Page[OrganisationColumns]:
        """Organisations by name, a page at a time. Raises BadMark and Unavailable."""
        position = self._progress.position
        key, id = self._marks.read("organisations", after)
        asked: dict[str, Any] = {"kind": kind, "name": patterns(name), "limit": within(limit) + 1}
        asked |= {"after_key": key, "after_id": id} | scope_parameters(scope)
        found = self._asking.rows(OrganisationColumns, PAGE, asked)
        return self._marks.page(
            "organisations", found, within(limit), lambda row: (row.name_key, row.organisation_id), position
        )

    def get(self, scope: Scope, organisation_id: UUID) -> OrganisationColumns | None:
        """One organisation. Raises Unavailable."""
        asked = {"id": organisation_id} | scope_parameters(scope)
        return next(iter(self._asking.rows(OrganisationColumns, ONE, asked)), None)

    def names(self, scope: Scope, ids: Collection[UUID]) -> dict[UUID, str]:
        """What those of these organisations are called of which the asker may know. Raises Unavailable."""
        rows = self._asking.plain_rows(NAMES, {"ids": list(ids)} | scope_parameters(scope))
        return {row["organisation_id"]: row["name"] for row in rows}
