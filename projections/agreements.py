"""Standing contracts between commissioners and providers, and what each still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

from domain.agreement import Agreement
from domain.facts.terms import APPENDIX_A
from domain.people import Scope
from projections.asking import Asking, scope_parameters
from projections.paging import Marks, Page, within
from projections.progress import HowFar
from projections.table import Row, Table


class AgreementColumns(Row, frozen=True, kw_only=True):
    """One contract."""

    agreement_id: UUID
    recorded_at: datetime
    commissioner_id: UUID | None
    provider_id: UUID | None
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    signed_by: tuple[str, ...]
    """`commissioner`, `provider`, both or neither."""
    missing_terms: tuple[str, ...]
    """The terms of 003 Appendix A of which it says nothing, by field name (items 32-48)."""
    price: float | None
    """Pounds for one unit."""
    price_per: str | None
    lifetime_value: float | None
    """Pounds over the whole life of the contract, VAT included (003 ¶29)."""
    tender_reference: str | None
    value_judged: bool


State = Literal["draft", "signed", "in_force", "ended"]
"""Not signed by both; signed but not begun; both, on its days; past its last day or ended before it."""


class AgreementRow(AgreementColumns, frozen=True, kw_only=True):
    """A contract as listed."""

    commissioner_name: str | None
    provider_name: str | None
    name_key: str
    """The provider's name, as it is put in order."""
    state: State
    """On the day that was asked about."""


def rows_of(agreement: Agreement, position: int) -> Iterator[AgreementColumns]:
    """One row."""
    price, tender = agreement.price, agreement.tender
    yield AgreementColumns(
        agreement_id=agreement.id,
        version=agreement.version,
        position=position,
        recorded_at=agreement.events[-1].recorded_at,
        commissioner_id=agreement.commissioner_id,
        provider_id=agreement.provider_id,
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        ended_on=agreement.ended_on,
        signed_by=tuple(sorted(agreement.signatures)),
        missing_terms=tuple(field for field, _, _ in APPENDIX_A if getattr(agreement.terms, field) is None),
        price=price.amount if price else None,
        price_per=price.per if price else None,
        lifetime_value=price.lifetime_value if price else None,
        tender_reference=tender.reference if tender else None,
        value_judged=bool(agreement.value_for_money),
    )


AGREEMENTS = Table(
    name="agreements",
    of=Agreement,
    row=AgreementColumns,
    rows=rows_of,
    key=("agreement_id",),
    record="agreement_id",
    create="""
        CREATE TABLE agreements (
            agreement_id uuid PRIMARY KEY,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            recorded_at timestamptz NOT NULL,
            commissioner_id uuid,
            provider_id uuid,
            starts_on date,
            ends_on date,
            ended_on date,
            signed_by text[] NOT NULL,
            missing_terms text[] NOT NULL,
            price double precision,
            price_per text,
            lifetime_value double precision,
            tender_reference text,
            value_judged boolean NOT NULL
        )
    """,
    indexes="""
        CREATE INDEX ON agreements (commissioner_id);
        CREATE INDEX ON agreements (provider_id)
    """,
)

ROWS: LiteralString = """
    SELECT * FROM (
        SELECT a.*, o.name AS commissioner_name, d.name AS provider_name,
            coalesce(d.name_key, '') AS name_key,
            CASE
                WHEN %(on)s > least(a.ends_on, a.ended_on) THEN 'ended'
                WHEN cardinality(a.signed_by) < 2 THEN 'draft'
                WHEN a.starts_on > %(on)s THEN 'signed'
                ELSE 'in_force'
            END AS state
        FROM agreements a
        LEFT JOIN organisations o ON o.organisation_id = a.commissioner_id
        LEFT JOIN directory d ON d.provider_id = a.provider_id
        WHERE %(everything)s OR a.commissioner_id = ANY(%(organisations)s) OR a.provider_id = %(provider)s
    ) AS agreement WHERE true
"""
PAGE: LiteralString = (
    ROWS
    + """
    AND (%(commissioner_id)s::uuid IS NULL OR commissioner_id = %(commissioner_id)s)
    AND (%(provider_id)s::uuid IS NULL OR provider_id = %(provider_id)s)
    AND (%(state)s::text IS NULL OR state = %(state)s)
    AND (name_key, agreement_id) > (%(after_key)s COLLATE "C", %(after_id)s)
    ORDER BY name_key, agreement_id LIMIT %(limit)s
"""
)
ONE: LiteralString = ROWS + "AND agreement_id = %(id)s"
OF_COMMISSIONER: LiteralString = (
    "SELECT agreement_id FROM agreements WHERE commissioner_id = %(commissioner_id)s ORDER BY agreement_id"
)


class Agreements:
    """The contracts to which the asker's organisation is a side."""

    def __init__(self, asking: Asking, marks: Marks, progress: HowFar) -> None:
        self._asking, self._marks, self._progress = asking, marks, progress

    def page(
        self,
        scope: Scope,
        *,
        on: date,
        commissioner_id: UUID | None = None,
        provider_id: UUID | None = None,
        state: State | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[AgreementRow]:
        """Contracts by the provider's name, as they stand on a day. Raises BadMark and Unavailable."""
        position = self._progress.position
        key, id = self._marks.read("agreements", after)
        asked: dict[str, Any] = {
            "on": on,
            "commissioner_id": commissioner_id,
            "provider_id": provider_id,
            "state": state,
        }
        asked |= {"after_key": key, "after_id": id, "limit": within(limit) + 1} | scope_parameters(scope)
        found = self._asking.rows(AgreementRow, PAGE, asked)
        return self._marks.page(
            "agreements", found, within(limit), lambda row: (row.name_key, row.agreement_id), position
        )

    def ids_of(self, commissioner_id: UUID | None) -> list[UUID]:
        """Every contract of a commissioner. Whether the asker may know of them is for the caller to ask. Raises Unavailable."""
        found = self._asking.plain_rows(OF_COMMISSIONER, {"commissioner_id": commissioner_id})
        return [row["agreement_id"] for row in found]

    def get(self, scope: Scope, agreement_id: UUID, *, on: date) -> AgreementRow | None:
        """One contract. Raises Unavailable."""
        asked = {"id": agreement_id, "on": on} | scope_parameters(scope)
        return next(iter(self._asking.rows(AgreementRow, ONE, asked)), None)
