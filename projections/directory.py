"""The directory of providers: who they are, what they offer, what was checked. No child is named here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

import msgspec

from domain.provider import Places, Provider
from projections.names import name_key
from projections.table import Row, Table


class CheckShown(msgspec.Struct, frozen=True, kw_only=True):
    """The newest check of a kind."""

    kind: str
    checked_on: date
    expires_on: date | None
    """The last day on which it holds; none where it has no end."""
    passed: bool
    document: str | None


class SiteShown(msgspec.Struct, frozen=True, kw_only=True):
    """A place where children are taught."""

    name: str
    address: str
    postcode: str
    subcontracted_to: str | None
    is_childrens_home: bool


class ProviderColumns(Row, frozen=True, kw_only=True):
    """What the provider's own record tells."""

    provider_id: UUID
    places_id: UUID
    recorded_at: datetime
    name: str
    name_key: str
    urn: str | None
    ukprn: str | None
    setting_type: str | None
    company_number: str | None
    local_authority_code: str | None
    approval: str
    """The stage on the approved list; empty before it applied."""
    registration: str | None
    """What the register of schools said last; none where no one has looked."""
    registration_since: date | None
    registration_checked_on: date | None
    inspected_on: date | None
    judgement: str | None
    suspended: str
    """Why it is suspended; empty where it is not."""
    removed: str
    """Why it is used no more; empty where it is."""
    closed: bool
    aim: str | None
    """What the offer is for; none where none was published."""
    needs: tuple[str, ...]
    """SEN types it can meet."""
    age_from: int | None
    age_to: int | None
    places: int | None
    """Children it can teach at one time."""
    offered_hours: float | None
    """Most taught hours a week for one child."""
    weeks: int | None
    price_per_session: float | None
    """Pounds for a half-day."""
    subjects: tuple[str, ...]
    qualifications: tuple[str, ...]
    natural_setting: bool
    checks: tuple[CheckShown, ...]
    first_expiry: date | None
    """The earliest day on which a check that was passed ends."""
    sites: tuple[SiteShown, ...]
    contacts: dict[str, str]
    """By post."""
    last_visit_on: date | None
    next_visit_on: date | None


def rows_of(provider: Provider, position: int) -> Iterator[ProviderColumns]:
    """One row."""
    offer, register = provider.offer, provider.registration
    checks = sorted(provider.checks.values(), key=lambda check: check.kind)
    last = max(provider.visits, key=lambda visit: visit.on, default=None)
    yield ProviderColumns(
        provider_id=provider.id,
        places_id=Places.id_for(provider.id),
        version=provider.version,
        position=position,
        recorded_at=provider.events[-1].recorded_at,
        name=provider.name,
        name_key=name_key(provider.name),
        urn=provider.urn,
        ukprn=provider.ukprn,
        setting_type=provider.setting_type,
        company_number=provider.company_number,
        local_authority_code=provider.local_authority_code,
        approval=provider.approval,
        registration=register.status if register else None,
        registration_since=register.since_on if register else None,
        registration_checked_on=register.checked_on if register else None,
        inspected_on=register.inspected_on if register else None,
        judgement=register.judgement if register else None,
        suspended=provider.suspended,
        removed=provider.removed,
        closed=provider.closed,
        aim=offer.aim if offer else None,
        needs=offer.needs if offer else (),
        age_from=offer.age_from if offer else None,
        age_to=offer.age_to if offer else None,
        places=offer.places if offer else None,
        offered_hours=offer.hours_per_week if offer else None,
        weeks=offer.weeks if offer else None,
        price_per_session=offer.price_per_session if offer else None,
        subjects=offer.subjects if offer else (),
        qualifications=offer.qualifications if offer else (),
        natural_setting=offer.natural_setting if offer else False,
        checks=tuple(
            CheckShown(
                kind=c.kind,
                checked_on=c.checked_on,
                expires_on=c.expires_on,
                passed=c.passed,
                document=c.document,
            )
            for c in checks
        ),
        first_expiry=min((c.expires_on for c in checks if c.passed and c.expires_on), default=None),
        sites=tuple(
            SiteShown(
                name=s.name,
                address=s.address,
                postcode=s.postcode,
                subcontracted_to=s.subcontracted_to,
                is_childrens_home=s.is_childrens_home,
            )
            for s in provider.sites.values()
        ),
        contacts={post: c.contact for post, c in provider.contacts.items()},
        last_visit_on=last.on if last else None,
        next_visit_on=last.next_on if last else None,
    )


DIRECTORY = Table(
    name="directory",
    of=Provider,
    row=ProviderColumns,
    rows=rows_of,
    shows_words=True,
    key=("provider_id",),
    record="provider_id",
    create="""
        CREATE TABLE directory (
            provider_id uuid PRIMARY KEY,
            places_id uuid NOT NULL,
            version bigint NOT NULL,
            position bigint NOT NULL,
            stale boolean NOT NULL,
            recorded_at timestamptz NOT NULL,
            name text NOT NULL,
            name_key text COLLATE "C" NOT NULL,
            urn text,
            ukprn text,
            setting_type text,
            company_number text,
            local_authority_code text,
            approval text NOT NULL,
            registration text,
            registration_since date,
            registration_checked_on date,
            inspected_on date,
            judgement text,
            suspended text NOT NULL,
            removed text NOT NULL,
            closed boolean NOT NULL,
            aim text,
            needs text[] NOT NULL,
            age_from integer,
            age_to integer,
            places integer,
            offered_hours double precision,
            weeks integer,
            price_per_session double precision,
            subjects text[] NOT NULL,
            qualifications text[] NOT NULL,
            natural_setting boolean NOT NULL,
            checks jsonb NOT NULL,
            first_expiry date,
            sites jsonb NOT NULL,
            contacts jsonb NOT NULL,
            last_visit_on date,
            next_visit_on date
        )
    """,
    indexes="CREATE INDEX ON directory (name_key, provider_id)",
)
