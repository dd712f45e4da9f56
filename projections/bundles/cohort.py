"""The list that an inspector asks for at the call: every child in alternative provision for whom an organisation answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from domain.child import Child
from domain.codes import CODE_SETS
from domain.identifiers import Identifier
from domain.organisation import Organisation
from domain.placement import Placement
from domain.provider import Provider
from domain.record import Record
from domain.stages import Stage
from history.ledger.evidence import covering
from history.ledger.finding import events_under
from history.store import History

IN_PROVISION = (Stage.ACTIVE, Stage.REVIEW, Stage.BREAKDOWN)
AT_A_TIME = 200


@dataclass(frozen=True, slots=True)
class InProvision:
    """One child with one provider. The columns are those that area inspections ask for, as far as they are public [U]."""

    placement_id: UUID
    child_id: UUID
    name: str
    born_on: date | None
    year_group: str
    identifiers: str
    sen: str
    ehc_plan: bool
    looked_after: bool
    social_work: str
    """The plan that the child is on with a social worker."""
    home_school: str
    provider: str
    registration: str
    """What the register said last, and when somebody looked."""
    sites: str
    stage: str
    route: str
    reason: str
    hours_per_week: float | None
    sessions_per_week: int | None
    started_on: date | None
    ends_by: date | None
    last_review_on: date | None
    next_review_on: date | None


COLUMNS = tuple(column.name for column in fields(InProvision))


def cohort(history: History, organisation_id: UUID, as_at: int) -> list[InProvision]:
    """All who are in provision that an organisation commissioned, as at a position. Raises NotSealed and Unavailable."""
    size = covering(history, as_at).head.size
    referred = [
        event.record_id
        for event in events_under(history, "commissioner_id", organisation_id, size)
        if event.topic == "placement.referred" and event.position <= as_at
    ]
    rows: list[InProvision] = []
    for at in range(0, len(referred), AT_A_TIME):
        rows += _rows(history, referred[at : at + AT_A_TIME], as_at)
    return sorted(rows, key=lambda row: (row.name, str(row.placement_id)))


def _rows(history: History, ids: Sequence[UUID], as_at: int) -> Iterator[InProvision]:
    found = history.get_many(dict.fromkeys(ids, Placement), as_at=as_at)
    placements = [p for p in found.values() if isinstance(p, Placement) and p.stage in IN_PROVISION]
    wanted: dict[UUID, type[Record]] = {}
    for placement in placements:
        others = (
            (placement.child_id, Child),
            (placement.provider_id, Provider),
            (placement.home_school_id, Organisation),
        )
        wanted |= {id: kind for id, kind in others if id}
    around = history.get_many(wanted, as_at=as_at)
    for placement in placements:
        child = around.get(placement.child_id) if placement.child_id else None
        if isinstance(child, Child):
            provider = around.get(placement.provider_id) if placement.provider_id else None
            school = around.get(placement.home_school_id) if placement.home_school_id else None
            yield _row(
                placement,
                child,
                provider if isinstance(provider, Provider) else None,
                school.name if isinstance(school, Organisation) else "",
            )


def _row(placement: Placement, child: Child, provider: Provider | None, school: str) -> InProvision:
    held = [held.held_on for review in placement.reviews for held in review.held]
    return InProvision(
        placement_id=placement.id,
        child_id=child.id,
        name=child.name,
        born_on=child.born_on,
        year_group=child.year_group or "",
        identifiers="; ".join(map(_identifier, child.identifiers)),
        sen=CODE_SETS["sen_provision"].label(child.sen_provision) if child.sen_provision else "",
        ehc_plan=child.ehc_plan is not None,
        looked_after=child.looked_after is not None,
        social_work=child.social_worker.plan if child.social_worker else "",
        home_school=school,
        provider=provider.name if provider else "",
        registration=_registration(provider),
        sites=_sites(provider),
        stage=placement.stage,
        route=placement.route or "",
        reason=placement.reason or "",
        hours_per_week=placement.hours_per_week,
        sessions_per_week=placement.sessions_per_week,
        started_on=placement.started_on,
        ends_by=placement.ends_by,
        last_review_on=max(held, default=None),
        next_review_on=placement.next_review_on,
    )


def _identifier(identifier: Identifier) -> str:
    return f"{identifier.kind} {identifier.value}"


def _registration(provider: Provider | None) -> str:
    if provider is None or not provider.registrations:
        return "not looked up"
    last = provider.registrations[-1]
    return f"{last.status}, looked up on {last.checked_on}"


def _sites(provider: Provider | None) -> str:
    return "; ".join(site.address for site in provider.sites.values()) if provider else ""
